import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { sendText, type TransportReply } from '../../transport/transport.js';
import type { Answerable, EnhancedEvent, FinalEvent, PromptAnswer } from '../contract/enhanced-event.js';
import type { ConnectionOutage, EnhancedOptions } from '../contract/enhanced-options.js';
import { WsManFaultError } from '../contract/fault-error.js';
import type { OperationRequest } from '../contract/operation-request.js';
import { CALLBACKS, callbackRegistration, enhancedOptionSet } from '../envelope/enhanced-option-set.js';
import { newMessageId } from '../envelope/message-id.js';
import { type RequestContent, writeRequestEnvelope } from '../envelope/write-request.js';
import { operationContent, operationTimeout, type RequestChannel } from '../exchange/exchange.js';
import { isUnreadable, ReplyReading, readingOf } from '../exchange/reply-reading.js';
import { reportEnd, reportFailure, reportOutage, reportStart } from '../exchange/request-report.js';
import { OperationMessage } from './operation-message.js';
import { OperationReceiver, type ReceivedMessage, type ReceiverHandlers } from './operation-receiver.js';
import { Outages } from './outages.js';
import { SecondaryConnection } from './secondary-connection.js';

/** One enhanced CIM operation. */
export interface EnhancedRequest extends OperationRequest {
  /** Default: an empty one. */
  readonly body?: string;
  readonly enhanced: EnhancedOptions;
  /** The server may run it twice without harm. Default false. */
  readonly repeatable?: boolean;
}

const ANSWERS: readonly string[] = ['yes', 'no', 'yesToAll', 'noToAll'] satisfies readonly PromptAnswer[];
const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };
/** How long the end of a reply may stay out after the final response. */
const DRAIN_MS = 5_000;

/**
 * Runs an enhanced operation (MS-WSMV 3.2.6, 3.2.7): events as they arrive, the final response last. A lost connection is
 * picked up by retransmission; leaving early cancels the operation on the server.
 */
export function enhancedEvents(
  channel: RequestChannel,
  action: string,
  request: EnhancedRequest,
): AsyncIterable<EnhancedEvent> {
  let begun = false;
  return {
    [Symbol.asyncIterator]: () => {
      if (begun) throw new TypeError('An operation can be iterated once.');
      begun = true;
      return new EnhancedOperation(channel, action, request);
    },
  };
}

/** Written out as an iterator: generators within generators would cost as much as the rest of a short operation. */
class EnhancedOperation implements AsyncIterator<EnhancedEvent, undefined>, ReceiverHandlers {
  readonly #channel: RequestChannel;
  readonly #deadline: Deadline;
  readonly #options: EnhancedOptions;
  readonly #registration: number;
  readonly #repeatable: boolean;
  readonly #operationTimeoutMs: number | undefined;
  readonly #makers: EnhancedRequest['makers'];
  readonly #outages: Outages;
  #content: RequestContent & { readonly operationId: string };
  #receiver: OperationReceiver;
  /** Made when something has to be said beside the request. */
  #secondary: SecondaryConnection | undefined;
  readonly #messages: ReceivedMessage[] = [];
  #startedAt = 0;
  #reading: ReplyReading | undefined;
  /** Held back until it is known that nothing follows. */
  #final: FinalEvent | undefined;
  /** When that ends; undefined before the final response. */
  #drainsUntil: number | undefined;
  /** What was received before it is handed on first. */
  #failure: unknown;
  #status = 0;
  #sent = false;
  #over = false;

  constructor(channel: RequestChannel, action: string, request: EnhancedRequest) {
    const { target, body = '', deadline } = request;
    this.#channel = channel;
    this.#deadline = deadline;
    this.#options = request.enhanced;
    this.#registration = callbackRegistration(request.enhanced);
    this.#repeatable = request.repeatable ?? false;
    this.#operationTimeoutMs = request.operationTimeoutMs;
    this.#makers = request.makers;
    const { onOutage } = request.enhanced;
    const { host } = channel.transport;
    const onWait = onOutage && ((outage: Omit<ConnectionOutage, 'host'>) => onOutage({ ...outage, host }));
    this.#outages = new Outages({ clock: channel.clock, deadline, repeatable: this.#repeatable, onWait });
    const asked = enhancedOptionSet(request.enhanced);
    this.#content = operationContent(channel, {
      target,
      deadline,
      operationTimeoutMs: request.operationTimeoutMs,
      action,
      body,
      options: request.options === undefined ? asked : asked.concat(request.options),
    });
    this.#receiver = this.#newReceiver();
  }

  #beside(): SecondaryConnection {
    this.#secondary ??= new SecondaryConnection({
      channel: this.#channel,
      request: this.#content,
      deadline: this.#deadline,
    });
    return this.#secondary;
  }

  #newReceiver(): OperationReceiver {
    const { operationId, messageId, action } = this.#content;
    const { transport, limits } = this.#channel;
    return new OperationReceiver(
      { operationId, messageId, action, host: transport.host, limits, makers: this.#makers },
      this,
    );
  }

  onMessage(message: ReceivedMessage): void {
    this.#messages.push(message);
  }

  onAcknowledge(): void {
    if (!this.#over) this.#beside().acknowledge(() => this.#receiver.lastSequenceId);
  }

  async next(): Promise<IteratorResult<EnhancedEvent, undefined>> {
    try {
      // One function and not several that wait for each other: most operations wait once.
      while (!this.#over) {
        const event = this.#nextReceived();
        if (event !== undefined) return { done: false, value: event };
        if (this.#failure !== undefined) throw this.#failure;
        if (this.#reading !== undefined) {
          await this.#read(this.#reading);
          continue;
        }
        if (this.#receiver.finished) {
          const final = this.#takeFinal();
          if (final === undefined) break;
          return { done: false, value: final };
        }
        let reply: TransportReply;
        try {
          reply = await this.#send();
        } catch (error) {
          await this.#unsent(error);
          continue;
        }
        this.#take(reply);
      }
    } catch (error) {
      // Nobody waits for what was left; `return` does not wait for a `next` under way, as that of a generator does.
      if (this.#over) return DONE;
      reportFailure(this.#channel, this.#content, error, this.#startedAt);
      // The server may be out of reach; the caller learns of it at once.
      void this.#leave();
      throw error;
    }
    const leaving = this.#leave();
    if (leaving !== undefined) await leaving;
    return DONE;
  }

  async return(): Promise<IteratorResult<EnhancedEvent, undefined>> {
    await this.#leave();
    return DONE;
  }

  /** What was received and is to be handed on; the final response is kept. */
  #nextReceived(): EnhancedEvent | undefined {
    for (let message = this.#messages.shift(); message !== undefined; message = this.#messages.shift()) {
      if (message.type === 'final') this.#final = message;
      else {
        const event = this.#eventOf(message);
        if (event !== undefined) return event;
      }
    }
    return undefined;
  }

  #takeFinal(): FinalEvent | undefined {
    const final = this.#final;
    if (final === undefined) return undefined;
    this.#final = undefined;
    reportEnd(this.#channel, this.#content, this.#status, this.#startedAt);
    return final;
  }

  /** Ends the operation on the server, or cancels it when it is not over; undefined when there is nothing to be said to it. Never throws. */
  #leave(): Promise<void> | undefined {
    if (this.#over) return undefined;
    this.#over = true;
    const cancels = this.#sent && !this.#receiver.finished && this.#receiver.enhanced !== false;
    const ending = cancels ? this.#beside().cancel() : this.#secondary?.end();
    // Not waited for: a body that is being read may let go only when its next bytes come.
    if (this.#reading !== undefined) void this.#abandonReply();
    if (cancels && ending !== undefined) {
      const { cancelling } = this.#channel;
      const cancelled = ending.finally(() => cancelling.delete(cancelled));
      cancelling.add(cancelled);
    }
    return ending;
  }

  async #abandonReply(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    try {
      await reading?.return();
    } catch {
      // Its failure is of no interest any more.
    }
  }

  /** Sends the request, or its retransmission. */
  #send(): Promise<TransportReply> {
    const { transport } = this.#channel;
    if (this.#startedAt === 0) this.#startedAt = performance.now();
    const retransmission = this.#outages.loss !== undefined;
    const content = retransmission ? { ...this.#content, retransmission } : this.#content;
    const body = writeRequestEnvelope(content);
    reportStart(this.#channel, this.#content, body);
    this.#deadline.throwIfDone();
    const sending = sendText(transport, new OperationMessage(body, this.#repeatable, this.#deadline));
    this.#sent = true;
    return sending;
  }

  /** There was no reply. @throws what cannot be made up for. */
  async #unsent(error: unknown): Promise<void> {
    // A server that was never reached has nothing to cancel. One that refused the logon is not asked again: that would lock the account.
    if (!this.#outages.mayBeRunning(error)) this.#sent = false;
    await this.#recover(error);
  }

  /** Makes up for a lost connection, so that the request may be sent once more. @throws what cannot be made up for. */
  async #recover(error: unknown): Promise<void> {
    reportOutage(this.#channel, error);
    const remedy = await this.#outages.recover(error, {
      seen: this.#receiver.enhanced,
      expected: this.#channel.server.resumesOperations,
    });
    // It was cancelled: what was sent again now would be a new operation to the server.
    if (this.#over) throw error;
    if (remedy === 'beginAnew') this.#beginAnew();
  }

  /** To the server it is another operation. */
  #beginAnew(): void {
    this.#content = {
      ...this.#content,
      messageId: newMessageId(),
      operationId: newMessageId(),
      operationTimeoutMs: operationTimeout({ deadline: this.#deadline, operationTimeoutMs: this.#operationTimeoutMs }),
    };
    this.#secondary = undefined;
    this.#receiver = this.#newReceiver();
  }

  #take(reply: TransportReply): void {
    const { status, contentType, whole } = reply;
    this.#status = status;
    this.#receiver.begin(status, contentType, this.#outages.loss !== undefined);
    if (whole !== undefined && !this.#over) {
      this.#readWhole(reply, whole);
      return;
    }
    this.#reading = new ReplyReading(reply, this.#channel.transport.host, this.#deadline);
    if (this.#over) void this.#abandonReply();
  }

  /** As {@link EnhancedOperation.#read}, of a reply that is all there: nobody has to wait. */
  #readWhole(reply: TransportReply, whole: Uint8Array): void {
    const receiver = this.#receiver;
    try {
      receiver.write(whole);
      receiver.end();
      if (receiver.envelopes > 0) this.#hear();
    } catch (error) {
      this.#failure = this.#translated(error, readingOf(reply, whole, this.#channel.transport.host));
    }
    if (receiver.enhanced === true) this.#channel.server.resumesOperations = true;
  }

  #hear(): void {
    this.#outages.end();
    this.#channel.observer?.answered();
  }

  /** Reads one piece of a reply; its messages, and what is wrong with them, are there afterwards. */
  async #read(reading: ReplyReading): Promise<void> {
    const receiver = this.#receiver;
    let piece: IteratorResult<Uint8Array>;
    try {
      piece = await this.#nextPiece(reading, this.#final !== undefined);
    } catch (error) {
      // Let go of all the same: the end that does not come after the final response may be waited for still.
      void this.#abandonReply();
      if (this.#final === undefined) await this.#recover(error);
      return;
    }
    try {
      if (piece.done === true) {
        this.#reading = undefined;
        // Nothing came at all: that is the whole of what is wrong with it.
        if (reading.length === 0) this.#failure = reading.unreadable(undefined);
        else receiver.end();
      } else {
        reading.add(piece.value);
        receiver.write(piece.value);
      }
      if (receiver.envelopes > 0) this.#hear();
    } catch (error) {
      this.#failure = this.#translated(error, reading);
    }
    if (receiver.enhanced === true) this.#channel.server.resumesOperations = true;
  }

  async #nextPiece(reading: ReplyReading, draining: boolean): Promise<IteratorResult<Uint8Array>> {
    const next = reading.next();
    if (!draining) return next;
    const { clock } = this.#channel;
    this.#drainsUntil ??= clock.now() + DRAIN_MS;
    const left = this.#drainsUntil - clock.now();
    return new Promise((resolve, reject) => {
      const cancel = clock.schedule(left, () => reject(new Error('The reply does not end.')));
      next.then(resolve, reject).finally(cancel);
    });
  }

  #translated(failure: unknown, reading: ReplyReading): unknown {
    if (isUnreadable(failure) && this.#receiver.envelopes === 0) return reading.unreadable(failure);
    // A server that knows nothing of OperationID, or not of this one, refuses to resume.
    const isRefusal =
      failure instanceof WsManFaultError &&
      (failure.soapCode === 'MustUnderstand' || failure.soapSubcode === 'InvalidMessageInformationHeader');
    return isRefusal && this.#outages.loss !== undefined
      ? this.#outages.notResumed(' by the server.', failure)
      : failure;
  }

  /** The event as the caller sees it; undefined for one that was not asked for (MS-WSMV 3.2.7.2 to 3.2.7.7). */
  #eventOf(message: Exclude<ReceivedMessage, FinalEvent>): EnhancedEvent | undefined {
    const { warnings = false, verbose = false, debug = false } = this.#options;
    switch (message.type) {
      case 'warning':
        return warnings ? message : undefined;
      case 'verbose':
        return verbose ? message : undefined;
      case 'debug':
        return debug ? message : undefined;
      case 'progress':
        return this.#registered(CALLBACKS.progress) ? message : undefined;
      case 'confirm': {
        if (!this.#registered(CALLBACKS.confirm)) return undefined;
        const needsAnswer = message.promptType === 'critical' || this.#options.promptUserMode !== 'report';
        return { ...message, ...this.#answerable('Confirm', needsAnswer) };
      }
      case 'errorAction':
        if (!this.#registered(CALLBACKS.errors)) return undefined;
        return { ...message, ...this.#answerable('ErrorAction', message.actionType === 'inquire') };
      case 'streamingOutput':
        if (this.#registered(CALLBACKS.streaming)) return message;
        throw new CimletError('ERR_PROTOCOL', `The server streams ${message.name}, which nobody asked for.`);
      default:
        return message;
    }
  }

  #registered(flag: number): boolean {
    return (this.#registration & flag) !== 0;
  }

  #answerable(eventType: 'Confirm' | 'ErrorAction', needsAnswer: boolean): Answerable {
    let answered = false;
    return {
      needsAnswer,
      respond: async (answer) => {
        if (!ANSWERS.includes(answer)) throw invalidArgument('answer', answer, `Give one of ${ANSWERS.join(', ')}.`);
        if (!needsAnswer)
          throw invalidArgument('answer', answer, 'The server only reports this and waits for nothing.');
        if (answered) throw invalidArgument('answer', answer, 'This prompt has been answered.');
        if (this.#over) throw invalidArgument('answer', answer, 'The operation of this prompt is over.');
        answered = true;
        await this.#beside().answer(eventType, answer);
      },
    };
  }
}
