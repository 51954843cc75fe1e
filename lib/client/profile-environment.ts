import { CimletError } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import { slipsBetween } from '../base/text/suggestion.js';
import { AUTHENTICATIONS, authenticationOf } from '../cim/session/authentication-names.js';
import { parseConnectToRule } from './connect-to-rules.js';
import type { ProfileSettings } from './profile-settings.js';
import { parseProxy } from './proxy-address.js';

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a variable's text becomes. Throws a text that says what to write instead. */
type Reading = (text: string) => unknown;

class Unreadable {
  constructor(readonly remedy: string) {}
}

const asIs: Reading = (text) => text;

const truth: Reading = (text) => {
  if (/^(?:true|1|yes|on)$/i.test(text)) return true;
  if (/^(?:false|0|no|off)$/i.test(text)) return false;
  throw new Unreadable('Write true or false.');
};

const list: Reading = (text) => {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '');
  if (parts.length > 0) return parts;
  throw new Unreadable('Write names with commas between them.');
};

const port: Reading = (text) => {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1 && number <= 65_535) return number;
  throw new Unreadable('Write a number from 1 to 65535.');
};

const seconds: Reading = (text) => {
  const number = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && number > 0) return number * 1000;
  throw new Unreadable('Write a number of seconds above zero.');
};

const authentication: Reading = (text) => {
  const found = authenticationOf(text);
  if (found === undefined) throw new Unreadable(`Write one of ${AUTHENTICATIONS.join(', ')}.`);
  return found;
};

const delegation: Reading = (text) => (/^always$/i.test(text) ? 'always' : truth(text));

const connectTo: Reading = (text) => {
  const rules = text.split(/[\s,]+/).filter((part) => part !== '');
  for (const rule of rules) {
    const read = parseConnectToRule(rule);
    if (typeof read === 'string') throw new Unreadable(`Write HOST:PORT:ADDRESS:PORT, several with commas. ${read}`);
  }
  return rules;
};

const proxy: Reading = (text) => {
  const read = parseProxy(text);
  if (typeof read === 'string') throw new Unreadable(read);
  return read;
};

/** Each variable, the setting that it holds as a path in {@link ProfileSettings}, and how it is read: as the option of its name on the command line. */
export const PROFILE_VARIABLES: Readonly<Record<string, readonly [setting: string, read: Reading]>> = {
  CIMLET_COMPUTERS: ['computers', list],
  CIMLET_USER: ['credential.userName', asIs],
  CIMLET_PASSWORD: ['credential.password', (text) => new Secret(text)],
  CIMLET_PASSWORD_FILE: ['credential.passwordFile', asIs],
  CIMLET_AUTH: ['authentication', authentication],
  CIMLET_DELEGATE: ['kerberos.delegate', delegation],
  CIMLET_KEYTAB: ['kerberos.keytab', asIs],
  CIMLET_TICKET_CACHE: ['kerberos.ticketCache', asIs],
  CIMLET_SPN_HOST: ['kerberos.spnHost', asIs],
  CIMLET_SPN_SERVICE: ['kerberos.spnService', asIs],
  CIMLET_NO_NTLM: ['allowNtlm', (text) => truth(text) !== true],
  CIMLET_CREDSSP_NTLM_ONLY: ['credSsp.allowNtlmOnly', truth],
  CIMLET_TRUSTED_HOSTS: ['trustedHosts', list],
  CIMLET_PORT: ['port', port],
  CIMLET_USE_SSL: ['useSsl', truth],
  CIMLET_CA: ['tls.ca', asIs],
  CIMLET_PIN: ['tls.fingerprint256', asIs],
  CIMLET_CERT: ['tls.cert', asIs],
  CIMLET_KEY: ['tls.key', asIs],
  CIMLET_SKIP_CA_CHECK: ['skipCACheck', truth],
  CIMLET_SKIP_CN_CHECK: ['skipCNCheck', truth],
  CIMLET_ALLOW_UNENCRYPTED: ['allowUnencrypted', truth],
  CIMLET_CONNECT_TO: ['connectTo', connectTo],
  CIMLET_PROXY: ['proxy', proxy],
  CIMLET_TIMEOUT: ['operationTimeoutMs', seconds],
};

/** The profile's name. */
export const PROFILE_VARIABLE = 'CIMLET_PROFILE';
/** The file that holds the profiles, instead of the usual one. */
export const PROFILE_FILE_VARIABLE = 'CIMLET_PROFILE_FILE';

const KNOWN = [
  ...Object.keys(PROFILE_VARIABLES),
  PROFILE_VARIABLE,
  PROFILE_FILE_VARIABLE,
  'CIMLET_OPTIONS',
  'CIMLET_COLOR',
];

/**
 * The settings that the environment has; an empty variable is none.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a value that cannot be read, which is not repeated, and for a name that is one or two letters off.
 */
export function environmentSettings(environment: Environment): ProfileSettings {
  refuseMisspelt(environment);
  const settings: Record<string, unknown> = {};
  for (const [name, [path, read]] of Object.entries(PROFILE_VARIABLES)) {
    const text = environment[name];
    if (text === undefined || text === '') continue;
    const [outer = '', inner] = path.split('.');
    const value = readVariable(name, text, read);
    if (inner === undefined) settings[outer] = value;
    else settings[outer] = { ...(settings[outer] as object | undefined), [inner]: value };
  }
  return settings;
}

function readVariable(name: string, text: string, read: Reading): unknown {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new CimletError('ERR_INVALID_ARGUMENT', `The environment variable ${name} cannot be read.`, {
      hint: error.remedy,
    });
  }
}

/** Other programs' variables are theirs, but a letter that is missing would leave a session less safe than meant. */
function refuseMisspelt(environment: Environment): void {
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('CIMLET_') || KNOWN.includes(name) || environment[name] === '') continue;
    const meant = KNOWN.find((known) => slipsBetween(name, known, 3) < 3);
    if (meant === undefined) continue;
    throw new CimletError('ERR_INVALID_ARGUMENT', `The environment variable ${name} is none of cimlet's.`, {
      hint: `Did you mean ${meant}?`,
    });
  }
}
