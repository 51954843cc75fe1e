import { ADDRCONFIG, type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { type Clock, systemClock } from '../../base/clock.js';
import type { Deadline } from '../../base/deadline.js';

/** Milliseconds after which the next address is tried beside those before it: the Connection Attempt Delay of RFC 8305 section 8. */
const ATTEMPT_DELAY_MS = 250;

export interface AttemptsOptions {
  /** Name or address; an IPv6 address may have a zone. */
  readonly host: string;
  /** Replaces the system's name resolution. */
  readonly lookup: LookupFunction | undefined;
  /** Begins to connect to one address of the host. */
  readonly dial: (address: string) => Socket;
  readonly deadline: Deadline;
  /** For the delay. Default: the machine's. */
  readonly clock?: Clock;
}

/** No address of the host could be reached; `code` is that of the failure which tells most. */
export class AttemptsFailedError extends AggregateError {
  readonly code: string;
  /** `10.0.0.1 (ECONNREFUSED), ::1 (ENETUNREACH)` */
  readonly attempts: string;

  constructor(failures: ReadonlyMap<string, Error>) {
    const attempts = [...failures].map(([address, error]) => `${address} (${codeOf(error)})`).join(', ');
    super([...failures.values()], attempts);
    this.attempts = attempts;
    this.code = mostTelling([...failures.values()].map(codeOf));
  }
}

/**
 * A connection to the first address of a host that answers (RFC 8305). While one attempt is under way the next begins after a delay, and at
 * once when one failed; none is given up while another is tried. Rejects with the resolver's error, with the error of the only address,
 * with {@link AttemptsFailedError}, or, when the deadline is done, with its reason. Every socket but the winner is closed.
 */
export async function firstToConnect(options: AttemptsOptions): Promise<Socket> {
  const { host, lookup, deadline } = options;
  const addresses = isIP(host) === 0 ? await deadline.race(resolveAddresses(host, lookup)) : [host];
  return new Promise((resolve, reject) => new Attempts(addresses, options, resolve, reject).start());
}

class Attempts {
  readonly #waiting: string[];
  readonly #open = new Set<Socket>();
  readonly #failures = new Map<string, Error>();
  readonly #options: AttemptsOptions;
  readonly #clock: Clock;
  readonly #resolve: (socket: Socket) => void;
  readonly #reject: (error: Error) => void;
  #cancelNext: (() => void) | undefined;
  #leaveDeadline: (() => void) | undefined;
  #over = false;

  constructor(
    addresses: readonly string[],
    options: AttemptsOptions,
    resolve: (socket: Socket) => void,
    reject: (error: Error) => void,
  ) {
    this.#waiting = [...addresses];
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(): void {
    this.#leaveDeadline = this.#options.deadline.onDone((reason) => this.#finish(undefined, reason));
    this.#next();
  }

  #next(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
    const address = this.#over ? undefined : this.#waiting.shift();
    if (address === undefined) return;
    const socket = this.#options.dial(address);
    this.#open.add(socket);
    // Stays on for the socket's life: an error without a listener would end the process.
    socket.on('error', (error) => this.#failed(socket, address, error));
    socket.once('close', () => this.#failed(socket, address, closed()));
    socket.once('connect', () => this.#finish(socket));
    if (this.#waiting.length > 0) this.#cancelNext = this.#clock.schedule(ATTEMPT_DELAY_MS, () => this.#next());
  }

  #failed(socket: Socket, address: string, error: Error): void {
    if (!this.#open.delete(socket) || this.#over) return;
    this.#failures.set(address, error);
    if (this.#waiting.length > 0) this.#next();
    else if (this.#open.size === 0) {
      this.#finish(undefined, this.#failures.size === 1 ? error : new AttemptsFailedError(this.#failures));
    }
  }

  #finish(winner: Socket | undefined, error?: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancelNext?.();
    this.#leaveDeadline?.();
    for (const socket of this.#open) if (socket !== winner) socket.destroy();
    this.#open.clear();
    if (winner !== undefined) this.#resolve(winner);
    else this.#reject(error ?? closed());
  }
}

/** The addresses of a name, in the resolver's order but with the families in turns (RFC 8305 section 4). */
async function resolveAddresses(host: string, lookup: LookupFunction | undefined): Promise<string[]> {
  const found = await new Promise<readonly LookupAddress[]>((resolve, reject) => {
    const done = (error: Error | null, addresses: string | readonly LookupAddress[], family?: number) => {
      if (error !== null && error !== undefined) reject(error);
      else
        resolve(
          typeof addresses === 'string' ? [{ address: addresses, family: family ?? isIP(addresses) }] : addresses,
        );
    };
    // As net.connect asks: no family that this machine has no address of.
    const hints = process.platform === 'win32' ? 0 : ADDRCONFIG;
    if (lookup === undefined) systemLookup(host, { all: true, hints }, done);
    else lookup(host, { all: true, hints }, done);
  });
  const addresses = inTurns([...new Map(found.map((entry) => [entry.address, entry])).values()]);
  if (addresses.length > 0) return addresses;
  throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
}

function inTurns(addresses: readonly LookupAddress[]): string[] {
  const family = addresses[0]?.family;
  const first = addresses.filter((entry) => entry.family === family);
  const others = addresses.filter((entry) => entry.family !== family);
  const inOrder: string[] = [];
  for (let index = 0; index < Math.max(first.length, others.length); index++) {
    for (const entry of [first[index], others[index]]) if (entry !== undefined) inOrder.push(entry.address);
  }
  return inOrder;
}

/** That somebody refuses or does not answer says more than that this machine has no way there. */
function mostTelling(codes: readonly string[]): string {
  return ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET'].find((code) => codes.includes(code)) ?? codes[0] ?? '';
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : error.message;
}

function closed(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}
