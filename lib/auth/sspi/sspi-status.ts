import { CimletError, type CimletErrorCode } from '../../base/errors.js';
import { CREDENTIAL, type Text, wording } from '../../base/wording.js';
import { markRealmAbsent } from '../kerberos/absent-realms.js';

export const SEC_E_OK = 0;
export const SEC_I_CONTINUE_NEEDED = 0x00090312;
export const SEC_E_UNSUPPORTED_FUNCTION = 0x80090302;
const SEC_E_NO_AUTHENTICATING_AUTHORITY = 0x80090311;

interface Meaning {
  readonly name: string;
  readonly text: string;
  readonly hint?: Text;
}

const NTP = 'Synchronise the clocks (w32tm /resync): they may differ by five minutes at most.';
const NO_LOGON = wording`Log on to Windows with an account of the domain (klist shows its tickets), or give ${CREDENTIAL}.`;
const SERVICE_NAME = wording`Use the server’s full DNS name as registered (setspn -L COMPUTER)${{ clause: wording`, or set ${{ option: 'kerberos.spnService' }} and ${{ option: 'kerberos.spnHost' }}` }}.`;

/** The codes that security packages give (winerror.h). */
const MEANINGS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0x80090300, { name: 'SEC_E_INSUFFICIENT_MEMORY', text: 'there is not enough memory' }],
  [0x80090301, { name: 'SEC_E_INVALID_HANDLE', text: 'the context is not usable' }],
  [SEC_E_UNSUPPORTED_FUNCTION, { name: 'SEC_E_UNSUPPORTED_FUNCTION', text: 'the security package cannot do it' }],
  [
    0x80090303,
    { name: 'SEC_E_TARGET_UNKNOWN', text: 'the domain does not know the service principal', hint: SERVICE_NAME },
  ],
  [0x80090304, { name: 'SEC_E_INTERNAL_ERROR', text: 'the Local Security Authority cannot be reached' }],
  [0x80090305, { name: 'SEC_E_SECPKG_NOT_FOUND', text: 'the security package does not exist' }],
  [
    0x80090308,
    { name: 'SEC_E_INVALID_TOKEN', text: 'the token was changed on its way, or belongs to another exchange' },
  ],
  [
    0x8009030c,
    {
      name: 'SEC_E_LOGON_DENIED',
      text: 'the logon was denied',
      hint: 'Check userName and password, and that the account is neither locked nor disabled.',
    },
  ],
  [0x8009030d, { name: 'SEC_E_UNKNOWN_CREDENTIALS', text: 'the credential is not known', hint: NO_LOGON }],
  [0x8009030e, { name: 'SEC_E_NO_CREDENTIALS', text: 'there is no usable credential', hint: NO_LOGON }],
  [0x8009030f, { name: 'SEC_E_MESSAGE_ALTERED', text: 'the message was changed on its way' }],
  [0x80090310, { name: 'SEC_E_OUT_OF_SEQUENCE', text: 'a message was repeated, skipped or reordered' }],
  [
    SEC_E_NO_AUTHENTICATING_AUTHORITY,
    {
      name: 'SEC_E_NO_AUTHENTICATING_AUTHORITY',
      text: 'no domain controller can be reached',
      hint: 'Check the domain’s name, DNS and port 88 (nltest /dsgetdc:DOMAIN).',
    },
  ],
  [0x80090317, { name: 'SEC_E_CONTEXT_EXPIRED', text: 'the context has expired' }],
  [0x80090318, { name: 'SEC_E_INCOMPLETE_MESSAGE', text: 'the token is incomplete' }],
  [0x80090321, { name: 'SEC_E_BUFFER_TOO_SMALL', text: 'the security package wants more room than it announced' }],
  [
    0x80090322,
    {
      name: 'SEC_E_WRONG_PRINCIPAL',
      text: 'the server cannot read the ticket: the service principal belongs to another account',
      hint: wording`Look for it with setspn -Q HTTP/HOST. ${SERVICE_NAME}`,
    },
  ],
  [0x80090324, { name: 'SEC_E_TIME_SKEW', text: 'the clocks of the two machines differ', hint: NTP }],
  [0x80090329, { name: 'SEC_E_ENCRYPT_FAILURE', text: 'the message could not be sealed' }],
  [0x80090330, { name: 'SEC_E_DECRYPT_FAILURE', text: 'the message could not be unsealed' }],
  [
    0x80090331,
    {
      name: 'SEC_E_ALGORITHM_MISMATCH',
      text: 'the two machines have no algorithm in common',
      hint: 'Enable AES for the accounts.',
    },
  ],
  [
    0x80090342,
    {
      name: 'SEC_E_KDC_UNKNOWN_ETYPE',
      text: 'the domain controller supports none of the encryption types',
      hint: 'Enable AES for the account (msDS-SupportedEncryptionTypes).',
    },
  ],
  [
    0x80090345,
    {
      name: 'SEC_E_DELEGATION_REQUIRED',
      text: 'the server has to be trusted for delegation',
      hint: 'Trust its account for delegation in Active Directory.',
    },
  ],
  [
    0x80090346,
    {
      name: 'SEC_E_BAD_BINDINGS',
      text: 'the channel bindings differ',
      hint: 'The two sides see different TLS certificates: something between them ends the TLS connection.',
    },
  ],
  [
    0x80090348,
    {
      name: 'SEC_E_NO_KERB_KEY',
      text: 'the account has no key for the ticket',
      hint: 'Set the account’s password once, so that it gets AES keys.',
    },
  ],
  [
    0x80090350,
    { name: 'SEC_E_DOWNGRADE_DETECTED', text: 'no domain controller can be asked, or somebody forces a weaker logon' },
  ],
]);

/** The error of a failed call: what its code means, and the remedy where one is known. */
export function sspiError(code: CimletErrorCode, packageName: string, what: string, status: number): CimletError {
  const unsigned = status >>> 0;
  const meaning = MEANINGS.get(unsigned);
  const number = `0x${unsigned.toString(16).toUpperCase().padStart(8, '0')}`;
  const reason = meaning === undefined ? number : `${meaning.text} (${meaning.name}, ${number})`;
  const error = new CimletError(code, `${packageName}: ${what} failed: ${reason}.`, { hint: meaning?.hint });
  return unsigned === SEC_E_NO_AUTHENTICATING_AUTHORITY ? markRealmAbsent(error) : error;
}
