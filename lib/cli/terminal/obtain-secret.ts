import { CimletError } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { UsageError } from '../usage/usage-error.js';
import { type CommandIo, writeText } from './command-io.js';
import type { TerminalInput } from './terminal-input.js';

/** Where a secret comes from that is never taken from the command line. */
export interface SecretSource {
  /** Its options are `--password-env` and `--password-stdin`; a proxy's has the first alone. */
  readonly kind: 'password' | 'secret' | 'proxy-password';
  /** Whose it is, or what for. */
  readonly of: string;
  /** An environment variable. */
  readonly env: string | undefined;
  /** The next line of standard input. */
  readonly stdin: boolean;
  /** What would do in its place, for whoever is told that it is missing. */
  readonly orElse?: string;
}

/** A secret can be had: its option says where from, or there is a terminal to ask on. */
export function canObtain({ env, stdin }: Pick<SecretSource, 'env' | 'stdin'>, io: CommandIo): boolean {
  return env !== undefined || stdin || io.stdin.isTTY === true;
}

/** From the environment, from standard input, or asked for on the terminal. @throws UsageError where it is not to be had. */
export async function obtainSecret(source: SecretSource, io: CommandIo, input: TerminalInput): Promise<Secret> {
  const { kind, of } = source;
  const noun = kind === 'secret' ? 'secret' : 'password';
  if (source.env !== undefined) {
    const value = io.env[source.env];
    if (value !== undefined && value !== '') return new Secret(value);
    throw new UsageError(
      // Whoever gave the secret itself would find it in a log.
      `--${kind}-env: the environment variable ${/^[A-Z_][A-Z0-9_]*$/.test(source.env) ? source.env : 'that it names'} is not set or empty.`,
      `Give the name of a variable, exported before the call, or leave --${kind}-env out to be asked.`,
    );
  }
  if (source.stdin) {
    const line = await input.readLine(io.signal);
    if (line !== undefined && line !== '') return new Secret(line);
    throw new UsageError(`--${kind}-stdin: standard input holds no ${noun}.`, 'Pipe it in as one line.');
  }
  if (io.stdin.isTTY !== true) {
    throw new UsageError(
      `The ${noun} of ${of} is needed, and standard input is not a terminal to ask on.`,
      `Give --${kind}-env VAR${kind === 'proxy-password' ? '' : ` or --${kind}-stdin`}${source.orElse === undefined ? '' : `, or ${source.orElse}`}.`,
    );
  }
  // What is typed ahead must not be shown, so nothing is asked before the terminal is quiet.
  const answer = await input.readSecret(io.signal, io.interrupt, () =>
    writeText(io.stderr, `${noun === 'password' ? 'Password' : 'Secret'} for ${of}: `),
  );
  // Of Ctrl-C the process itself ends the line.
  if (io.signal.aborted) throw new CimletError('ERR_ABORTED', `Nobody gave the ${noun} of ${of}.`);
  await writeText(io.stderr, '\n');
  if (answer === undefined || (answer === '' && noun === 'secret'))
    throw new UsageError(`No ${noun} was given.`, `Run it again, and type the ${noun}.`);
  return new Secret(answer);
}

/** The password of a user that no option gives. @param orTicket a Kerberos ticket would do, too */
export function obtainPassword(user: string, io: CommandIo, input: TerminalInput, orTicket = false): Promise<Secret> {
  const orElse = orTicket ? { orElse: `get a Kerberos ticket first: kinit ${user}` } : {};
  return obtainSecret({ kind: 'password', of: user, env: undefined, stdin: false, ...orElse }, io, input);
}
