import type { ProgressEvent } from '../../cmdlet/contract/streams.js';
import type { TextSink } from './command-io.js';

const CLEAR = '\r\u001b[K';
/** How often the line may change, in milliseconds. */
const INTERVAL_MS = 100;
const BAR = 20;

/** One line on a terminal that says how far a call over several targets has come; nothing anywhere else. */
export class ProgressLine {
  readonly #sink: TextSink;
  readonly #now: () => number;
  #shown = false;
  #last = Number.NEGATIVE_INFINITY;

  constructor(sink: TextSink, now: () => number = () => performance.now()) {
    this.#sink = sink;
    this.#now = now;
  }

  /** Shows an event; a call over one target shows none. */
  update(event: ProgressEvent): void {
    if (this.#sink.isTTY !== true || event.total < 2) return;
    const now = this.#now();
    if (now - this.#last < INTERVAL_MS && event.completed < event.total) return;
    this.#last = now;
    this.#shown = true;
    this.#sink.write(`${CLEAR}${progressText(event, this.#sink.columns ?? 80)}`);
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
  const filled = Math.round((BAR * event.percentComplete) / 100);
  const failed = event.failed === 0 ? '' : `, ${event.failed} failed`;
  const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR - filled)}]`;
  return `${event.activity} ${bar} ${event.completed} of ${event.total}${failed}`.slice(0, Math.max(0, columns - 1));
}
