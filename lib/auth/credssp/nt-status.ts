/** NTSTATUS codes, and the HRESULT of SSPI, that a CredSSP server sends (MS-ERREF 2.1.1, 2.3.1), with what to do about them. */
const STATUSES: ReadonlyMap<number, { readonly name: string; readonly hint?: string }> = new Map([
  [0x8009030c, { name: 'SEC_E_LOGON_DENIED', hint: 'Check the user name and the password.' }],
  [0xc000006d, { name: 'STATUS_LOGON_FAILURE', hint: 'Check the user name and the password.' }],
  [0xc0000022, { name: 'STATUS_ACCESS_DENIED' }],
  [0xc000005e, { name: 'STATUS_NO_LOGON_SERVERS', hint: 'The server reaches no domain controller.' }],
  [0xc000006e, { name: 'STATUS_ACCOUNT_RESTRICTION', hint: 'A policy forbids this logon, e.g. an empty password.' }],
  [0xc000006f, { name: 'STATUS_INVALID_LOGON_HOURS' }],
  [0xc0000071, { name: 'STATUS_PASSWORD_EXPIRED', hint: 'Change the password.' }],
  [0xc0000072, { name: 'STATUS_ACCOUNT_DISABLED' }],
  [
    0xc00000bb,
    { name: 'STATUS_NOT_SUPPORTED', hint: 'The server does not take this version of CredSSP, or not NTLM.' },
  ],
  [0xc0000133, { name: 'STATUS_TIME_DIFFERENCE_AT_DC', hint: 'Set the clocks of both ends right.' }],
  [0xc0000193, { name: 'STATUS_ACCOUNT_EXPIRED' }],
  [0xc0000224, { name: 'STATUS_PASSWORD_MUST_CHANGE', hint: 'Change the password.' }],
  [0xc0000234, { name: 'STATUS_ACCOUNT_LOCKED_OUT', hint: 'Unlock the account, or wait.' }],
]);

export const STATUS_LOGON_FAILURE = 0xc000006d;

/** `0xc000006d (STATUS_LOGON_FAILURE)`, and the remedy when there is one. */
export function describeNtStatus(status: number): { readonly text: string; readonly hint: string | undefined } {
  const known = STATUSES.get(status);
  const number = `0x${status.toString(16).padStart(8, '0')}`;
  return { text: known === undefined ? number : `${number} (${known.name})`, hint: known?.hint };
}
