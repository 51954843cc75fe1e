import { readFileSync, statSync } from 'node:fs';
import { CimletError, isCimletError } from '../base/errors.js';
import { Secret } from '../base/secret.js';
import { type Text, wording } from '../base/wording.js';
import { authenticationOf } from '../cim/session/authentication-names.js';
import type { CimCredential, CimProxy, CimSessionOptions } from '../cim/session/session-options.js';
import { type ConnectToRule, parseConnectToRule } from './connect-to-rules.js';
import type { Environment } from './profile-environment.js';
import type { ProfileCredential, ProfileSettings, ProfileTls } from './profile-settings.js';

/** What several places say together: a profile, the environment, a command line. */
export interface SettledProfile {
  readonly computers: readonly string[] | undefined;
  /** All that has no question left; files are read. */
  readonly options: Omit<CimSessionOptions, 'credential' | 'connectTo' | 'useSsl'> & { readonly useSsl: boolean };
  /** Who logs on; without `password` nobody has said it. */
  readonly credential: (Omit<CimCredential, 'password'> & { readonly password?: Secret }) | undefined;
  readonly connectTo: readonly ConnectToRule[];
}

/**
 * Makes one of several places' settings, those that go before others first. Objects are joined, addresses of `connectTo` are tried in this order. A
 * password belongs to the user of its own place, or, where that names none, to whoever the user is; a key goes before a password of a later place,
 * and a password before such a key. Only in the last place, which is the file of profiles, does `tls` mean https, as among the options of a session.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a file or a variable that holds no secret, and for what has no meaning without https.
 */
export function settleProfile(places: readonly ProfileSettings[], environment: Environment): SettledProfile {
  const joined = [...places].reverse().reduce<ProfileSettings>(join, {});
  const { computers, credential: _, connectTo: __, tls, proxy, useSsl, kerberos, authentication, ...plain } = joined;
  const isHttps = useSsl ?? impliesHttps(places.at(-1) ?? {});
  refuseWithoutHttps(joined, isHttps);
  const keyOrPassword = credentialOf(places, environment);
  const { keytab, ...otherKerberos } = kerberos === false ? {} : (kerberos ?? {});
  const ownKerberos = { ...otherKerberos, ...(keytab !== undefined && !keyOrPassword?.password && { keytab }) };
  return {
    computers: computers === undefined ? undefined : typeof computers === 'string' ? [computers] : computers,
    options: {
      ...plain,
      ...(authentication !== undefined && { authentication: authenticationOf(authentication) ?? authentication }),
      useSsl: isHttps,
      ...(kerberos === false ? { kerberos } : Object.keys(ownKerberos).length > 0 ? { kerberos: ownKerberos } : {}),
      ...(tls && { tls: tlsOf(tls, environment) }),
      ...(proxy && { proxy: proxyOf(proxy, environment) }),
    },
    credential: keyOrPassword,
    connectTo: places.flatMap(rulesOf),
  };
}

function join(below: ProfileSettings, above: ProfileSettings): ProfileSettings {
  const given = Object.fromEntries(Object.entries(above).filter(([, value]) => value !== undefined));
  const { tls, kerberos, credSsp } = above;
  return {
    ...below,
    ...given,
    ...(tls && { tls: { ...below.tls, ...tls } }),
    ...(kerberos && { kerberos: { ...(below.kerberos || {}), ...kerberos } }),
    ...(credSsp && { credSsp: { ...below.credSsp, ...credSsp } }),
  };
}

const impliesHttps = ({ tls, skipCACheck, skipCNCheck }: ProfileSettings): boolean =>
  tls !== undefined || skipCACheck === true || skipCNCheck === true;

/** What would say in vain how a server is verified. CredSSP shows a certificate of its own, over http, too. */
function refuseWithoutHttps({ tls = {}, skipCACheck, skipCNCheck, authentication }: ProfileSettings, isHttps: boolean) {
  if (isHttps) return;
  const isCredSsp = authentication?.toLowerCase() === 'credssp';
  const ofServer = isCredSsp ? [] : (['ca', 'fingerprint256', 'serverName'] as const);
  const needless = [...ofServer, 'cert', 'key', 'pfx', 'minVersion', 'maxVersion'] as const;
  const name = needless.find((one) => tls[one] !== undefined);
  const option =
    name !== undefined
      ? (`tls.${name}` as const)
      : skipCACheck
        ? 'skipCACheck'
        : skipCNCheck
          ? 'skipCNCheck'
          : undefined;
  if (option === undefined) return;
  const orCredSsp =
    name !== undefined && ofServer.some((one) => one === name)
      ? wording`, or ${{ option: 'authentication', value: 'CredSsp' }}, whose own certificate it judges`
      : '';
  throw new CimletError('ERR_INVALID_ARGUMENT', wording`${{ option }} has no meaning without https.`, {
    hint: wording`Add ${{ option: 'useSsl', value: true }}${orCredSsp}.`,
  });
}

function rulesOf({ connectTo = [] }: ProfileSettings): ConnectToRule[] {
  return (typeof connectTo === 'string' ? [connectTo] : connectTo).map((text) => {
    const rule = parseConnectToRule(text);
    if (typeof rule !== 'string') return rule;
    throw new CimletError('ERR_INVALID_ARGUMENT', `connectTo: ${JSON.stringify(text)} is not HOST:PORT:ADDRESS:PORT.`, {
      hint: rule,
    });
  });
}

function credentialOf(places: readonly ProfileSettings[], environment: Environment): SettledProfile['credential'] {
  const { userName, domain } = places.find(({ credential }) => credential?.userName !== undefined)?.credential ?? {};
  if (userName === undefined) return undefined;
  const name = { userName, ...(domain !== undefined && { domain }) };
  for (const { credential = {}, kerberos } of places) {
    if (credential.userName !== undefined && credential.userName !== userName) continue;
    const password = passwordOf(credential, environment);
    if (password !== undefined) return { ...name, password };
    if (kerberos && kerberos.keytab !== undefined) return name;
  }
  return name;
}

/** @throws CimletError for a place that is named and has none. */
function passwordOf(
  { password, passwordEnv, passwordFile }: ProfileCredential,
  environment: Environment,
): Secret | undefined {
  if (password !== undefined) return password;
  if (passwordEnv !== undefined) return secretOfVariable(passwordEnv, environment);
  return passwordFile === undefined ? undefined : secretOfFile(passwordFile);
}

function secretOfVariable(name: string, environment: Environment): Secret {
  const value = environment[name];
  if (value !== undefined && value !== '') return new Secret(value);
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    // Whoever gave the secret itself would find it in a log.
    `The environment variable ${/^[A-Z_][A-Z0-9_]*$/.test(name) ? name : 'that is named'} is not set or empty.`,
    { hint: 'Give the name of a variable, exported before the call.' },
  );
}

/** The first line of a file that others cannot read (ssh asks the same of keys). */
function secretOfFile(path: string): Secret {
  const [line = ''] = contentOf(path, 'passwordFile', (mode) => {
    if (process.platform === 'win32' || (mode & 0o027) === 0) return;
    throw new CimletError('ERR_INVALID_ARGUMENT', `The file of the password, ${path}, can be read by others.`, {
      hint: `chmod 600 ${path}`,
    });
  })
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/, 1);
  if (line !== '') return new Secret(line);
  throw new CimletError('ERR_INVALID_ARGUMENT', `The file of the password, ${path}, begins with an empty line.`, {
    hint: 'Write the password as its first line.',
  });
}

function contentOf(path: string, setting: Text, check: (mode: number) => void = () => {}): Buffer {
  try {
    check(statSync(path).mode);
    return readFileSync(path);
  } catch (cause) {
    if (isCimletError(cause)) throw cause;
    const { code = 'unreadable' } = cause as { readonly code?: string };
    throw new CimletError(
      'ERR_INVALID_ARGUMENT',
      wording`${setting}: ${JSON.stringify(path)} cannot be read (${code}).`,
      {
        hint: 'Give the path of a file that you may read.',
        cause,
      },
    );
  }
}

function tlsOf(tls: ProfileTls, environment: Environment): NonNullable<CimSessionOptions['tls']> {
  const { ca, cert, key, pfx, passphraseEnv, ...rest } = tls;
  const text = (path: string, name: 'ca' | 'cert' | 'key') =>
    contentOf(path, wording`${{ option: `tls.${name}` }}`).toString('utf8');
  return {
    ...rest,
    ...(ca !== undefined && { ca: text(ca, 'ca') }),
    ...(cert !== undefined && { cert: text(cert, 'cert'), key: text(key ?? cert, key === undefined ? 'cert' : 'key') }),
    ...(pfx !== undefined && { pfx: contentOf(pfx, wording`${{ option: 'tls.pfx' }}`) }),
    ...(passphraseEnv !== undefined && { passphrase: secretOfVariable(passphraseEnv, environment) }),
  };
}

function proxyOf(
  { host, port, credential }: NonNullable<ProfileSettings['proxy']>,
  environment: Environment,
): CimProxy {
  if (credential?.userName === undefined) return { host, port };
  const { userName, domain } = credential;
  const password = passwordOf(credential, environment) ?? '';
  return { host, port, credential: { userName, password, ...(domain !== undefined && { domain }) } };
}
