import type { ProgressEvent } from '../../cmdlet/contract/streams.js';
import type { TextSink } from './command-io.js';
import { visibleText } from './visible-text.js';

const CLEAR = '\r\u001b[K';
/** How often the line may change, in milliseconds. */
const INTERVAL_MS = 100;
const BAR = 20;

/** One line on a terminal that says how far a call over several targets, or a server's work on one, has come; nothing anywhere else. */
export class ProgressLine {
  readonly #sink: TextSink;
  readonly #now: () => number;
  #shown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(sink: TextSink, now: () => number = () => performance.now()) {
    this.#sink = sink;
    this.#now = now;
  }

  /** Shows an event; a call over one target shows what its server tells of its work. */
  update(event: ProgressEvent): void {
    const { operation, total, completed } = event;
    if (this.#sink.isTTY !== true || (total < 2 && operation === undefined)) return;
    const now = this.#now();
    const isLast = operation === undefined ? completed >= total : operation.percentComplete === 100;
    if (now - this.#last < INTERVAL_MS && !isLast) return;
    this.#last = now;
    this.#shown = true;
    // 0 is a terminal that does not say how wide it is.
    this.#sink.write(`${CLEAR}${progressText(event, this.#sink.columns || 80)}`);
  }

  /** Takes the line away, before other text is printed. */
  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#sink.write(CLEAR);
  }
}

/** `Get-DhcpServerv4Failover [#####               ] 50 of 200, 3 failed`, no longer than the terminal is wide. */
function progressText(event: ProgressEvent, columns: number): string {
  const { activity, completed, failed, total, operation } = event;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  const text =
    total < 2 && operation !== undefined
      ? operationText(activity, operation)
      : `${activity} ${bar(event.percentComplete)} ${completed} of ${total}${failures}`;
  // A server's words may hold what moves the cursor.
  return visibleText(text.replace(/[\r\n\t]/g, ' ')).slice(0, Math.max(0, columns - 1));
}

/** `Replicating scopes [##########          ] 50 % 10.20.20.0, 12 s left`. */
function operationText(activity: string, operation: NonNullable<ProgressEvent['operation']>): string {
  const { percentComplete, statusDescription, currentOperation, secondsRemaining } = operation;
  const done = percentComplete === undefined ? '' : ` ${bar(percentComplete)} ${percentComplete} %`;
  const doing = currentOperation === '' ? statusDescription : currentOperation;
  const left = secondsRemaining === undefined ? '' : `, ${secondsRemaining} s left`;
  return `${activity}${done}${doing === '' ? '' : ` ${doing}`}${left}`;
}

function bar(percentComplete: number): string {
  const filled = Math.min(BAR, Math.max(0, Math.round((BAR * percentComplete) / 100)));
  return `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}]`;
}
