import type { Face, OptionName, OptionPart } from '../../base/wording.js';

/** How a user of the command has the options of the library; undefined: not at all. */
const NAMES: Readonly<Record<OptionName, string | ((value: OptionPart['value']) => string | undefined) | undefined>> = {
  allowNtlm: '--no-ntlm',
  allowUnencrypted: '--allow-unencrypted',
  authentication: (value) => `--auth ${typeof value === 'string' ? value : 'NAME'}`,
  connectTo: '--connect-to HOST:PORT:ADDRESS:PORT',
  credential: '--user NAME with --password-env or --password-stdin, or wait for the prompt',
  'credSsp.allowNtlmOnly': '--credssp-ntlm-only',
  host: undefined,
  input: undefined,
  'kerberos.delegate': (value) => (value === 'always' ? '--delegate always' : '--delegate'),
  'kerberos.keytab': '--keytab FILE',
  'kerberos.spnHost': '--spn-host HOST',
  'kerberos.spnService': '--spn-service CLASS',
  'kerberos.ticketCache': '--ticket-cache NAME',
  maxEnvelopeSize: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseAttributes: 'maxResponseAttributes of a profile',
  // Those of a reply follow from the envelope's.
  maxResponseBytes: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseDepth: 'maxResponseDepth of a profile',
  maxResponseElements: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  maxResponseNameLength: 'maxResponseNameLength of a profile',
  maxResponseTextLength: '-MaxEnvelopeSizeKB of New-CimSessionOption',
  noEncryption: '-NoEncryption of New-CimSessionOption',
  onProgress: undefined,
  onWarning: undefined,
  operationTimeoutMs: '--timeout',
  proxy: (value) =>
    value === undefined ? '--proxy http://HOST:PORT' : '--proxy http://USER@HOST:PORT, with --proxy-password-env VAR',
  skipCACheck: '--skip-ca-check',
  skipCNCheck: '--skip-cn-check',
  timeoutMs: '--timeout',
  'tls.ca': '--ca FILE',
  'tls.cert': '--cert FILE',
  'tls.fingerprint256': '--pin SHA256',
  'tls.key': '--key FILE',
  'tls.maxVersion': 'tls.maxVersion of a profile',
  'tls.minVersion': 'tls.minVersion of a profile',
  'tls.passphrase': 'tls.passphraseEnv of a profile',
  'tls.pfx': 'tls.pfx of a profile',
  'tls.serverName': undefined,
  trustedHosts: '--trusted-hosts LIST',
  typeInformation: undefined,
  useSsl: (value) => (value === false ? undefined : '--use-ssl'),
};

/** The command's names for what errors of the floors below are about. */
export const COMMAND: Face = {
  option(name, value) {
    const own = NAMES[name];
    return typeof own === 'function' ? own(value) : own;
  },
  expression: () => undefined,
};
