import { isCimletError } from '../../base/errors.js';
import { ErrorRecord } from '../../cmdlet/contract/error-record.js';
import type { ProgressEvent, StreamListeners } from '../../cmdlet/contract/streams.js';
import type { ColorMode } from '../usage/option-values.js';
import { fitted } from '../views/fitted.js';
import { type CommandIo, lineWidth } from './command-io.js';
import { Palette, type Style } from './palette.js';
import { ProgressLine } from './progress.js';
import { visibleText } from './visible-text.js';

/** Prints PowerShell's streams to standard error, and keeps the progress line out of their way. */
export class MessagePrinter {
  readonly #io: CommandIo;
  readonly #json: boolean;
  readonly #palette: Palette;
  readonly #progress: ProgressLine;
  #failed = false;
  /** Where the statement stands whose messages are printed, in a file of lines. */
  place: string | undefined;

  constructor(io: CommandIo, { json, color }: { readonly json: boolean; readonly color?: ColorMode }) {
    this.#io = io;
    this.#json = json;
    this.#palette = new Palette(io.stderr, io.env, color);
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
      onWarning: ({ text }) => this.warning(text),
      onVerbose: ({ text }) => this.verbose(text),
      onDebug: ({ text }) => this.line(`DEBUG: ${text}`, 'debug'),
      onWhatIf: ({ text }) => this.line(text),
      onProgress: (event) => this.#progress.update(event),
    };
  }

  /** What is only the end of what was interrupted has been said by {@link interrupted}. */
  error(error: unknown, cmdlet: string | undefined): void {
    this.#failed = true;
    if (this.#io.signal.aborted && isAbort(error)) return;
    for (const line of reports().errorReport(error, cmdlet, this.#json, this.place))
      this.line(line, this.#json ? undefined : 'error');
  }

  warning(text: string): void {
    this.line(`WARNING: ${text}`, 'warning');
  }

  verbose(text: string): void {
    this.line(`VERBOSE: ${text}`, 'verbose');
  }

  /** Ctrl-C has been heard. */
  interrupted(): void {
    const message = 'Interrupted: what the servers are doing is cancelled. Press Ctrl-C again to end at once.';
    this.line(this.#json ? JSON.stringify({ message, code: 'ERR_ABORTED' }) : `cimlet: ${message}`);
  }

  line(text: string, style?: Style): void {
    this.#progress.clear();
    const { stderr } = this.#io;
    const visible = visibleText(text);
    for (const line of this.#json ? [visible] : fitted(visible, lineWidth(stderr)))
      stderr.write(`${style === undefined ? line : this.#palette.text(line, style)}\n`);
  }

  /** How a call over several targets ended, when some of them failed. With --json the records alone say it. */
  summary({ activity, completed, failed, total }: ProgressEvent): void {
    if (this.#json || failed === 0 || total < 2 || this.#io.signal.aborted) return;
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

/** Loaded when something fails. */
const reports = () => require('./report-error.js') as typeof import('./report-error.js');

function isAbort(error: unknown): boolean {
  if (error instanceof ErrorRecord) return isAbort(error.exception);
  return isCimletError(error) && error.code === 'ERR_ABORTED';
}
