import { CimletError } from '../../base/errors.js';
import type { XmlLimits } from '../../xml/text/limits.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import type { FinalEvent, ItemEvent } from '../contract/enhanced-event.js';
import type { SoapEnvelope } from '../contract/soap-reply.js';
import { readEnumerationItem } from '../enumeration/read-enumeration-item.js';
import { upkeepKind } from '../envelope/actions.js';
import { EnvelopeReader, headerText } from '../envelope/envelope-reader.js';
import { sameMessageId } from '../envelope/message-id.js';
import { NS } from '../envelope/namespaces.js';
import { checkRelation, checkResponse } from '../exchange/read-reply.js';
import { isInteractiveEvent, type ReceivedEvent, readInteractiveEvent } from './read-interactive-event.js';

/** What comes out of an operation's replies. */
export type ReceivedMessage = ReceivedEvent | ItemEvent | FinalEvent;

export interface OperationIdentity {
  readonly operationId: string;
  readonly messageId: string;
  readonly action: string;
  readonly host: string;
  readonly limits?: XmlLimits | undefined;
  readonly makers?: ElementMakers | undefined;
}

export interface ReceiverHandlers {
  readonly onMessage: (message: ReceivedMessage) => void;
  /** A message came that was received before, or the server asks how far we are: say so. */
  readonly onAcknowledge: () => void;
}

/** How the envelope that is being read is to be taken. */
type Reading = 'take' | 'item-less' | 'ignore' | 'upkeep';

const LONGEST_QUOTED = 80;

/**
 * Makes messages of the envelopes of one operation, over all the replies that carry them (MS-WSMV 3.2.7): bytes in, messages
 * out, each once and in order. A server that says no OperationID gives one plain response.
 */
export class OperationReceiver {
  readonly #identity: OperationIdentity;
  readonly #handlers: ReceiverHandlers;
  #reader: EnvelopeReader | undefined;
  #status = 200;
  #enhanced: boolean | undefined;
  #resumed = false;
  #finished = false;
  /** ReceiveSequenceID: of the next message. */
  #expected = 1;
  #reading: Reading = 'take';
  /** Items of the expected message: handed over before its reply broke off, and met in the current reply. */
  #itemsGiven = 0;
  #itemsMet = 0;
  #envelopes = 0;

  constructor(identity: OperationIdentity, handlers: ReceiverHandlers) {
    this.#identity = identity;
    this.#handlers = handlers;
  }

  /** The server said OperationID; undefined before its first message. */
  get enhanced(): boolean | undefined {
    return this.#enhanced;
  }

  /** The final response, or the fault in its place, was received. */
  get finished(): boolean {
    return this.#finished;
  }

  get lastSequenceId(): number {
    return this.#expected - 1;
  }

  /** Envelopes of the current reply. */
  get envelopes(): number {
    return this.#envelopes;
  }

  /** A reply begins; it is not the first one when a connection was lost. */
  begin(status: number, contentType: string | undefined, resumed: boolean): void {
    this.#status = status;
    this.#resumed = resumed;
    this.#envelopes = 0;
    this.#itemsMet = 0;
    this.#reader = new EnvelopeReader({
      contentType,
      limits: this.#identity.limits,
      makers: this.#identity.makers,
      onBody: (headers) => {
        this.#itemsMet = 0;
        this.#reading = this.#classify(headers);
      },
      onItem: (item) => this.#takeItem(item),
      onEnvelope: (envelope) => {
        this.#envelopes++;
        this.#take(envelope);
      },
    });
  }

  write(bytes: Uint8Array): void {
    this.#reader?.write(bytes);
  }

  /** The reply ended by itself. @throws `ERR_XML` within an envelope, `ERR_PROTOCOL` when the final response is missing. */
  end(): void {
    this.#reader?.end();
    if (this.#finished) return;
    throw protocolError('The reply ended before the final response of the operation.');
  }

  #classify(headers: readonly XmlElement[]): Reading {
    const block = (name: string, namespace: string) => headerText({ headers }, name, namespace);
    // Before the ids are compared: that of another operation, or one that is spelled in a way of its own, is no reason to end this one.
    if (upkeepKind(block('Action', NS.addressing)) !== undefined) return 'upkeep';
    const operationId = operationIdOf({ headers });
    if (operationId !== undefined && !sameMessageId(operationId, this.#identity.operationId)) {
      throw protocolError(
        `A message belongs to the operation ${shortened(operationId)}, not to ${this.#identity.operationId}.`,
      );
    }
    if (this.#finished) throw protocolError('The server goes on after the final response of the operation.');
    const relatesTo = block('RelatesTo', NS.addressing);
    if (relatesTo !== undefined) checkRelation(relatesTo, this.#identity.messageId, false);
    if (operationId === undefined) {
      // A fault of the service, not of the operation, may come without.
      if (this.#enhanced === true) return 'item-less';
      this.#enhanced = false;
      return 'take';
    }
    if (this.#enhanced === false) throw protocolError('The server speaks of the operation only after its response.');
    this.#enhanced = true;
    return this.#inSequence(block('SequenceId', NS.wsmv) ?? block('SequenceID', NS.wsmv)) ? 'take' : 'ignore';
  }

  #inSequence(text: string | undefined): boolean {
    if (text === undefined) {
      if (!this.#resumed) return true;
      throw protocolError('A message after the lost connection has no SequenceId, so it may be a repetition.');
    }
    const sequenceId = /^\d{1,20}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(sequenceId)) throw protocolError(`The SequenceId ${shortened(text)} is not valid.`);
    if (sequenceId <= this.#expected) return sequenceId === this.#expected;
    throw protocolError(
      `The message with SequenceId ${sequenceId} came where ${this.#expected} was expected: something was lost.`,
    );
  }

  #takeItem(element: XmlElement): void {
    if (this.#reading !== 'take') return;
    this.#itemsMet++;
    if (this.#itemsMet <= this.#itemsGiven) return;
    this.#itemsGiven++;
    const { object, reference } = readEnumerationItem(element);
    this.#handlers.onMessage({ type: 'item', object, reference });
  }

  #take(envelope: SoapEnvelope): void {
    if (this.#reading === 'upkeep') {
      this.#takeUpkeep(envelope);
      return;
    }
    if (this.#reading === 'ignore') {
      this.#handlers.onAcknowledge();
      return;
    }
    const [body] = envelope.body;
    const isFault = body?.name === 'Fault' && body.namespace === NS.soap;
    if (isFault || this.#enhanced === false) {
      this.#finished = true;
      const { action, messageId, host } = this.#identity;
      checkResponse(envelope, { action, messageId, status: this.#status, host });
    } else if (this.#reading === 'item-less') {
      throw protocolError('A message does not say which operation it belongs to.');
    }
    if (this.#status < 200 || this.#status > 299) {
      throw protocolError(`The server answered with HTTP status ${this.#status} and an envelope that is not a fault.`);
    }
    if (body?.name === 'Envelope' && body.namespace === NS.soap) {
      throw protocolError('A message stands inside another one.');
    }
    this.#expected++;
    this.#itemsGiven = 0;
    if (isInteractiveEvent(body)) {
      if (this.#enhanced === false) throw protocolError('An event does not say which operation it belongs to.');
      this.#handlers.onMessage(readInteractiveEvent(body));
      return;
    }
    this.#finished = true;
    this.#handlers.onMessage({ type: 'final', body, enhanced: this.#enhanced === true });
  }

  #takeUpkeep(envelope: SoapEnvelope): void {
    const operationId = operationIdOf(envelope);
    if (operationId !== undefined && !sameMessageId(operationId, this.#identity.operationId)) return;
    if (upkeepKind(headerText(envelope, 'Action', NS.addressing)) === 'acknowledgeRequest') {
      this.#handlers.onAcknowledge();
    }
    // It may be counted or not (MS-WSMV 3.1.5.5 does not say).
    if (headerText(envelope, 'SequenceId', NS.wsmv) === String(this.#expected)) this.#expected++;
  }
}

function operationIdOf(envelope: Pick<SoapEnvelope, 'headers'>): string | undefined {
  return headerText(envelope, 'OperationID', NS.wsmv) ?? headerText(envelope, 'OperationId', NS.wsmv);
}

function protocolError(message: string): CimletError {
  return new CimletError('ERR_PROTOCOL', message, {
    hint: 'Whether the operation took effect is unknown; ask the server for its state.',
  });
}

function shortened(text: string): string {
  return text.length > LONGEST_QUOTED ? `${text.slice(0, LONGEST_QUOTED)}…` : text;
}
