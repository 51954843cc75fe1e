/** The bits of NegotiateFlags, each under its name without `NTLMSSP_` (MS-NLMP 2.2.2.5). */
const NegotiateFlags = {
  NEGOTIATE_UNICODE: 0x00000001,
  NEGOTIATE_OEM: 0x00000002,
  REQUEST_TARGET: 0x00000004,
  NEGOTIATE_SIGN: 0x00000010,
  NEGOTIATE_SEAL: 0x00000020,
  NEGOTIATE_DATAGRAM: 0x00000040,
  NEGOTIATE_LM_KEY: 0x00000080,
  NEGOTIATE_NTLM: 0x00000200,
  NEGOTIATE_ANONYMOUS: 0x00000800,
  NEGOTIATE_OEM_DOMAIN_SUPPLIED: 0x00001000,
  NEGOTIATE_OEM_WORKSTATION_SUPPLIED: 0x00002000,
  NEGOTIATE_ALWAYS_SIGN: 0x00008000,
  TARGET_TYPE_DOMAIN: 0x00010000,
  TARGET_TYPE_SERVER: 0x00020000,
  NEGOTIATE_EXTENDED_SESSIONSECURITY: 0x00080000,
  NEGOTIATE_IDENTIFY: 0x00100000,
  REQUEST_NON_NT_SESSION_KEY: 0x00400000,
  NEGOTIATE_TARGET_INFO: 0x00800000,
  NEGOTIATE_VERSION: 0x02000000,
  NEGOTIATE_128: 0x20000000,
  NEGOTIATE_KEY_EXCH: 0x40000000,
  NEGOTIATE_56: 0x80000000,
} as const;

export type NegotiateFlagName = keyof typeof NegotiateFlags;

/** The bits of the named flags together, as an unsigned number. */
export function flagBits(...names: NegotiateFlagName[]): number {
  return names.reduce((bits, name) => (bits | NegotiateFlags[name]) >>> 0, 0);
}

export function hasFlag(flags: number, name: NegotiateFlagName): boolean {
  return (flags & NegotiateFlags[name]) !== 0;
}

/** The names of all set bits, lowest first, spelled as the specification does; bits without a name as `0x…`. */
export function describeFlags(flags: number): string[] {
  let unnamed = flags;
  const names: string[] = [];
  for (const [name, bit] of Object.entries(NegotiateFlags)) {
    if ((flags & bit) === 0) continue;
    names.push(`NTLMSSP_${name}`);
    unnamed &= ~bit;
  }
  if (unnamed !== 0) names.push(`0x${(unnamed >>> 0).toString(16).padStart(8, '0')}`);
  return names;
}
