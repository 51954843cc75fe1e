import type { FleetStatus } from '../../../fleet/index.js';
import type { TextSink } from '../../terminal/command-io.js';
import { visibleText } from '../../terminal/visible-text.js';
import { numberText } from './fleet-tools.js';

const CLEAR = '\r\u001b[K';
/** The speed is that of the last seconds. */
const SPAN_MS = 10_000;

/** How far a run has come, as one line on a terminal; nothing anywhere else. */
export class FleetProgressLine {
  readonly #sink: TextSink;
  readonly #now: () => number;
  #seen: { readonly at: number; readonly settled: number }[] = [];
  #shown = false;

  constructor(sink: TextSink, now: () => number = () => performance.now()) {
    this.#sink = sink;
    this.#now = now;
  }

  update(status: FleetStatus): void {
    if (this.#sink.isTTY !== true) return;
    const at = this.#now();
    this.#seen = [...this.#seen.filter((one) => at - one.at <= SPAN_MS), { at, settled: status.settled }];
    this.#shown = true;
    const text = visibleText(progressText(status, this.#perSecond()));
    this.#sink.write(`${CLEAR}${text.slice(0, Math.max(0, (this.#sink.columns || 80) - 1))}`);
  }

  /** Takes the line away, before other text is printed. */
  clear(): void {
    if (this.#shown) this.#sink.write(CLEAR);
    this.#shown = false;
  }

  #perSecond(): number {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return (1000 * (last.settled - first.settled)) / (last.at - first.at);
  }
}

/** `1,204 of 5,000 · 3 failed · stage 2 of 3 · 412/s · 2 workers · about 9 s`. */
function progressText(status: FleetStatus, perSecond: number): string {
  const { total, settled, failed, unknown, stage, stages, workers, state } = status;
  const left = perSecond > 0 ? Math.ceil((total - settled) / perSecond) : undefined;
  const parts = [
    `${numberText(settled)} of ${numberText(total)}`,
    ...(failed > 0 ? [`${numberText(failed)} failed`] : []),
    ...(unknown > 0 ? [`${numberText(unknown)} unknown`] : []),
    ...(state === 'queued' ? ['waiting for a worker'] : []),
    ...(stages > 1 && stage > 0 ? [`stage ${stage} of ${stages}`] : []),
    ...(perSecond >= 1 ? [`${numberText(perSecond)}/s`] : []),
    `${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    ...(left !== undefined && left > 0 && perSecond >= 1 ? [`about ${timeText(left)}`] : []),
  ];
  return parts.join(' · ');
}

export function timeText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
