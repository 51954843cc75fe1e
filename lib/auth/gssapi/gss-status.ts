import { CimletError, type CimletErrorCode } from '../../base/errors.js';
import { CREDENTIAL, type Text, wording } from '../../base/wording.js';
import { markRealmAbsent } from '../kerberos/absent-realms.js';
import { IntegerCell, type NativeStructure } from '../native/native-memory.js';
import { OutputBuffer } from './gss-memory.js';
import type { GssLibrary } from './gssapi-library.js';

/** RFC 2744 3.9.1: the upper bits are errors; the lower ones, such as CONTINUE_NEEDED, are not. */
const ERROR_MASK = 0xffff0000;
export const CONTINUE_NEEDED = 1;
const STATUS_GSS_CODE = 1;
const STATUS_MECHANISM_CODE = 2;

const ROUTINE_ERROR = (status: number): number => (status >>> 16) & 0xff;
const NO_CRED = 7;
const DEFECTIVE_TOKEN = 9;
const BAD_BINDINGS = 4;
const BAD_SIGNATURE = 6;
const CREDENTIALS_EXPIRED = 11;

/** Remedies by MIT's Kerberos error number (krb5_err.et), as the unsigned number that the minor status holds. */
const REMEDIES: ReadonlyMap<number, Text> = new Map(
  Object.entries<Text>({
    '-1765328189': wording`There is no ticket cache. Run: kinit user@REALM, or give ${CREDENTIAL}.`, // KRB5_FCC_NOFILE
    '-1765328243': wording`The ticket cache holds no such ticket. Run: kinit user@REALM, or give ${CREDENTIAL}.`, // KRB5_CC_NOTFOUND
    '-1765328203': 'The keytab has no key for this principal. Export it again with ktpass or ktutil.', // KRB5_KT_NOTFOUND
    '-1765328347':
      'The clocks of this machine and the server differ by more than five minutes. Synchronise them (NTP).', // KRB5KRB_AP_ERR_SKEW
    '-1765328351': 'The ticket is not yet valid: this clock is behind the server’s. Synchronise them (NTP).', // KRB5KRB_AP_ERR_TKT_NYV
    '-1765328377': wording`The KDC does not know the service principal. Use the server’s full DNS name as registered (setspn -L COMPUTER)${{ clause: wording`, or set ${{ option: 'kerberos.spnService' }} and ${{ option: 'kerberos.spnHost' }}` }}.`, // KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN
    '-1765328378': 'The KDC does not know this user. Check userName and realm: user@CONTOSO.COM, realm in capitals.', // KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN
    '-1765328383': 'The account has expired (accountExpires): an administrator has to extend it.', // KRB5KDC_ERR_NAME_EXP
    '-1765328366': 'The account is disabled, locked or expired.', // KRB5KDC_ERR_CLIENT_REVOKED
    '-1765328361': 'The password has expired and must be changed first.', // KRB5KDC_ERR_KEY_EXP
    '-1765328360': 'The password is wrong.', // KRB5KDC_ERR_PREAUTH_FAILED
    '-1765328353': 'The password is wrong, or the service’s key has changed since the ticket was issued.', // KRB5KRB_AP_ERR_BAD_INTEGRITY
    '-1765328352': 'The ticket has expired. Run: kinit.', // KRB5KRB_AP_ERR_TKT_EXPIRED
    '-1765328230': 'No KDC is known for the realm. Set it in /etc/krb5.conf ([realms]), or check DNS SRV records.', // KRB5_REALM_UNKNOWN
    '-1765328228': 'No KDC of the realm can be reached. Check /etc/krb5.conf, DNS and port 88.', // KRB5_KDC_UNREACH
    '-1765328370': 'The KDC supports none of the encryption types. Enable AES for the account.', // KRB5KDC_ERR_ETYPE_NOSUPP
    '-1765328164': 'No realm is known for this host. Add it to [domain_realm] in /etc/krb5.conf.', // KRB5_ERR_HOST_REALM_UNKNOWN
  }).map(([code, remedy]) => [Number(code) >>> 0, remedy]),
);

/** KRB5_REALM_UNKNOWN, KRB5_KDC_UNREACH, KRB5_ERR_HOST_REALM_UNKNOWN. */
const NO_KDC: ReadonlySet<number> = new Set([-1765328230, -1765328228, -1765328164].map((code) => code >>> 0));

/** KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, KRB5_ERR_HOST_REALM_UNKNOWN and KRB5_ERR_NO_SERVICE: nobody knows the service by this name. */
const SERVICE_UNKNOWN: ReadonlySet<number> = new Set([-1765328377, -1765328164, -1765328143].map((code) => code >>> 0));

export function isServiceUnknown(minor: number): boolean {
  return SERVICE_UNKNOWN.has(minor);
}

export function failed(status: number): boolean {
  return (status & ERROR_MASK) !== 0;
}

/** The error of a failed call: what the library says of it, and the remedy where one is known. */
export function gssError(
  library: GssLibrary,
  code: CimletErrorCode,
  what: string,
  status: number,
  minor: number,
  mechanism: NativeStructure,
): CimletError {
  const texts = [display(library, status, STATUS_GSS_CODE, mechanism)];
  if (minor !== 0) texts.push(display(library, minor, STATUS_MECHANISM_CODE, mechanism));
  const error = new CimletError(code, `Kerberos: ${what} failed: ${texts.filter(Boolean).join(' ')}`, {
    hint: remedyFor(status, minor),
  });
  return NO_KDC.has(minor) ? markRealmAbsent(error) : error;
}

function remedyFor(status: number, minor: number): Text | undefined {
  const known = REMEDIES.get(minor);
  if (known !== undefined) return known;
  switch (ROUTINE_ERROR(status)) {
    case NO_CRED:
      return wording`There is no usable ticket. Run: kinit user@REALM, or give ${CREDENTIAL} or ${{ option: 'kerberos.keytab' }}.`;
    case CREDENTIALS_EXPIRED:
      return 'The ticket has expired. Run: kinit.';
    case BAD_BINDINGS:
      return 'The two sides see different TLS certificates: something between them ends the TLS connection.';
    case DEFECTIVE_TOKEN:
    case BAD_SIGNATURE:
      return 'The token was changed on its way, or belongs to another exchange.';
    default:
      return undefined;
  }
}

function display(library: GssLibrary, status: number, kind: number, mechanism: NativeStructure): string {
  const texts: string[] = [];
  const more = new IntegerCell();
  do {
    const text = new OutputBuffer(library);
    const result = library.functions.gss_display_status(new IntegerCell(), status, kind, mechanism, more, text);
    if (failed(result)) break;
    texts.push(Buffer.from(text.take() ?? []).toString('utf8'));
  } while (more.value !== 0);
  return texts.map((text) => (text.endsWith('.') ? text : `${text}.`)).join(' ');
}
