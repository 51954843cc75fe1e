import type { Clock } from '../../base/clock.js';
import { ACTIONS, FULL_DUPLEX, ROBUST_CONNECTION } from '../../wsman/envelope/actions.js';
import { SOAP_CONTENT_TYPE } from '../../wsman/envelope/namespaces.js';
import { writeControlMessage } from '../../wsman/envelope/write-control-message.js';
import { FAULT_HTTP_STATUS } from '../../wsman/service/write-fault.js';
import type { EmulatorReply } from '../request/request-handler.js';

export interface OperationMessagesOptions {
  readonly operationId: string;
  readonly clock: Clock;
  /** OperationTimeout of the request: less than it passes without a message. */
  readonly operationTimeoutMs: number | undefined;
  /** Kept unacknowledged; at more the provider waits. */
  readonly retainedBytes: number;
  /** Nobody is connected any more, or all is sent. */
  readonly onDetached: (isComplete: boolean) => void;
}

interface Message {
  readonly bytes: Uint8Array;
  readonly isFinal: boolean;
  readonly isFault: boolean;
}

/** One reply that carries the operation's messages. */
interface Reader {
  next: number;
  /** Messages without a number, each with the number of messages that go out before it. */
  readonly upkeep: { readonly after: number; readonly bytes: Uint8Array }[];
  wake: () => void;
  /** The final message went out. */
  isAtEnd: boolean;
}

const LONGEST_SILENCE_MS = 60_000;

/** After so many messages the provider lets them go out: one of Windows works beside the service that sends, and not before it. */
const MESSAGES_A_TURN = 16;

/**
 * The messages of one operation, numbered from 1 and kept until the client has acknowledged them, so that a reply whose connection broke
 * is taken up by another one (MS-WSMV 3.1.4.1.39, 3.1.6.6).
 */
export class OperationMessages {
  readonly #options: OperationMessagesOptions;
  readonly #messages: (Message | undefined)[] = [];
  #acknowledged = 0;
  #isFinished = false;
  #keptBytes = 0;
  #asked = false;
  #reader: Reader | undefined;
  #cancelKeepAlive: (() => void) | undefined;
  #waiting: (() => void)[] = [];

  constructor(options: OperationMessagesOptions) {
    this.#options = options;
  }

  /** Adds the next message; `write` is told its number. Fulfilled when there is room for more. */
  async post(write: (sequenceId: number) => string, kind?: 'final' | 'fault'): Promise<void> {
    const bytes = Buffer.from(write(this.#messages.length + 1));
    this.#isFinished = kind !== undefined;
    this.#messages.push({ bytes, isFinal: kind !== undefined, isFault: kind === 'fault' });
    this.#keptBytes += bytes.length;
    this.#keepAlive();
    this.#reader?.wake();
    if (kind !== undefined) return;
    if (this.#keptBytes <= this.#options.retainedBytes) {
      if (this.#messages.length % MESSAGES_A_TURN === 0) await new Promise(setImmediate);
      return;
    }
    if (!this.#asked) this.#upkeep(ACTIONS.acknowledgeRequest);
    this.#asked = true;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The client has all messages up to this number. */
  acknowledge(last: number): void {
    const before = this.#acknowledged;
    for (let at = before; at < Math.min(last, this.#messages.length); at++) {
      this.#keptBytes -= this.#messages[at]?.bytes.length ?? 0;
      this.#messages[at] = undefined;
      this.#acknowledged = at + 1;
    }
    this.#reader?.wake();
    if (this.#keptBytes > this.#options.retainedBytes) {
      // Not enough: the rest was still on its way.
      if (this.#asked && this.#acknowledged > before) this.#upkeep(ACTIONS.acknowledgeRequest);
      return;
    }
    this.#asked = false;
    this.release();
  }

  /** Lets a provider that waits for room go on. */
  release(): void {
    for (const go of this.#waiting.splice(0)) go();
  }

  /**
   * A reply with the messages from the first one that is not acknowledged, in place of the one before. `received`: how many messages of
   * the client came, told first when the operation is taken up again.
   */
  async attach(signal: AbortSignal, received?: number): Promise<EmulatorReply> {
    const previous = this.#reader;
    const reader: Reader = { next: this.#acknowledged, upkeep: [], wake: () => {}, isAtEnd: false };
    if (received !== undefined) {
      reader.upkeep.push({ after: reader.next, bytes: this.#control(ACTIONS.acknowledge, received) });
    }
    this.#reader = reader;
    previous?.wake();
    this.#keepAlive();
    const first = this.#messages[reader.next];
    if (first === undefined && reader.upkeep.length === 0) await this.#wakeOf(reader, signal);
    const only = reader.upkeep.length === 0 ? this.#messages[reader.next] : undefined;
    const isFault = only?.isFault === true;
    return {
      status: isFault ? FAULT_HTTP_STATUS : 200,
      contentType: SOAP_CONTENT_TYPE,
      streamed: only?.isFinal !== true,
      body: this.#body(reader, signal),
    };
  }

  /** No generator: one that was never begun would not notice that it is given up. */
  #body(reader: Reader, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const onAbort = () => this.#detach(reader, false);
    const end = (isComplete: boolean): IteratorResult<Uint8Array> => {
      signal.removeEventListener('abort', onAbort);
      this.#detach(reader, isComplete);
      return { done: true, value: undefined };
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    const next = async (): Promise<IteratorResult<Uint8Array>> => {
      while (this.#reader === reader && !reader.isAtEnd) {
        // What the client has already, by another reply, need not be sent.
        reader.next = Math.max(reader.next, this.#acknowledged);
        if (this.#isFinished && reader.next >= this.#messages.length) break;
        const [upkeep] = reader.upkeep;
        if (upkeep !== undefined && upkeep.after <= reader.next) {
          reader.upkeep.shift();
          return { done: false, value: upkeep.bytes };
        }
        const message = this.#messages[reader.next];
        if (message !== undefined) {
          reader.next++;
          reader.isAtEnd = message.isFinal;
          return { done: false, value: message.bytes };
        }
        if (signal.aborted) break;
        await this.#wakeOf(reader, signal);
      }
      return end(this.#isFinished && reader.next >= this.#messages.length);
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: async () => end(false) }) };
  }

  #detach(reader: Reader, isComplete: boolean): void {
    if (this.#reader !== reader) return;
    this.#reader = undefined;
    this.#cancelKeepAlive?.();
    reader.wake();
    this.#options.onDetached(isComplete);
  }

  /** Settles at the next message, at upkeep, when another reply took over and when the client is gone. */
  #wakeOf(reader: Reader, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        reader.wake = () => {};
        resolve();
      };
      reader.wake = wake;
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  #keepAlive(): void {
    this.#cancelKeepAlive?.();
    this.#cancelKeepAlive = undefined;
    if (this.#reader === undefined || this.#isFinished) return;
    const { clock, operationTimeoutMs = Number.POSITIVE_INFINITY } = this.#options;
    const period = Math.max(1, Math.min(LONGEST_SILENCE_MS, operationTimeoutMs * 0.7));
    this.#cancelKeepAlive = clock.schedule(period, () => {
      this.#upkeep(ACTIONS.keepAlive);
      this.#keepAlive();
    });
  }

  #upkeep(action: string): void {
    this.#reader?.upkeep.push({ after: this.#messages.length, bytes: this.#control(action) });
    this.#reader?.wake();
  }

  #control(action: string, lastSequenceIdReceived?: number): Uint8Array {
    const { operationId } = this.#options;
    return Buffer.from(
      writeControlMessage({
        action,
        resourceUri: action === ACTIONS.keepAlive ? FULL_DUPLEX : ROBUST_CONNECTION,
        // Windows puts the prefix before the value that the client sent, whatever that begins with (MS-WSMV <38>).
        operationId: `uuid:${operationId}`,
        ...(lastSequenceIdReceived !== undefined && { lastSequenceIdReceived }),
      }),
    );
  }
}
