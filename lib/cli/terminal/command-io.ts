import { fitted } from '../views/fitted.js';
import { visibleText } from './visible-text.js';

/** Where text goes: standard output or standard error. */
export interface TextSink {
  write(text: string): boolean;
  once(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  removeListener(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number;
  readonly writable?: boolean;
}

/** How many characters a line of a terminal has; undefined for what is none, or does not say it. */
export function lineWidth({ isTTY, columns = 0 }: Pick<TextSink, 'isTTY' | 'columns'>): number | undefined {
  return isTTY === true && columns > 0 ? columns : undefined;
}

/** Standard input: a stream of bytes or text, and perhaps a terminal. */
export interface TextSource {
  on(event: 'data', listener: (chunk: string | Uint8Array) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  resume(): unknown;
  pause(): unknown;
  setRawMode?(raw: boolean): unknown;
  readonly isTTY?: boolean | undefined;
  readonly readableEnded?: boolean;
}

/** All that the command takes from the process that it runs in, so that it runs in a test as well. */
export interface CommandIo {
  readonly stdin: TextSource;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts on Ctrl-C: what is running stops. Its reason is an {@link Interruption} where the process got a signal. */
  readonly signal: AbortSignal;
  /** Does what Ctrl-C does, for a terminal in raw mode, which sends no signal. */
  readonly interrupt?: () => void;
  /** Stops the process until its user continues it; absent where the system cannot. */
  readonly suspend?: () => void;
  /** Absent where the command is a part of another program. */
  readonly ownProcess?: OwnProcess;
}

/** The process of the command, for one that serves another program for as long as it lives. */
export interface OwnProcess {
  /** The file that was started, links resolved. */
  readonly mainFile: string;
  /** Ctrl-C has no effect from now on. */
  ignoreInterrupts(): void;
  /** What `ps` shows. */
  nameItself(title: string): void;
  parentId(): number;
  /** Ends the process with this code when what is left to do takes too long. */
  endSoon(code: number): void;
}

/** Writes a text, controls made visible, and waits while the reader is slower than we are. Gives false when the reader has gone (a closed pipe). */
export function writeText(sink: TextSink, text: string): Promise<boolean> {
  return writeVisible(sink, visibleText(text));
}

/** The same for sentences, which a terminal gets broken between words. */
export function writeProse(sink: TextSink, text: string): Promise<boolean> {
  return writeVisible(sink, fitted(visibleText(text), lineWidth(sink)).join('\n'));
}

/** The same for a text whose controls are visible already, but for the colours that a Palette gave it. */
export async function writeVisible(sink: TextSink, text: string): Promise<boolean> {
  const isOpen = () => sink.writable !== false;
  if (!isOpen()) return false;
  if (sink.write(text)) return true;
  await new Promise<void>((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error'] as const) sink.removeListener(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error'] as const) sink.once(event, done);
  });
  return isOpen();
}
