import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { CimletError, isCimletError } from '../base/errors.js';
import { suggestion } from '../base/text/suggestion.js';
import { wordingOf } from '../base/wording.js';
import { type Environment, PROFILE_FILE_VARIABLE } from './profile-environment.js';
import { checkProfile, type ProfileCredential, type ProfileSettings } from './profile-settings.js';

/** The profile that holds where none is named, if there is one. */
const DEFAULT_PROFILE = 'default';

/**
 * Where the profiles are: `CIMLET_PROFILE_FILE`, else `cimlet/profiles.json` in the user's folder for configuration (`XDG_CONFIG_HOME` or `~/.config`;
 * `%APPDATA%` on Windows). Undefined where there is no such folder.
 */
function profileFilePath(environment: Environment): string | undefined {
  const { [PROFILE_FILE_VARIABLE]: named, XDG_CONFIG_HOME: xdg, APPDATA: roaming, HOME: home } = environment;
  if (named !== undefined && named !== '') return resolve(named);
  // What is not a whole path would lie wherever the program is called (XDG Base Directory Specification).
  const given = [xdg, roaming].find((path) => path !== undefined && isAbsolute(path));
  const folder = given ?? (home === undefined || home === '' ? undefined : join(home, '.config'));
  return folder === undefined ? undefined : join(folder, 'cimlet', 'profiles.json');
}

/**
 * A profile of the user's file: the named one, or `default`, or none. Paths in it are taken from the file's folder, `~/` from the user's.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a profile that is not there, and for a file that cannot be read, that others can change, or that
 * holds what no profile has. No value of it is repeated.
 */
export function profileOfFile(name: string | undefined, environment: Environment): ProfileSettings {
  const path = profileFilePath(environment);
  const text = path === undefined ? undefined : contentOf(path);
  if (path === undefined || text === undefined) {
    if (name === undefined && !isFileNamed(environment)) return {};
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      `The profile ${JSON.stringify(name ?? DEFAULT_PROFILE)} cannot be read: there is no file ${path === undefined ? 'of profiles' : JSON.stringify(path)}.`,
      {
        hint: `Write it, as a JSON object that has an object for each profile, or name another with ${PROFILE_FILE_VARIABLE}.`,
      },
    );
  }
  const profiles = objectOf(text, path);
  const wanted = name ?? DEFAULT_PROFILE;
  if (!Object.hasOwn(profiles, wanted)) {
    if (name === undefined) return {};
    const names = Object.keys(profiles);
    const meant = suggestion(name, names);
    throw new CimletError('ERR_INVALID_ARGUMENT', `There is no profile ${JSON.stringify(name)} in ${path}.`, {
      hint: meant === undefined ? `There is ${names.join(', ') || 'none'}.` : `Did you mean ${meant}?`,
    });
  }
  return withPaths(checked(profiles[wanted], wanted, path), dirname(path), environment.HOME);
}

/** The names of all profiles. @throws CimletError `ERR_INVALID_ARGUMENT` for a file that cannot be read. */
export function profileNames(environment: Environment): readonly string[] {
  const path = profileFilePath(environment);
  const text = path === undefined ? undefined : contentOf(path);
  return path === undefined || text === undefined ? [] : Object.keys(objectOf(text, path));
}

const isFileNamed = (environment: Environment): boolean => (environment[PROFILE_FILE_VARIABLE] ?? '') !== '';

/** Undefined where there is no file. */
function contentOf(path: string): string | undefined {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o022) !== 0) {
      throw new CimletError('ERR_INVALID_ARGUMENT', `The file of profiles ${path} can be changed by others.`, {
        hint: `Whoever changes it decides where passwords go: chmod go-w ${path}`,
      });
    }
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    if (isCimletError(cause)) throw cause;
    const { code = 'unreadable' } = cause as { readonly code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CimletError('ERR_INVALID_ARGUMENT', `The file of profiles ${path} cannot be read (${code}).`, { cause });
  }
}

function objectOf(text: string, path: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own words repeat what stands there.
    throw notProfiles(path);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notProfiles(path);
  return value as Readonly<Record<string, unknown>>;
}

function notProfiles(path: string): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', `The file of profiles ${path} is not a JSON object.`, {
    hint: 'Write { "branch": { "computers": ["dhcp1.contoso.com"] } }, with an object for each profile.',
  });
}

function checked(profile: unknown, name: string, path: string): ProfileSettings {
  const where = `The profile ${JSON.stringify(name)} of ${path}`;
  if (typeof profile !== 'object' || profile === null || Array.isArray(profile))
    throw new CimletError('ERR_INVALID_ARGUMENT', `${where} is not an object.`);
  try {
    checkProfile(profile);
    return profile;
  } catch (error) {
    if (!isCimletError(error)) throw error;
    const { message, hint } = wordingOf(error);
    throw new CimletError('ERR_INVALID_ARGUMENT', `${where}: ${String(message)}`, { hint });
  }
}

/** Paths from the file's folder, so that a profile means the same wherever it is used. */
function withPaths(profile: ProfileSettings, folder: string, home: string | undefined): ProfileSettings {
  const path = (text: string): string =>
    home !== undefined && text.startsWith('~/') ? join(home, text.slice(2)) : resolve(folder, text);
  const credential = <T extends ProfileCredential | undefined>(one: T): T =>
    one?.passwordFile === undefined ? one : { ...one, passwordFile: path(one.passwordFile) };
  const { tls, kerberos, proxy } = profile;
  const files = (['ca', 'cert', 'key', 'pfx'] as const).flatMap((name) => {
    const text = tls?.[name];
    return text === undefined ? [] : [[name, path(text)] as const];
  });
  return {
    ...profile,
    ...(profile.credential && { credential: credential(profile.credential) }),
    ...(tls && { tls: { ...tls, ...Object.fromEntries(files) } }),
    ...(kerberos && {
      kerberos: { ...kerberos, ...(kerberos.keytab !== undefined && { keytab: path(kerberos.keytab) }) },
    }),
    ...(proxy && { proxy: { ...proxy, ...(proxy.credential && { credential: credential(proxy.credential) }) } }),
  };
}
