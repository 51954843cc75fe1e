import { PassThrough } from 'node:stream';
import type { CommandIo } from '../../lib/cli/terminal/command-io.js';

/** Streams of a test, with an empty standard input that is no terminal. */
export function commandIo({ env = {} }: { readonly env?: Readonly<Record<string, string>> } = {}): {
  readonly io: CommandIo;
} {
  const stdin = new PassThrough();
  stdin.end();
  const io: CommandIo = {
    stdin,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env,
    signal: new AbortController().signal,
  };
  return { io };
}
