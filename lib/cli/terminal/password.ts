import { Secret } from '../../base/secret.js';
import type { CommandOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { type CommandIo, writeText } from './command-io.js';
import type { TerminalInput } from './terminal-input.js';

/** The password of --user: from the environment, from standard input, or asked for on the terminal. Never from the command line. */
export async function obtainPassword(options: CommandOptions, io: CommandIo, input: TerminalInput): Promise<Secret> {
  if (options.passwordEnv !== undefined) {
    const value = io.env[options.passwordEnv];
    if (value !== undefined && value !== '') return new Secret(value);
    throw new UsageError(
      // Whoever gave the password itself would find it in a log.
      `--password-env: the environment variable ${/^[A-Z_][A-Z0-9_]*$/.test(options.passwordEnv) ? options.passwordEnv : 'that it names'} is not set or empty.`,
      'Give the name of a variable, exported before the call, or leave --password-env out to be asked.',
    );
  }
  if (options.passwordStdin) {
    const line = await input.readLine(io.signal);
    if (line !== undefined && line !== '') return new Secret(line);
    throw new UsageError('--password-stdin: standard input holds no password.', 'Pipe it in as one line.');
  }
  if (io.stdin.isTTY !== true) {
    throw new UsageError(
      `The password of ${options.user ?? ''} is needed, and standard input is not a terminal to ask on.`,
      'Give --password-env VAR or --password-stdin.',
    );
  }
  await writeText(io.stderr, `Password for ${options.user ?? ''}: `);
  const answer = await input.readSecret(io.signal);
  await writeText(io.stderr, '\n');
  if (answer === undefined) throw new UsageError('No password was given.', 'Run it again, and type the password.');
  return new Secret(answer);
}
