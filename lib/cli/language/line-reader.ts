import { UsageError } from '../usage/usage-error.js';

/** A place in a PowerShell line, which the readers of its parts move on. */
export class LineReader {
  readonly line: string;
  at: number;
  readonly #offset: number;

  /** `offset`: where `line` stands in the whole line. */
  constructor(line: string, at = 0, offset = 0) {
    this.line = line;
    this.at = at;
    this.#offset = offset;
  }

  /** The character there, or `ahead` places further on; empty beyond the end. */
  peek(ahead = 0): string {
    return this.line.charAt(this.at + ahead);
  }

  get isAtEnd(): boolean {
    return this.at >= this.line.length;
  }

  /** What the line cannot mean, with the column where it stands. */
  error(message: string, hint: string, at: number = this.at): UsageError {
    return new UsageError(`${message} (at column ${this.#offset + at + 1} of the PowerShell line).`, hint);
  }
}
