import type { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import type { ProgressEvent, StreamListeners } from '../../cmdlet/contract/streams.js';
import type { CommandIo } from './command-io.js';
import { ProgressLine } from './progress.js';
import { errorReport } from './report-error.js';
import { visibleText } from './visible-text.js';

/** Prints PowerShell's streams to standard error, and keeps the progress line out of their way. */
export class MessagePrinter {
  readonly #io: CommandIo;
  readonly #json: boolean;
  readonly #progress: ProgressLine;
  #failed = false;

  constructor(io: CommandIo, json: boolean) {
    this.#io = io;
    this.#json = json;
    this.#progress = new ProgressLine(io.stderr);
  }

  /** An error record has been printed. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The listeners for one cmdlet. */
  listeners(cmdlet: string): StreamListeners {
    return {
      onError: (record: ErrorRecord) => this.error(record, cmdlet),
      onWarning: ({ text }) => this.line(`WARNING: ${text}`),
      onVerbose: ({ text }) => this.line(`VERBOSE: ${text}`),
      onDebug: ({ text }) => this.line(`DEBUG: ${text}`),
      onWhatIf: ({ text }) => this.line(text),
      onProgress: (event) => this.#progress.update(event),
    };
  }

  error(error: unknown, cmdlet: string | undefined): void {
    this.#failed = true;
    for (const line of errorReport(error, cmdlet, this.#json)) this.line(line);
  }

  line(text: string): void {
    this.#progress.clear();
    this.#io.stderr.write(visibleText(`${text}\n`));
  }

  /** How a call over several targets ended, when some of them failed. With --json the records alone say it. */
  summary({ activity, completed, failed, total }: ProgressEvent): void {
    if (this.#json || failed === 0 || total < 2) return;
    const untried = total - completed;
    const parts = [`${completed - failed} of ${total} targets succeeded`, `${failed} failed`];
    if (untried > 0) parts.push(`${untried} were not tried`);
    this.line(`${activity}: ${parts.join(', ')}.`);
  }

  /** Before anything else is printed on the terminal. */
  clearProgress(): void {
    this.#progress.clear();
  }
}
