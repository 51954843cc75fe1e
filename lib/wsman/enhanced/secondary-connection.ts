import type { Deadline } from '../../base/deadline.js';
import { CimletError } from '../../base/errors.js';
import { sleep } from '../../base/sleep.js';
import type { PromptAnswer } from '../contract/enhanced-event.js';
import { ACTIONS, FULL_DUPLEX, ROBUST_CONNECTION } from '../envelope/actions.js';
import { SOAP_CONTENT_TYPE } from '../envelope/namespaces.js';
import { type ControlMessage, writeControlMessage } from '../envelope/write-control-message.js';
import { type RequestContent, writeRequestEnvelope } from '../envelope/write-request.js';
import { bestEffort } from '../exchange/best-effort.js';
import type { RequestChannel } from '../exchange/exchange.js';
import { checkResponse, readReply } from '../exchange/read-reply.js';
import { reportControl } from '../exchange/request-report.js';
import { RetrySchedule } from './retry-schedule.js';
import { writeInteractiveResponse } from './write-interactive-response.js';

/** Below the two minutes after which Windows closes an idle connection (MS-WSMV 3.2.2). */
const KEEP_ALIVE_MS = 60_000;

const LONGEST_ACKNOWLEDGEMENT_BYTES = 65_536;

export interface SecondaryOptions {
  readonly channel: RequestChannel;
  /** The operation's own request; answers repeat its headers (MS-WSMV 4.11.1). */
  readonly request: RequestContent & { readonly operationId: string };
  readonly deadline: Deadline;
  readonly random?: () => number;
}

/** What a client says about an operation while another connection carries the operation itself (MS-WSMV 3.2.4.2.1). */
export class SecondaryConnection {
  readonly #options: SecondaryOptions;
  /** Of the last message sent; the request was the first. */
  #sequenceId = 1;
  /** Something was answered, so that the operation must be ended with End. */
  #used = false;
  #closed = false;
  #cancelKeepAlive: (() => void) | undefined;
  #acknowledging = false;
  #acknowledgementDue = false;

  constructor(options: SecondaryOptions) {
    this.#options = options;
  }

  /** Sends the answer to a prompt; again, with the same SequenceId, when the connection breaks. */
  async answer(eventType: 'Confirm' | 'ErrorAction', answer: PromptAnswer): Promise<void> {
    this.#used = true;
    this.#sequenceId++;
    const { request, channel, deadline } = this.#options;
    const { random } = this.#options;
    const envelope = writeRequestEnvelope({
      ...request,
      action: ACTIONS.interactiveResponse,
      sequenceId: this.#sequenceId,
      retransmission: false,
      body: writeInteractiveResponse(eventType, answer),
    });
    let schedule: RetrySchedule | undefined;
    for (;;) {
      try {
        await this.#post(envelope, request.messageId, ACTIONS.interactiveResponse, deadline);
        break;
      } catch (error) {
        if (!isNetworkError(error) || this.#closed) throw error;
        schedule ??= new RetrySchedule(channel.clock.now(), random);
        const delay = schedule.next(channel.clock.now());
        if (delay === undefined) throw error;
        await sleep(channel.clock, delay, deadline);
      }
    }
    this.#keepAlive();
  }

  /** Tells what was received, in the background, one message at a time: the next speaks for all that was asked meanwhile. */
  acknowledge(lastSequenceId: () => number): void {
    this.#acknowledgementDue = true;
    if (!this.#acknowledging) void this.#acknowledge(lastSequenceId);
  }

  async #acknowledge(lastSequenceId: () => number): Promise<void> {
    this.#acknowledging = true;
    // One turn, so that one message speaks for all the repetitions in a piece.
    await Promise.resolve();
    while (this.#acknowledgementDue && !this.#closed) {
      this.#acknowledgementDue = false;
      await this.#sendControl(ACTIONS.acknowledge, ROBUST_CONNECTION, this.#options.deadline, lastSequenceId());
    }
    this.#acknowledging = false;
  }

  /** The operation is over: says End when there were answers. Never throws. */
  async end(): Promise<void> {
    this.#close();
    if (!this.#used) return;
    await bestEffort((deadline) => this.#sendControl(ACTIONS.end, FULL_DUPLEX, deadline));
  }

  /** The operation is abandoned (MS-WSMV 3.2.6.7). Never throws. */
  async cancel(): Promise<void> {
    this.#close();
    await bestEffort(async (deadline) => {
      await this.#sendControl(ACTIONS.cancel, FULL_DUPLEX, deadline);
      await this.#sendControl(ACTIONS.end, FULL_DUPLEX, deadline);
    });
  }

  #close(): void {
    this.#closed = true;
    this.#cancelKeepAlive?.();
  }

  #keepAlive(): void {
    this.#cancelKeepAlive?.();
    if (this.#closed) return;
    this.#cancelKeepAlive = this.#options.channel.clock.schedule(KEEP_ALIVE_MS, () => {
      void this.#sendControl(ACTIONS.keepAlive, FULL_DUPLEX, this.#options.deadline);
      this.#keepAlive();
    });
  }

  /** A message whose loss does no harm. */
  async #sendControl(
    action: string,
    resourceUri: string,
    deadline: Deadline,
    lastSequenceIdReceived?: number,
  ): Promise<void> {
    const { operationId } = this.#options.request;
    const message: ControlMessage = {
      action,
      resourceUri,
      operationId,
      ...(lastSequenceIdReceived === undefined ? {} : { lastSequenceIdReceived }),
    };
    try {
      await this.#post(writeControlMessage(message), '', action, deadline);
    } catch {
      // The server's timers do the same in the end.
    }
  }

  async #post(envelope: string, messageId: string, action: string, deadline: Deadline): Promise<void> {
    const { channel } = this.#options;
    try {
      reportControl(channel, { action, messageId }, await this.#send(envelope, messageId, action, deadline));
    } catch (error) {
      reportControl(channel, { action, messageId }, { error });
      throw error;
    }
  }

  /** The server answers with a success and an empty body, or with a fault. The sequence rule makes every message safe to repeat. */
  async #send(envelope: string, messageId: string, action: string, deadline: Deadline): Promise<number> {
    const { transport } = this.#options.channel;
    const body = Buffer.from(envelope, 'utf8');
    const contentType = SOAP_CONTENT_TYPE;
    const sent = { body, contentType, repeatable: true, outOfBand: true, oneWay: true, deadline };
    const reply = await transport.send(sent);
    if (reply.status >= 200 && reply.status < 300) {
      let length = 0;
      for await (const bytes of reply.body) {
        length += bytes.length;
        // It should be empty; leaving the loop gives the connection up.
        if (length > LONGEST_ACKNOWLEDGEMENT_BYTES) break;
      }
      return reply.status;
    }
    const { status } = reply;
    const fault = await readReply(reply, transport.host);
    checkResponse(fault, { action, messageId, status, host: transport.host });
    return status;
  }
}

const NETWORK_CODES = new Set(['ERR_CONNECTION_LOST', 'ERR_CONNECTION_REFUSED', 'ERR_NAME_NOT_RESOLVED']);

/** The network failed, not the server. */
export function isNetworkError(error: unknown): error is CimletError {
  return error instanceof CimletError && NETWORK_CODES.has(error.code);
}
