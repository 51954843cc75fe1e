import { PassThrough } from 'node:stream';
import { type MainOverrides, main } from '../../lib/cli/main.js';
import type { CommandIo } from '../../lib/cli/terminal/command-io.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The lab of --emulator, as the command left it. */
  readonly lab: Lab;
}

export interface HarnessOptions extends MainOverrides {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input is a terminal whose user answers these lines, one for each question. */
  readonly answers?: readonly string[];
  /** Standard input is a pipe that holds this text. */
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  readonly onStdout?: (text: string) => void;
  /** Standard output and standard error are a terminal that is so wide. */
  readonly columns?: number;
}

/** Runs the command in this process, with streams of the test. Without `answers` standard input is not a terminal. */
export async function runCommand(argv: readonly string[], options: HarnessOptions = {}): Promise<CommandRun> {
  const lab = (options.createLab ?? createLab)();
  const answers = [...(options.answers ?? [])];
  const stdin = Object.assign(new PassThrough(), { isTTY: options.answers !== undefined, setRawMode: () => undefined });
  if (options.answers === undefined) stdin.end(options.stdin ?? '');
  const { columns } = options;
  const sink = () => Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns });
  const [stdout, stderr] = [sink(), sink()];
  const texts = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => {
    texts.stdout += chunk.toString();
    options.onStdout?.(texts.stdout);
  });
  stderr.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString();
    if (/: $/.test(chunk.toString())) {
      const answer = answers.shift();
      if (answer === undefined) stdin.end();
      else stdin.write(`${answer}\n`);
    }
  });
  const io: CommandIo = {
    stdin,
    stdout,
    stderr,
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await main(argv, io, { createLab: () => lab, ...(options.fleet && { fleet: options.fleet }) });
  // An object that was put into a text: no command prints that.
  if (/\[object \w+\]/.test(texts.stdout + texts.stderr)) throw new Error(`An object in the text:\n${texts.stdout}`);
  return { code, ...texts, lab };
}
