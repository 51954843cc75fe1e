import type { ReadProgress } from '../../../pairs/index.js';
import type { TextSink } from '../../terminal/command-io.js';
import { ProgressLine } from '../../terminal/progress.js';

/** How far reading has come, as one line on a terminal; the servers of a pair together. */
export class ReadingLine {
  readonly #line: ProgressLine;
  readonly #servers = new Map<string, ReadProgress>();

  constructor(sink: TextSink) {
    this.#line = new ProgressLine(sink);
  }

  update(progress: ReadProgress): void {
    this.#servers.set(progress.server, progress);
    const all = [...this.#servers.values()];
    const sum = (count: (one: ReadProgress) => number) => all.reduce((total, one) => total + count(one), 0);
    this.show(
      'Reading',
      sum(({ done }) => done),
      sum(({ total }) => total),
      sum(({ failed }) => failed),
    );
  }

  show(activity: string, completed: number, total: number, failed: number): void {
    const percentComplete = total === 0 ? 0 : Math.min(100, Math.floor((100 * completed) / total));
    this.#line.update({ activity, completed, total, failed, percentComplete, computerName: '' });
  }

  clear(): void {
    this.#line.clear();
  }
}
