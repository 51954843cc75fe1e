import { isCimletError } from '../../base/errors.js';
import { textIn, wordingOf } from '../../base/wording.js';
import { profilePlaces } from '../../client/profile-options.js';
import type { ProfileSettings } from '../../client/profile-settings.js';
import { type SettledProfile, settleProfile } from '../../client/settled-profile.js';
import { COMMAND } from '../terminal/command-face.js';
import type { CommandIo } from '../terminal/command-io.js';
import { obtainSecret } from '../terminal/obtain-secret.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';

/**
 * What the command line, the environment and the profile say together, in this order. With --emulator the line alone: the lab has its own account
 * and addresses. @throws UsageError
 */
export async function commandProfile(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<SettledProfile> {
  const own = await lineSettings(options, io, input);
  const settled = inCommandsWords(() => settleProfile([own, ...otherPlaces(options, io.env)], io.env));
  if (settled.credential === undefined && own.credential?.password !== undefined)
    throw new UsageError('A password is given without --user.', 'Give --user NAME as well.');
  return settled;
}

/** The computers that cmdlets run on which name none, without a question and without a look at any secret. @throws UsageError */
export function profileComputers(
  options: CommandOptions,
  environment: CommandIo['env'],
): readonly string[] | undefined {
  const places = inCommandsWords(() => otherPlaces(options, environment));
  return places.map(({ computers }) => computers).flatMap((one) => (one === undefined ? [] : [[one].flat()]))[0];
}

function otherPlaces(
  { emulator, noProfile, profile }: CommandOptions,
  environment: CommandIo['env'],
): readonly ProfileSettings[] {
  return emulator || noProfile ? [{}] : profilePlaces(profile, environment);
}

/** What does not fit is the user's line: exit code 2. */
function inCommandsWords<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isCimletError(error)) throw error;
    const { message, hint } = wordingOf(error);
    throw new UsageError(textIn(COMMAND, message), hint && textIn(COMMAND, hint));
  }
}

/** What the command line says itself, the password of its option with it. */
async function lineSettings(options: CommandOptions, io: CommandIo, input: TerminalInput): Promise<ProfileSettings> {
  const { user, passwordEnv: env, passwordStdin: stdin, proxy, proxyPasswordEnv } = options;
  const isGiven = env !== undefined || stdin;
  const password = isGiven
    ? await obtainSecret({ kind: 'password', of: user ?? 'the user', env, stdin }, io, input)
    : undefined;
  const proxyUser = proxyPasswordEnv === undefined ? proxy?.credential?.userName : undefined;
  const proxyPassword =
    proxyUser === undefined
      ? undefined
      : await obtainSecret(
          { kind: 'proxy-password', of: `${proxyUser} at the proxy`, env: undefined, stdin: false },
          io,
          input,
        );
  const { ca, cert, key, pin, delegate, keytab, ticketCache, spnHost, spnService } = options;
  return {
    ...defined({
      authentication: options.auth,
      port: options.port,
      trustedHosts: options.trustedHosts,
      operationTimeoutMs: options.timeoutSeconds === undefined ? undefined : options.timeoutSeconds * 1000,
      useSsl: options.useSsl || undefined,
      skipCACheck: options.skipCaCheck || undefined,
      skipCNCheck: options.skipCnCheck || undefined,
      allowUnencrypted: options.allowUnencrypted || undefined,
      allowNtlm: options.noNtlm ? false : undefined,
      credential: group({ userName: user, password }),
      kerberos: group({ delegate: delegate || undefined, keytab, ticketCache, spnHost, spnService }),
      credSsp: options.credSspNtlmOnly ? { allowNtlmOnly: true } : undefined,
      tls: group({ ca, cert, key, fingerprint256: pin }),
      proxy: proxy && {
        ...proxy,
        ...(proxyPasswordEnv !== undefined && {
          credential: { ...proxy.credential, passwordEnv: proxyPasswordEnv },
        }),
        ...(proxyPassword !== undefined && { credential: { ...proxy.credential, password: proxyPassword } }),
      },
    }),
    connectTo: options.connectTo,
  };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** Undefined when none of them is given. */
function group<T extends object>(values: T): Defined<T> | undefined {
  const given = defined(values);
  return Object.keys(given).length === 0 ? undefined : given;
}
