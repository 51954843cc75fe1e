import { StringDecoder } from 'node:string_decoder';
import type { TextSource } from './command-io.js';

const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const BACKSPACES = new Set(['\u0008', '\u007f']);

/** Reads lines from standard input, one question at a time. It listens only while a line is awaited, so it never keeps the process alive. */
export class TerminalInput {
  readonly #source: TextSource;
  #decoder: StringDecoder | undefined;
  /** A byte that alone does not tell yet which encoding begins. */
  #first = Buffer.alloc(0);
  #buffered = '';
  #ended = false;

  constructor(source: TextSource) {
    this.#source = source;
  }

  /** The next line without its end; undefined when there is none any more, or when `signal` aborts. */
  readLine(signal?: AbortSignal): Promise<string | undefined> {
    return this.#read(signal, (text) => {
      const end = text.search(/\r\n|\n|\r(?!$)/);
      if (end < 0) return undefined;
      const length = text.startsWith('\r\n', end) ? 2 : 1;
      return { line: text.slice(0, end), rest: text.slice(end + length) };
    });
  }

  /**
   * A line that the terminal does not show. Backspace and Ctrl-U edit it; undefined on Ctrl-C, which `interrupt` is told of, Ctrl-D, the end of the
   * input, or when `signal` aborts. `ask` is called when the terminal shows nothing any more.
   */
  async readSecret(
    signal?: AbortSignal,
    interrupt?: () => void,
    ask?: () => Promise<unknown>,
  ): Promise<string | undefined> {
    this.#source.setRawMode?.(true);
    try {
      await ask?.();
      let line = '';
      for (;;) {
        const c = await this.#read(signal, (text) => {
          const [first] = text;
          return first === undefined ? undefined : { line: first, rest: text.slice(first.length) };
        });
        if (c === INTERRUPT) interrupt?.();
        if (c === undefined || c === INTERRUPT || (c === END_OF_INPUT && line === '')) return undefined;
        if (c === '\r' || c === '\n') return line;
        if (BACKSPACES.has(c)) line = [...line].slice(0, -1).join('');
        else if (c === '\u0015') line = '';
        else if (c >= ' ') line += c;
      }
    } finally {
      this.#source.setRawMode?.(false);
    }
  }

  /** UTF-8, or UTF-16 as Windows PowerShell's `>` writes it, by the mark at its beginning, which is no part of the first line. */
  #decoded(chunk: Buffer): string {
    if (this.#decoder !== undefined) return this.#decoder.write(chunk);
    const bytes = Buffer.concat([this.#first, chunk]);
    if (bytes.length === 1 && bytes[0] === 0xff) {
      this.#first = bytes;
      return '';
    }
    this.#decoder = new StringDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8');
    return this.#decoder.write(bytes).replace(/^\uFEFF/, '');
  }

  #read(
    signal: AbortSignal | undefined,
    take: (text: string) => { line: string; rest: string } | undefined,
  ): Promise<string | undefined> {
    return new Promise((resolve) => {
      const source = this.#source;
      const finish = (line: string | undefined) => {
        source.removeListener('data', onData);
        for (const event of ['end', 'close', 'error']) source.removeListener(event, onEnd);
        signal?.removeEventListener('abort', onAbort);
        source.pause();
        resolve(line);
      };
      const tryTake = (): boolean => {
        const taken = take(this.#buffered);
        if (taken === undefined) return false;
        this.#buffered = taken.rest;
        finish(taken.line);
        return true;
      };
      const onData = (chunk: string | Uint8Array) => {
        this.#buffered += typeof chunk === 'string' ? chunk : this.#decoded(Buffer.from(chunk));
        tryTake();
      };
      const onEnd = () => {
        this.#ended = true;
        const last = this.#buffered;
        this.#buffered = '';
        finish(last === '' ? undefined : last.replace(/\r$/, ''));
      };
      const onAbort = () => finish(undefined);
      if (signal?.aborted) return finish(undefined);
      if (tryTake()) return;
      if (this.#ended || source.readableEnded) return onEnd();
      signal?.addEventListener('abort', onAbort, { once: true });
      source.on('data', onData);
      for (const event of ['end', 'close', 'error'] as const) source.on(event, onEnd);
      source.resume();
    });
  }
}
