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

  /** Steps over what a sticky pattern finds there, and gives it; empty where it finds nothing. */
  match(pattern: RegExp): string {
    const [found = ''] = this.find(pattern);
    this.at += found.length;
    return found;
  }

  /** What a sticky pattern finds there, with its groups; nothing where it does not fit. */
  find(pattern: RegExp): readonly (string | undefined)[] {
    pattern.lastIndex = this.at;
    return pattern.exec(this.line) ?? [];
  }

  fits(pattern: RegExp): boolean {
    return this.find(pattern).length > 0;
  }

  get isAtEnd(): boolean {
    return this.at >= this.line.length;
  }

  /** What the line cannot mean, with the column where it stands. */
  error(message: string, hint: string, at: number = this.at): UsageError {
    return new UsageError(`${message} (at column ${at + 1} of the PowerShell line).`, hint);
  }
}
