/** SPNEGO itself (RFC 4178). */
export const SPNEGO_OID = '1.3.6.1.5.5.2';
/** Kerberos V5 (RFC 4121). */
export const KERBEROS_OID = '1.2.840.113554.1.2.2';
/** Kerberos as Windows 2000 misspelled it, still the one that Windows prefers (MS-SPNG 3.1.5.2). */
export const MS_KERBEROS_OID = '1.2.840.48018.1.2.2';
/** NTLM (MS-NLMP 1.9). */
export const NTLM_OID = '1.3.6.1.4.1.311.2.2.10';

const NAMES: ReadonlyMap<string, string> = new Map([
  [SPNEGO_OID, 'SPNEGO'],
  [KERBEROS_OID, 'Kerberos'],
  [MS_KERBEROS_OID, 'Kerberos (Windows 2000 OID)'],
  ['1.2.840.113554.1.2.2.3', 'Kerberos user-to-user'],
  [NTLM_OID, 'NTLM'],
  ['1.3.6.1.4.1.311.2.2.30', 'NEGOEX'],
]);

/** A mechanism's name for people; the object identifier itself when it is not known. */
export function mechanismName(oid: string): string {
  return NAMES.get(oid) ?? oid;
}
