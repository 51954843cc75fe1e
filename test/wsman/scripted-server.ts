import { Deadline, type DeadlineOptions } from '../../lib/base/deadline.js';
import { CimletError } from '../../lib/base/errors.js';
import type { Transport, TransportReply, TransportRequest } from '../../lib/transport/transport.js';
import { type RequestEnvelope, readRequestEnvelope } from '../../lib/wsman/service/read-request.js';
import type { SoapFault } from '../../lib/wsman/service/soap-fault.js';
import { writeFaultEnvelope } from '../../lib/wsman/service/write-fault.js';
import { type ResponseContent, writeResponseEnvelope } from '../../lib/wsman/service/write-response.js';

/** A request as the server read it. */
export interface SeenRequest extends RequestEnvelope {
  readonly text: string;
  readonly transport: TransportRequest;
}

export interface ScriptedReply {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string | readonly (string | Uint8Array)[] | AsyncIterable<Uint8Array>;
}

/** Answers each request by a script, in memory; whatever a deadline ends, ends here too. */
export class ScriptedServer implements Transport {
  readonly url = 'http://localhost:5985/wsman';
  readonly host = 'localhost';
  readonly requests: SeenRequest[] = [];
  /** Bodies that the client left before their end. */
  abandoned = 0;
  /** Requests that were under way at the same time, the messages about operations apart. */
  mostAtOnce = 0;
  #under = 0;
  readonly #script: (request: SeenRequest, index: number) => ScriptedReply | Promise<ScriptedReply>;
  readonly #waiters: (() => void)[] = [];

  constructor(script: (request: SeenRequest, index: number) => ScriptedReply | Promise<ScriptedReply>) {
    this.#script = script;
  }

  /** Last parts of the actions that came, in order. */
  get actions(): string[] {
    return this.requests.map(({ action }) => action.slice(action.lastIndexOf('/') + 1));
  }

  /** Waits until so many requests have come. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#waiters.push(resolve));
  }

  async send(request: TransportRequest): Promise<TransportReply> {
    request.deadline.throwIfDone();
    const text = Buffer.from(request.body).toString('utf8');
    const seen = { ...readRequestEnvelope(request.body, request.contentType), text, transport: request };
    this.requests.push(seen);
    for (const wake of this.#waiters.splice(0)) wake();
    if (request.outOfBand !== true) this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#under);
    const done = () => {
      if (request.outOfBand !== true) this.#under--;
    };
    try {
      const index = this.requests.length - 1;
      const reply = await request.deadline.race(Promise.resolve().then(() => this.#script(seen, index)));
      return {
        status: reply.status ?? 200,
        contentType: reply.contentType ?? 'application/soap+xml;charset=UTF-8',
        body: this.#stream(reply.body, request.deadline, done),
      };
    } catch (error) {
      done();
      throw error;
    }
  }

  async close(): Promise<void> {}

  async *#stream(body: ScriptedReply['body'], deadline: Deadline, done: () => void): AsyncGenerator<Uint8Array> {
    const pieces = typeof body === 'string' ? [body] : body;
    const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
    let complete = false;
    try {
      for (;;) {
        const next = await deadline.race(Promise.resolve(iterator.next()));
        if (next.done === true) break;
        yield typeof next.value === 'string' ? Buffer.from(next.value, 'utf8') : next.value;
      }
      complete = true;
    } catch (error) {
      complete = true;
      throw error;
    } finally {
      if (!complete) this.abandoned++;
      done();
    }
  }
}

/** The response to a request. */
export function respond(request: RequestEnvelope, body: string, more: Partial<ResponseContent> = {}): string {
  return writeResponseEnvelope({
    action: `${request.action}Response`,
    relatesTo: request.messageId,
    body,
    ...more,
  });
}

export function fault(request: RequestEnvelope, content: Partial<SoapFault>): ScriptedReply {
  return {
    status: 500,
    body: writeFaultEnvelope({ soapCode: 'Sender', reason: 'refused', relatesTo: request.messageId, ...content }),
  };
}

export const EMPTY: ScriptedReply = { body: [] };

export function connectionLost(): CimletError {
  return new CimletError('ERR_CONNECTION_LOST', 'The connection was lost.', { retryable: true });
}

/** A body that a test writes while the client reads it. */
export class Pipe implements AsyncIterable<Uint8Array> {
  readonly #queue: (string | Error | undefined)[] = [];
  #wake: (() => void) | undefined;

  write(text: string): this {
    this.#queue.push(text);
    this.#wake?.();
    return this;
  }

  end(): this {
    this.#queue.push(undefined);
    this.#wake?.();
    return this;
  }

  fail(error: Error): this {
    this.#queue.push(error);
    this.#wake?.();
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#queue.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const next = this.#queue.shift();
      if (next === undefined) return;
      if (next instanceof Error) throw next;
      yield Buffer.from(next, 'utf8');
    }
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const deadlines: Deadline[] = [];

export function newDeadline(options: DeadlineOptions = { timeoutMs: 20_000 }): Deadline {
  const deadline = new Deadline(options);
  deadlines.push(deadline);
  return deadline;
}

export function disposeDeadlines(): void {
  for (const deadline of deadlines.splice(0)) deadline[Symbol.dispose]();
}
