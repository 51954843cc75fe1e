import type { CimSessionOptions } from '../cim/session/session-options.js';
import { connectionTarget } from './connect-to-rules.js';
import { type Environment, environmentSettings, PROFILE_VARIABLE } from './profile-environment.js';
import { profileOfFile } from './profile-file.js';
import type { ProfileSettings } from './profile-settings.js';
import { settleProfile } from './settled-profile.js';

/** What {@link profileOptions} reads. */
export interface ProfileSource {
  /** Name of a profile in the user's file. Default: `CIMLET_PROFILE`, else the profile `default`, where there is one. */
  readonly profile?: string | undefined;
  /** The variables. Default: those of the process. */
  readonly environment?: Environment | undefined;
}

/** Options of sessions, and the computers that the profile names: what createClient takes. */
export interface ProfileOptions extends CimSessionOptions {
  readonly computers?: readonly string[];
}

/**
 * Options for sessions out of the environment (`CIMLET_USER`, `CIMLET_PASSWORD`, `CIMLET_AUTH`, `CIMLET_CONNECT_TO` …) and, where that has none, out of
 * a profile of the user's file (`~/.config/cimlet/profiles.json`), read as the command reads them. Files that they name are read now.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a profile that is not there, an unknown key (with the one that was meant), a value that does not
 * fit, a password in the file, and a file that others can change or, of a password, read.
 * @example
 * const { computers = [], ...sessionOptions } = profileOptions({ profile: 'branch' });
 * const scopes = await getDhcpServerv4Scope({ CimSession: computers }, { sessionOptions });
 */
export function profileOptions({ profile, environment = process.env }: ProfileSource = {}): ProfileOptions {
  const { computers, options, credential, connectTo } = settleProfile(profilePlaces(profile, environment), environment);
  const port = options.port ?? (options.useSsl ? 5986 : 5985);
  return {
    ...options,
    ...(computers !== undefined && { computers }),
    ...(credential !== undefined && { credential }),
    ...(connectTo.length > 0 && {
      connectTo: ({ computerName }) => connectionTarget(connectTo, computerName, port),
    }),
  };
}

/** The environment's settings and the profile's, in the order in which they hold. */
export function profilePlaces(profile: string | undefined, environment: Environment): readonly ProfileSettings[] {
  const { [PROFILE_VARIABLE]: named } = environment;
  const name = profile ?? (named === '' ? undefined : named);
  return [environmentSettings(environment), profileOfFile(name, environment)];
}
