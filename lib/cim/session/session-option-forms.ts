import {
  ANYTHING,
  BOOLEAN,
  FUNCTION,
  NUMBER,
  OBJECT,
  type OptionForm,
  options,
  orOneOf,
  TEXT,
  TEXTS,
} from '../../base/option-forms.js';
import type { CimCredSspOptions, CimKerberosOptions, CimProxy, CimSessionOptions } from './session-options.js';

type FormsOf<T> = Readonly<Record<keyof T, OptionForm>>;

const KERBEROS: FormsOf<CimKerberosOptions> = {
  delegate: orOneOf(BOOLEAN, 'always'),
  spnService: TEXT,
  spnHost: TEXT,
  keytab: TEXT,
  ticketCache: TEXT,
  provider: OBJECT,
};

const TLS: FormsOf<NonNullable<CimSessionOptions['tls']>> = {
  ca: ANYTHING,
  fingerprint256: TEXT,
  serverName: TEXT,
  minVersion: TEXT,
  maxVersion: TEXT,
  skipCaCheck: BOOLEAN,
  skipCnCheck: BOOLEAN,
  cert: ANYTHING,
  key: ANYTHING,
  pfx: ANYTHING,
  passphrase: ANYTHING,
};

const PROXY: FormsOf<CimProxy> = { host: ANYTHING, port: ANYTHING, credential: ANYTHING };

const CREDSSP: FormsOf<CimCredSspOptions> = { allowNtlmOnly: BOOLEAN };

/** One entry an option, so that a misspelt one (`useSSL`) or the text `'false'` is refused instead of leaving the session less safe than meant. */
export const SESSION_OPTION_FORMS: FormsOf<CimSessionOptions> = {
  name: TEXT,
  credential: OBJECT,
  authentication: ANYTHING,
  kerberos: orOneOf(options(KERBEROS), false),
  allowNtlm: BOOLEAN,
  trustedHosts: TEXTS,
  credSsp: options(CREDSSP),
  useSsl: BOOLEAN,
  port: ANYTHING,
  httpUrlPrefix: TEXT,
  tls: options(TLS),
  encodePortInServicePrincipalName: BOOLEAN,
  skipCACheck: BOOLEAN,
  skipCNCheck: BOOLEAN,
  noEncryption: BOOLEAN,
  allowUnencrypted: BOOLEAN,
  maxConnections: NUMBER,
  idleTimeoutMs: NUMBER,
  maxEnvelopeSize: NUMBER,
  maxResponseBytes: NUMBER,
  maxResponseElements: NUMBER,
  maxResponseDepth: NUMBER,
  maxResponseAttributes: NUMBER,
  maxResponseNameLength: NUMBER,
  maxResponseTextLength: NUMBER,
  encoding: ANYTHING,
  operationTimeoutMs: NUMBER,
  culture: TEXT,
  uiCulture: TEXT,
  resourceUriSpelling: ANYTHING,
  connectTo: OBJECT,
  lookup: FUNCTION,
  proxy: options(PROXY),
  transport: FUNCTION,
};
