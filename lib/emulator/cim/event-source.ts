import type { CimInstance } from '../../cim/instance/cim-instance.js';

/** The events that the providers of a namespace report by themselves. */
export class EventSource {
  readonly #observers = new Set<(event: CimInstance) => void>();
  readonly #begin: (report: (event: CimInstance) => void) => () => void;
  #end: (() => void) | undefined;

  /** `begin` starts a provider that reports, and gives what stops it; it runs while somebody observes. */
  constructor(begin: (report: (event: CimInstance) => void) => () => void = () => () => {}) {
    this.#begin = begin;
  }

  report(event: CimInstance): void {
    for (const observer of [...this.#observers]) observer(event);
  }

  /** Calls `observer` for every event from now on; the returned function ends that. */
  observe(observer: (event: CimInstance) => void): () => void {
    this.#observers.add(observer);
    this.#end ??= this.#begin((event) => this.report(event));
    return () => {
      this.#observers.delete(observer);
      if (this.#observers.size > 0) return;
      this.#end?.();
      this.#end = undefined;
    };
  }
}
