import { realpathSync } from 'node:fs';
import type { CommandIo } from '../terminal/command-io.js';
import { Interruption } from '../terminal/interruption.js';

const interruption = new AbortController();

/** The first interruption stops what is running in good order, the second ends the process at once. */
function interrupt(code: number): void {
  if (interruption.signal.aborted) end(code);
  // The cursor stands behind `^C`, or behind a question.
  if (code === INTERRUPTED && process.stderr.isTTY) process.stderr.write('\n');
  interruption.abort(new Interruption(code));
}

/** What shells make of SIGINT. */
const INTERRUPTED = 130;

/**
 * Ends the process now. A shell gives up its loop only where the program in it died of Ctrl-C (it has 130 of it as well); a program that started this
 * one without a terminal gets the exit code.
 */
function end(code: number): void {
  if (code === INTERRUPTED && process.stderr.isTTY && process.platform !== 'win32') {
    process.removeAllListeners('SIGINT');
    process.kill(process.pid, 'SIGINT');
  } else process.exit(code);
}

/** How long connections may take to end when all is done. */
const ENDING_MS = 500;

/** Runs the command on the arguments, streams and signals of this process, and sets its exit code. */
export async function runInProcess(main: (args: readonly string[], io: CommandIo) => Promise<number>): Promise<void> {
  let isInterruptible = true;
  process.on('SIGINT', () => {
    if (isInterruptible) interrupt(INTERRUPTED);
  });
  process.on('SIGTERM', () => interrupt(143));
  // A reader that has gone (`| head`) shows in the stream's state, and ends the command there.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});

  const io: CommandIo = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal: interruption.signal,
    interrupt: () => interrupt(INTERRUPTED),
    ownProcess: {
      mainFile: realpathSync(process.argv[1] ?? ''),
      ignoreInterrupts: () => {
        isInterruptible = false;
      },
      nameItself: (title) => {
        process.title = title;
      },
      parentId: () => process.ppid,
      endSoon: (code) => {
        setTimeout(() => process.exit(code), ENDING_MS).unref();
      },
    },
    ...(process.platform === 'win32' ? {} : { suspend: () => process.kill(process.pid, 'SIGTSTP') }),
  };

  process.exitCode = await main(process.argv.slice(2), io);
  if (process.exitCode === INTERRUPTED && process.stderr.isTTY) end(INTERRUPTED);
}
