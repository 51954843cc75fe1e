import { type Face, type OptionName, type Text, textIn } from '../../base/wording.js';

const inOptions = (option: string): string => `${option} in $env:CIMLET_OPTIONS`;

/** What a user of PowerShell has for the options of the library; undefined: nothing. */
const NAMES: Readonly<Record<OptionName, string | undefined>> = {
  allowNtlm: inOptions('--no-ntlm'),
  allowUnencrypted: inOptions('--allow-unencrypted'),
  authentication: '-Authentication of New-CimSession',
  connectTo: inOptions('--connect-to HOST:PORT:ADDRESS:PORT'),
  credential: '-Credential of New-CimSession',
  'credSsp.allowNtlmOnly': inOptions('--credssp-ntlm-only'),
  host: undefined,
  input: undefined,
  'kerberos.delegate': inOptions('--delegate'),
  'kerberos.keytab': inOptions('--keytab FILE'),
  'kerberos.spnHost': undefined,
  'kerberos.spnService': undefined,
  'kerberos.ticketCache': '$env:KRB5CCNAME',
  maxEnvelopeSize: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseAttributes: undefined,
  // Those of a reply follow from the envelope's.
  maxResponseBytes: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseDepth: undefined,
  maxResponseElements: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseNameLength: undefined,
  maxResponseTextLength: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  noEncryption: '-NoEncryption of New-CimSessionOption',
  onProgress: undefined,
  onWarning: undefined,
  operationTimeoutMs: '-OperationTimeoutSec',
  proxy: undefined,
  skipCACheck: '-SkipCACheck of New-CimSessionOption',
  skipCNCheck: '-SkipCNCheck of New-CimSessionOption',
  timeoutMs: '-OperationTimeoutSec',
  'tls.ca': inOptions('--ca FILE'),
  'tls.cert': inOptions('--cert FILE'),
  'tls.fingerprint256': inOptions('--pin SHA256'),
  'tls.key': inOptions('--key FILE'),
  'tls.maxVersion': undefined,
  'tls.minVersion': undefined,
  'tls.passphrase': undefined,
  'tls.pfx': undefined,
  'tls.serverName': undefined,
  trustedHosts: inOptions('--trusted-hosts LIST'),
  typeInformation: undefined,
  useSsl: '-UseSsl of New-CimSessionOption',
};

const POWERSHELL: Face = {
  option: (name, value) => {
    const own = NAMES[name];
    if (name === 'useSsl' && value === false) return undefined;
    return name === 'authentication' && typeof value === 'string' ? own?.replace(' of', ` ${value} of`) : own;
  },
  expression: () => undefined,
};

/** A message or a hint as a user of PowerShell is told it. */
export function servedText(text: Text): string {
  return textIn(POWERSHELL, text);
}
