import { UsageError } from '../usage/usage-error.js';

/** A place in a PowerShell line, which the readers of its parts move on. */
export class LineReader {
  readonly line: string;
  at: number;
  /** What stands here may be a secret, so that no error shows it. */
  isSecret = false;

  constructor(line: string, at = 0) {
    this.line = line;
    this.at = at;
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
    return new UsageError(`${message} (at column ${at + 1} of the PowerShell line).`, hint);
  }
}
