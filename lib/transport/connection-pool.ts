import type { Clock } from '../base/clock.js';
import type { Deadline } from '../base/deadline.js';
import type { CimletError } from '../base/errors.js';
import { Connection, type ConnectionSettings } from './connection.js';

export interface ConnectionPoolOptions {
  readonly connection: ConnectionSettings;
  readonly maxConnections: number;
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
}

export interface AcquireOptions {
  /** Only a connection that was never used: the idle ones may all have died together. */
  readonly fresh?: boolean;
  /** Do not wait, go past the limit. */
  readonly outOfBand?: boolean;
}

interface Waiter {
  readonly fresh: boolean;
  readonly give: (connection: Connection) => void;
  readonly fail: (error: Error) => void;
}

/**
 * The connections of one transport. Each is held by one caller at a time. The one used last is handed out first, so that the others can
 * fall idle and go; callers that have to wait are served in the order they came. A refused logon is the answer to all who wait.
 */
export class ConnectionPool {
  readonly #options: ConnectionPoolOptions;
  readonly #all = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiters = new Set<Waiter>();
  #cancelSweep: (() => void) | undefined;
  #closeReason: (() => CimletError) | undefined;
  #serving = false;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
  }

  /** An idle connection, or a new one that has still to be opened; a promise of the first that falls free when there is neither. */
  acquire(
    deadline: Deadline,
    { fresh = false, outOfBand = false }: AcquireOptions = {},
  ): Connection | Promise<Connection> {
    if (this.#closeReason !== undefined) throw this.#closeReason();
    deadline.throwIfDone();
    if (this.#waiters.size === 0 || outOfBand) {
      const connection = this.#tryAcquire(fresh, outOfBand);
      if (connection !== undefined) return connection;
    }
    return this.#wait(deadline, fresh);
  }

  /** Closes every connection; what is in flight, who waits and who comes later fails with what `reason` gives, which is asked only then. */
  close(reason: () => CimletError): void {
    if (this.#closeReason !== undefined) return;
    this.#closeReason = reason;
    this.#cancelSweep?.();
    for (const waiter of this.#waiters) waiter.fail(reason());
    this.#waiters.clear();
    for (const connection of [...this.#all]) connection.destroy(connection.busy ? reason() : undefined);
  }

  #tryAcquire(fresh: boolean, outOfBand: boolean): Connection | undefined {
    if (!fresh) {
      for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
        if (connection.usable) return connection;
        connection.destroy();
      }
    }
    if (this.#all.size >= this.#options.maxConnections && fresh) this.#idle.shift()?.destroy();
    return this.#all.size < this.#options.maxConnections || outOfBand ? this.#create() : undefined;
  }

  #create(): Connection {
    const connection = new Connection(this.#options.connection, {
      onIdle: (idle) => this.#release(idle),
      onClosed: (closed) => this.#forget(closed),
    });
    this.#all.add(connection);
    return connection;
  }

  #wait(deadline: Deadline, fresh: boolean): Promise<Connection> {
    return new Promise((resolve, reject) => {
      let takeBack = () => {};
      const leave = () => {
        this.#waiters.delete(waiter);
        takeBack();
      };
      const waiter: Waiter = {
        fresh,
        give: (connection) => {
          leave();
          resolve(connection);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      this.#waiters.add(waiter);
      takeBack = deadline.onDone((reason) => waiter.fail(reason));
    });
  }

  #release(connection: Connection): void {
    connection.idleSince = this.#options.clock.now();
    this.#idle.push(connection);
    this.#serve();
    if (this.#idle.length > 0) this.#scheduleSweep();
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    if (this.#closeReason !== undefined) return;
    const { refusal } = connection;
    if (refusal === undefined) this.#serve();
    // They would log on with what was just refused, one after the other, until the account is locked.
    else for (const waiter of this.#waiters) waiter.fail(refusal);
  }

  #serve(): void {
    // Making room closes connections, which comes back here: one round at a time, or a waiter is given two.
    if (this.#serving) return;
    this.#serving = true;
    for (const waiter of this.#waiters) {
      const connection = this.#tryAcquire(waiter.fresh, false);
      if (connection === undefined) break;
      waiter.give(connection);
    }
    this.#serving = false;
  }

  #scheduleSweep(): void {
    const [oldest] = this.#idle;
    if (oldest === undefined || this.#cancelSweep !== undefined) return;
    const { clock, idleTimeoutMs } = this.#options;
    this.#cancelSweep = clock.schedule(oldest.idleSince + idleTimeoutMs - clock.now(), () => {
      this.#cancelSweep = undefined;
      const limit = clock.now() - idleTimeoutMs;
      for (const connection of this.#idle.filter(({ idleSince }) => idleSince <= limit)) connection.destroy();
      this.#scheduleSweep();
    });
  }
}
