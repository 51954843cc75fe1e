import type { Clock } from '../../base/clock.js';
import { invalidArgument } from '../../base/errors.js';

/** How a {@link VirtualClock} starts and moves. */
export interface VirtualClockOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z; default: the followed clock's time, else 2026-01-01T00:00:00Z. */
  readonly startAt?: number | undefined;
  /** A clock that this one runs along with; absent: time stands still between calls of {@link VirtualClock.advance}. */
  readonly follow?: Clock | undefined;
}

interface Timer {
  readonly id: number;
  readonly dueAt: number;
  readonly callback: () => void;
}

const DEFAULT_START = Date.UTC(2026, 0, 1);

/**
 * A clock that a test moves: {@link advance} runs every timer that falls due, in order of time and then of scheduling,
 * including timers that those callbacks schedule.
 */
export class VirtualClock implements Clock {
  readonly #follow: Clock | undefined;
  readonly #timers = new Map<number, Timer>();
  #offset: number;
  #standing: number;
  #nextId = 1;
  #disarm: (() => void) | undefined;

  constructor(options: VirtualClockOptions = {}) {
    this.#follow = options.follow;
    const start = options.startAt ?? options.follow?.now() ?? DEFAULT_START;
    this.#standing = start;
    this.#offset = start - (options.follow?.now() ?? 0);
  }

  now(): number {
    return this.#follow === undefined ? this.#standing : this.#follow.now() + this.#offset;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const id = this.#nextId++;
    this.#timers.set(id, { id, dueAt: this.now() + Math.max(0, delayMs), callback });
    this.#arm();
    return () => {
      if (this.#timers.delete(id)) this.#arm();
    };
  }

  /** Moves time forward by `ms`, running what falls due on the way. */
  advance(ms: number): void {
    if (!(ms >= 0) || !Number.isFinite(ms))
      throw invalidArgument('ms', ms, 'Give a finite number of milliseconds, zero or more.');
    const target = this.now() + ms;
    for (let timer = this.#earliest(); timer !== undefined && timer.dueAt <= target; timer = this.#earliest()) {
      this.#timers.delete(timer.id);
      this.#moveTo(Math.max(timer.dueAt, this.now()));
      timer.callback();
    }
    this.#moveTo(Math.max(target, this.now()));
    this.#arm();
  }

  /** Cancels every timer and lets go of the followed clock. */
  stop(): void {
    this.#timers.clear();
    this.#arm();
  }

  #moveTo(time: number): void {
    if (this.#follow === undefined) this.#standing = time;
    else this.#offset = time - this.#follow.now();
  }

  #earliest(): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (earliest === undefined || timer.dueAt < earliest.dueAt) earliest = timer;
    }
    return earliest;
  }

  /** With a followed clock one real timer stands for the earliest of ours. */
  #arm(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    if (this.#follow === undefined) return;
    const earliest = this.#earliest();
    if (earliest === undefined) return;
    this.#disarm = this.#follow.schedule(Math.max(0, earliest.dueAt - this.now()), () => this.advance(0));
  }
}
