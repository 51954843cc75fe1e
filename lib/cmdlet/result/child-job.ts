import { randomUUID } from 'node:crypto';
import type { ErrorRecord } from '../contract/error-record.js';

/** PowerShell's JobState, as far as a CIM job goes through it. */
export type JobState = 'NotStarted' | 'Running' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped';

/** Takes out what a job has gathered. */
export interface ReceiveOptions {
  /** Leave it in the job, so that it can be received again. */
  readonly keep?: boolean | undefined;
}

let lastId = 0;
let lastChildNumber = 0;

/** The next id; parents and children count together, as in PowerShell. */
export function nextJobId(): number {
  lastId += 1;
  return lastId;
}

/** One target of a {@link CimJob}: a session, and what it gave. */
export class CimChildJob<T> {
  readonly id: number = nextJobId();
  readonly instanceId: string = randomUUID();
  readonly name: string;
  readonly psJobTypeName = 'CimJob';
  /** The computer that it runs against. */
  readonly location: string;
  readonly errors: ErrorRecord[] = [];
  #state: JobState = 'NotStarted';
  #output: T[] = [];

  constructor(location: string) {
    lastChildNumber += 1;
    this.name = `StaticMethodInvocationJob${lastChildNumber}`;
    this.location = location;
  }

  get state(): JobState {
    return this.#state;
  }

  /** The state, as PowerShell's CIM jobs have it. */
  get statusMessage(): string {
    return this.#state;
  }

  /** Why it failed: what its last record of an error was made from. Undefined for a job that did not. */
  get reason(): Error | undefined {
    return this.#state === 'Failed' ? this.errors.at(-1)?.exception : undefined;
  }

  /** There is output, or there may be. */
  get hasMoreData(): boolean {
    return this.#output.length > 0 || !isFinished(this.#state);
  }

  /** The output since it was last received. */
  receive(options: ReceiveOptions = {}): T[] {
    const output = this.#output;
    if (options.keep === true) return [...output];
    this.#output = [];
    return output;
  }

  /** @internal */
  add(item: T): void {
    this.#output.push(item);
  }

  /** @internal */
  enter(state: JobState): void {
    if (!isFinished(this.#state)) this.#state = state;
  }
}

export function isFinished(state: JobState): boolean {
  return state === 'Completed' || state === 'Failed' || state === 'Stopped';
}
