import type { Clock } from '../../base/clock.js';
import { ACTIONS, upkeepKind } from '../../wsman/envelope/actions.js';
import { bareMessageId } from '../../wsman/envelope/message-id.js';
import { SOAP_CONTENT_TYPE } from '../../wsman/envelope/namespaces.js';
import { readAcknowledge } from '../../wsman/service/read-acknowledge.js';
import { readEnhancedOptions } from '../../wsman/service/read-enhanced-options.js';
import { readInteractiveResponse } from '../../wsman/service/read-interactive-response.js';
import type { RequestEnvelope } from '../../wsman/service/read-request.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import type { EmulatorReply, EmulatorRequest } from '../request/request-handler.js';
import { OperationMessages } from './operation-messages.js';
import { RunningOperation } from './running-operation.js';
import type { ResolvedServiceSettings } from './service-settings.js';

export interface EnhancedOperationTableOptions {
  readonly clock: Clock;
  readonly errorSource: string;
  readonly settings: ResolvedServiceSettings;
}

/** What an operation is run with, and how its messages are written. */
export interface OperationPlan {
  /** Rejects with what the operation fails with. Gives the body of the final response. */
  readonly perform: (operation: RunningOperation) => Promise<string>;
  readonly writeEvent: (event: string, sequenceId: number) => string;
  readonly writeFinal: (body: string, sequenceId: number) => string;
  readonly writeFault: (error: unknown, sequenceId: number) => string;
}

interface Row {
  readonly id: string;
  readonly userName: string;
  readonly messages: OperationMessages;
  readonly operation: RunningOperation;
  readonly cancel: AbortController;
  /** Number of the client's last message. */
  received: number;
  isDone: boolean;
  cancelRetention: (() => void) | undefined;
}

/** Finished operations that are kept for clients whose connection may have broken; more are forgotten, oldest first. */
const MOST_FINISHED = 1_000;

/** The enhanced operations of a server: MS-WSMV's OperationMessages table (3.1.1, 3.1.4.1.39). */
export class EnhancedOperationTable {
  readonly #options: EnhancedOperationTableOptions;
  readonly #rows = new Map<string, Row>();
  readonly #byConnection = new WeakMap<object, Row>();

  constructor(options: EnhancedOperationTableOptions) {
    this.#options = options;
  }

  /** Operations that are kept, at work or finished. */
  get size(): number {
    return this.#rows.size;
  }

  /**
   * Begins an operation, or takes one up again whose connection was lost.
   * @throws RequestFault `InvalidMessageInformationHeader` for an OperationID in use and for a message out of order.
   */
  begin(envelope: RequestEnvelope, request: EmulatorRequest, plan: OperationPlan): Promise<EmulatorReply> {
    const id = idOf(envelope);
    const known = this.#rows.get(id);
    if (known !== undefined && !envelope.retransmission) throw invalid('its OperationID is in use');
    if (envelope.sequenceId !== undefined && envelope.sequenceId !== 1) throw invalid('its SequenceId is not 1');
    if (known !== undefined) {
      this.#assertOwner(known, request);
      this.#retain(known, false);
      return known.messages.attach(request.signal, known.received);
    }
    this.#forgetBefore(request.connection);
    const row = this.#start(id, envelope, request, plan);
    return row.messages.attach(request.signal);
  }

  /** Takes a message about an operation: an answer, Acknowledge, Keepalive, Cancel or End. Its reply is empty. */
  control(envelope: RequestEnvelope, request: EmulatorRequest): EmulatorReply {
    const row = this.#rows.get(idOf(envelope));
    if (row !== undefined) this.#assertOwner(row, request);
    if (envelope.action === ACTIONS.interactiveResponse) {
      if (row === undefined) throw invalid('there is no operation with its OperationID');
      this.#answer(row, envelope);
    } else if (upkeepKind(envelope.action) === 'acknowledge') {
      row?.messages.acknowledge(readAcknowledge(envelope.body));
    } else if (envelope.action === ACTIONS.cancel) {
      if (row !== undefined) cancel(row);
    } else if (envelope.action === ACTIONS.end) {
      if (row !== undefined) this.#drop(row);
    } else if (upkeepKind(envelope.action) !== 'keepAlive') {
      throw new RequestFault(serviceFaults.actionNotSupported(envelope.action));
    }
    return { status: 204, contentType: SOAP_CONTENT_TYPE, body: nothing() };
  }

  #start(id: string, envelope: RequestEnvelope, request: EmulatorRequest, plan: OperationPlan): Row {
    const { clock, errorSource, settings } = this.#options;
    const abort = new AbortController();
    const { connection } = request;
    const messages = new OperationMessages({
      operationId: envelope.operationId ?? '',
      clock,
      operationTimeoutMs: envelope.operationTimeoutMs,
      retainedBytes: settings.retainedBytes,
      onDetached: (isComplete) => {
        // Without a connection that can break, what was taken has arrived.
        if (isComplete && connection === undefined) this.#drop(row);
        else this.#retain(row, true);
      },
    });
    const operation = new RunningOperation({
      signal: abort.signal,
      clock,
      options: readEnhancedOptions(envelope.options),
      send: (event) => messages.post((sequenceId) => plan.writeEvent(event, sequenceId)),
      errorSource,
    });
    const row: Row = {
      id,
      userName: request.caller.userName.toLowerCase(),
      messages,
      operation,
      cancel: abort,
      received: 1,
      isDone: false,
      cancelRetention: undefined,
    };
    this.#rows.set(id, row);
    if (connection !== undefined) this.#byConnection.set(connection, row);
    void this.#run(row, plan);
    return row;
  }

  async #run(row: Row, plan: OperationPlan): Promise<void> {
    const { messages, operation } = row;
    try {
      const body = await plan.perform(operation);
      await messages.post((sequenceId) => plan.writeFinal(body, sequenceId), 'final');
    } catch (error) {
      await messages.post((sequenceId) => plan.writeFault(error, sequenceId), 'fault');
    }
    row.isDone = true;
    this.#limitFinished();
  }

  #answer(row: Row, envelope: RequestEnvelope): void {
    const { sequenceId } = envelope;
    const { eventType, answer } = readInteractiveResponse(envelope.body);
    // A lower number is a repetition of what came already (MS-WSMV 3.2.7).
    if (sequenceId !== undefined && sequenceId <= row.received) return;
    if (sequenceId !== row.received + 1) throw invalid(`its SequenceId is not ${row.received + 1}`);
    if (!row.operation.answer(eventType, answer)) throw invalid('the operation has asked nothing');
    row.received++;
  }

  #assertOwner(row: Row, request: EmulatorRequest): void {
    if (row.userName === request.caller.userName.toLowerCase()) return;
    throw new RequestFault(serviceFaults.accessDenied());
  }

  /** Starts or stops the time after which an operation is forgotten whose client does not come back. */
  #retain(row: Row, on: boolean): void {
    row.cancelRetention?.();
    row.cancelRetention = on
      ? this.#options.clock.schedule(this.#options.settings.responseRetentionMs, () => this.#drop(row))
      : undefined;
  }

  /** A client that sends another request on a connection has got the reply before. */
  #forgetBefore(connection: object | undefined): void {
    const before = connection === undefined ? undefined : this.#byConnection.get(connection);
    if (before !== undefined) this.#drop(before);
  }

  #limitFinished(): void {
    if (this.#rows.size <= MOST_FINISHED) return;
    const oldest = [...this.#rows.values()].find((row) => row.isDone && row.cancelRetention !== undefined);
    if (oldest !== undefined) this.#drop(oldest);
  }

  #drop(row: Row): void {
    this.#retain(row, false);
    if (this.#rows.get(row.id) === row) this.#rows.delete(row.id);
    if (!row.isDone) cancel(row);
  }
}

function cancel(row: Row): void {
  if (row.isDone) return;
  row.cancel.abort(new RequestFault(serviceFaults.cancelled()));
  row.messages.release();
}

function idOf(envelope: RequestEnvelope): string {
  return bareMessageId(envelope.operationId ?? '');
}

function invalid(why: string): RequestFault {
  return new RequestFault(serviceFaults.invalidOperation(why));
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
