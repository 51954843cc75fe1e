import { CimletError } from '../base/errors.js';
import {
  BOOLEAN,
  checkOptionForms,
  NUMBER,
  type OptionForm,
  options,
  orOneOf,
  TEXT,
  TEXTS,
} from '../base/option-forms.js';
import type { Secret } from '../base/secret.js';
import { AUTHENTICATIONS } from '../cim/session/authentication-names.js';
import { SESSION_OPTION_FORMS } from '../cim/session/session-option-forms.js';
import type {
  CimCredSspOptions,
  CimKerberosOptions,
  CimProxy,
  CimSessionOptions,
} from '../cim/session/session-options.js';

/** Who logs on. A file has no password itself: it names where one is. */
export interface ProfileCredential {
  readonly userName?: string;
  readonly domain?: string;
  /** Of the environment or of a question; never out of a profile file. */
  readonly password?: Secret;
  /** Environment variable that holds the password. */
  readonly passwordEnv?: string;
  /** File whose first line is the password. */
  readonly passwordFile?: string;
}

/** What TLS is given, its keys and certificates as paths of files. */
export interface ProfileTls
  extends Pick<NonNullable<CimSessionOptions['tls']>, 'fingerprint256' | 'serverName' | 'minVersion' | 'maxVersion'> {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: string;
  /** Environment variable with the passphrase of the key. */
  readonly passphraseEnv?: string;
}

export interface ProfileProxy extends Pick<CimProxy, 'host' | 'port'> {
  readonly credential?: ProfileCredential;
}

/** Options of a session that hold no text, number or truth value, and `name`, which is one session's. */
const NOT_IN_PROFILE = ['name', 'credential', 'kerberos', 'tls', 'connectTo', 'proxy', 'lookup', 'transport'] as const;
type NotInProfile = (typeof NOT_IN_PROFILE)[number];

/** Options of sessions, and the computers they go to, as a profile file, the environment and a command line have them. */
export interface ProfileSettings extends Omit<CimSessionOptions, NotInProfile> {
  readonly computers?: string | readonly string[];
  readonly credential?: ProfileCredential;
  readonly kerberos?: Omit<CimKerberosOptions, 'provider'> | false;
  readonly credSsp?: CimCredSspOptions;
  readonly tls?: ProfileTls;
  /** `HOST:PORT:ADDRESS:PORT`; the first that fits holds. */
  readonly connectTo?: string | readonly string[];
  readonly proxy?: ProfileProxy;
}

type Forms<T> = Readonly<Record<keyof T, OptionForm>>;

const ONE_OR_MORE: OptionForm = {
  accepts: (value) => TEXT.accepts(value) || (TEXTS.accepts(value) && (value as readonly string[]).length > 0),
  remedy: 'Give a text, or a list of texts: ["…"].',
};

const oneOfNames = (names: readonly string[]): OptionForm => ({
  accepts: (value) => typeof value === 'string' && names.some((name) => name.toLowerCase() === value.toLowerCase()),
  remedy: `Give one of ${names.join(', ')}.`,
});

const PORT: OptionForm = {
  accepts: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_535,
  remedy: 'Give a number from 1 to 65535.',
};

const CREDENTIAL_FORMS: Forms<Omit<ProfileCredential, 'password'>> = {
  userName: TEXT,
  domain: TEXT,
  passwordEnv: TEXT,
  passwordFile: TEXT,
};

const KERBEROS_FORMS: Forms<Omit<CimKerberosOptions, 'provider'>> = {
  delegate: orOneOf(BOOLEAN, 'always'),
  spnService: TEXT,
  spnHost: TEXT,
  keytab: TEXT,
  ticketCache: TEXT,
};

const TLS_VERSIONS = oneOfNames(['TLSv1.2', 'TLSv1.3']);

const TLS_FORMS: Forms<ProfileTls> = {
  ca: TEXT,
  cert: TEXT,
  key: TEXT,
  pfx: TEXT,
  passphraseEnv: TEXT,
  fingerprint256: TEXT,
  serverName: TEXT,
  minVersion: TLS_VERSIONS,
  maxVersion: TLS_VERSIONS,
};

/** What a profile of the file may hold. */
export const PROFILE_FORMS: Forms<ProfileSettings> = {
  ...plainForms(SESSION_OPTION_FORMS),
  computers: ONE_OR_MORE,
  credential: options(CREDENTIAL_FORMS),
  authentication: oneOfNames(AUTHENTICATIONS),
  port: PORT,
  operationTimeoutMs: NUMBER,
  encoding: oneOfNames(['utf-8', 'utf-16']),
  resourceUriSpelling: oneOfNames(['dmtf', 'wmi']),
  kerberos: orOneOf(options(KERBEROS_FORMS), false),
  tls: options(TLS_FORMS),
  connectTo: ONE_OR_MORE,
  proxy: options({ host: TEXT, port: PORT, credential: options(CREDENTIAL_FORMS) } satisfies Forms<ProfileProxy>),
};

function plainForms({ ...forms }: Record<string, OptionForm>): Forms<Omit<CimSessionOptions, NotInProfile>> {
  for (const name of NOT_IN_PROFILE) delete forms[name];
  return forms as Forms<Omit<CimSessionOptions, NotInProfile>>;
}

/** @throws CimletError `ERR_INVALID_ARGUMENT` for a key that no profile has, with the one that was meant, and for a value of a wrong type. */
export function checkProfile(profile: object): asserts profile is ProfileSettings {
  refuseLiteralPasswords(profile);
  checkOptionForms(profile, PROFILE_FORMS, 'key of a profile');
}

/** Its value is never looked at, so that no error repeats it. */
function refuseLiteralPasswords(profile: object): void {
  const { credential, proxy } = profile as Record<string, { credential?: object } | undefined>;
  for (const [place, one] of [
    ['credential', credential],
    ['proxy.credential', proxy?.credential],
  ] as const) {
    if (typeof one !== 'object' || one === null || !('password' in one)) continue;
    throw new CimletError('ERR_INVALID_ARGUMENT', `${place}.password: a password does not stand in a profile.`, {
      hint: 'Give passwordEnv, the name of an environment variable, or passwordFile, the path of a file that only you can read.',
    });
  }
}
