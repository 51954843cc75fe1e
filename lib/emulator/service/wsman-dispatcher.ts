import type { Clock } from '../../base/clock.js';
import { ACTIONS, FULL_DUPLEX, ROBUST_CONNECTION } from '../../wsman/envelope/actions.js';
import { SOAP_CONTENT_TYPE } from '../../wsman/envelope/namespaces.js';
import { IDENTIFY_ACTION, type RequestEnvelope, readRequestEnvelope } from '../../wsman/service/read-request.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { SoapFault } from '../../wsman/service/soap-fault.js';
import { FAULT_HTTP_STATUS, writeFaultEnvelope } from '../../wsman/service/write-fault.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../../wsman/service/write-response.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import { ProviderError } from '../fault/provider-error.js';
import { providerFault, serviceFaults, wsmanCode } from '../fault/wsman-faults.js';
import { applyDelays, applyToReply } from '../request/fault-injector.js';
import type { LabFaultKind } from '../request/lab-fault.js';
import type { Caller, EmulatorReply, EmulatorRequest, RequestHandler } from '../request/request-handler.js';
import { EnhancedOperationTable, type OperationPlan } from './enhanced-operation-table.js';
import { OpenEnumerations } from './open-enumerations.js';
import { perform } from './perform.js';
import { OperationQuota } from './quota.js';
import { RunningOperation } from './running-operation.js';
import type { ServerState } from './service-request.js';
import type { ResolvedServiceSettings } from './service-settings.js';
import { Subscriptions } from './subscriptions.js';

/** What the dispatcher of one emulated server needs. */
export interface DispatcherOptions {
  /** Full name of the server: `Machine` of its faults. */
  readonly serverName: string;
  /** Source of its providers' errors, which PowerShell shows as their target. */
  readonly errorSource: string;
  /** `OS: 10.0.20348 SP: 0.0 Stack: 3.0`. */
  readonly productVersion: string;
  readonly namespaces: readonly CimNamespace[];
  readonly clock: Clock;
  readonly settings: ResolvedServiceSettings;
  /** Takes the injected faults that hit a request with this action. */
  readonly takeFaults: (action: string, isAboutOperation: boolean) => readonly LabFaultKind[];
}

/** MaxEnvelopeSizekb of Windows' default configuration. */
const SERVER_ENVELOPE_LIMIT = 512_000;
/** The least MaxEnvelopeSize that DSP0226 6.2 lets a service take. */
const LEAST_ENVELOPE = 8_192;
/** What a response has beside its body, at least. */
const ENVELOPE_AROUND_BODY = 900;
/** What Windows writes into an event: until the next message (MS-WSMV 4.11). */
const EVENT_TIMEOUT_MS = 120_000;

/** The WS-Management service of one emulated server. */
export function createWsManDispatcher(options: DispatcherOptions): RequestHandler {
  const service = new WsManService(options);
  return async (request) => {
    let envelope: RequestEnvelope;
    try {
      if (request.body.length > SERVER_ENVELOPE_LIMIT) {
        throw new RequestFault(serviceFaults.requestTooLarge(SERVER_ENVELOPE_LIMIT));
      }
      envelope = readRequestEnvelope(request.body, request.contentType);
    } catch (error) {
      if (error instanceof RequestFault) return faultReply(error.fault, options.serverName, error.relatesTo);
      throw error;
    }
    const faults = options.takeFaults(envelope.action, isAboutOperation(envelope));
    const timedOut = await delayed(faults, envelope.operationTimeoutMs, request.signal);
    const reply = timedOut
      ? faultReply(serviceFaults.timedOut(), options.serverName, envelope.messageId)
      : await service.answer(envelope, request, faults);
    return applyToReply(reply, faults, request.signal);
  };
}

/** Waits as injected; true when the operation's time is up first. */
async function delayed(
  faults: readonly LabFaultKind[],
  operationTimeoutMs: number | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  if (!faults.some((fault) => fault.kind === 'latency' || fault.kind === 'silence')) return false;
  const timer = new AbortController();
  const expiry = operationTimeoutMs === undefined ? undefined : setTimeout(() => timer.abort(), operationTimeoutMs);
  try {
    await applyDelays(faults, AbortSignal.any([signal, timer.signal]));
    return false;
  } catch (error) {
    if (timer.signal.aborted && !signal.aborted) return true;
    throw error;
  } finally {
    clearTimeout(expiry);
  }
}

class WsManService {
  readonly #options: DispatcherOptions;
  readonly #state: ServerState;
  readonly #operations: EnhancedOperationTable;

  constructor(options: DispatcherOptions) {
    const { clock, settings, errorSource, namespaces } = options;
    this.#options = options;
    this.#operations = new EnhancedOperationTable({ clock, settings, errorSource });
    this.#state = {
      clock,
      namespaces,
      enumerations: new OpenEnumerations(clock, settings),
      subscriptions: new Subscriptions(clock, settings),
      quota: new OperationQuota(settings.maxConcurrentOperationsPerUser),
    };
  }

  async answer(
    envelope: RequestEnvelope,
    request: EmulatorRequest,
    faults: readonly LabFaultKind[],
  ): Promise<EmulatorReply> {
    try {
      const { caller } = request;
      if (envelope.action === IDENTIFY_ACTION) return success(this.#identify(caller));
      refuseByQuota(faults);
      if (!caller.authenticated) throw new RequestFault(serviceFaults.accessDenied());
      if (envelope.maxEnvelopeSize !== undefined && envelope.maxEnvelopeSize < LEAST_ENVELOPE) {
        throw new RequestFault(serviceFaults.envelopeTooSmall(LEAST_ENVELOPE));
      }
      const isEnhanced = this.#options.settings.enhancedOperations && envelope.operationId !== undefined;
      if (isEnhanced && isAboutOperation(envelope)) return this.#operations.control(envelope, request);
      const plan = this.#plan(envelope, request, faults, isEnhanced);
      if (isEnhanced) return await this.#operations.begin(envelope, request, plan);
      return await this.#runPlainly(envelope, request, plan);
    } catch (error) {
      return faultReply(this.#faultOf(error), this.#options.serverName, envelope.messageId);
    }
  }

  #plan(
    envelope: RequestEnvelope,
    { caller }: EmulatorRequest,
    faults: readonly LabFaultKind[],
    isEnhanced: boolean,
  ): OperationPlan {
    const { serverName, errorSource } = this.#options;
    const maxEnvelopeSize = Math.min(envelope.maxEnvelopeSize ?? SERVER_ENVELOPE_LIMIT, SERVER_ENVELOPE_LIMIT);
    const { messageId, operationId } = envelope;
    const headers = (sequenceId: number) => ({
      relatesTo: messageId,
      ...(isEnhanced && { operationId, sequenceId }),
    });
    const action = `${envelope.action}Response`;
    const scope = { caller, faults };
    return {
      perform: async (operation) => {
        const giveBack = this.#state.quota.take(caller.userName);
        try {
          const request = { state: this.#state, envelope, scope, operation, maxEnvelopeSize };
          const body = await perform(request, errorSource);
          const size = Buffer.byteLength(body) + ENVELOPE_AROUND_BODY;
          if (size > maxEnvelopeSize) throw new RequestFault(serviceFaults.replyTooLarge(size));
          return body;
        } finally {
          giveBack();
        }
      },
      writeEvent: (event, sequenceId) =>
        writeResponseEnvelope({ ...headers(sequenceId), action, operationTimeoutMs: EVENT_TIMEOUT_MS, body: event }),
      writeFinal: (body, sequenceId) =>
        writeResponseEnvelope({ ...headers(sequenceId), action, body, fragmentPath: envelope.fragment?.path }),
      writeFault: (error, sequenceId) =>
        writeFaultEnvelope({ ...this.#faultOf(error), machine: serverName, ...headers(sequenceId) }),
    };
  }

  /** An operation whose client does not know enhanced ones, or whose server does not. It ends with its connection. */
  async #runPlainly(envelope: RequestEnvelope, request: EmulatorRequest, plan: OperationPlan): Promise<EmulatorReply> {
    const { clock, errorSource } = this.#options;
    const expiry = new AbortController();
    const operation = new RunningOperation({
      signal: AbortSignal.any([request.signal, expiry.signal]),
      clock,
      options: {},
      send: async () => {},
      errorSource,
    });
    const { operationTimeoutMs } = envelope;
    // A Pull has its own way to say that nothing came in time.
    const cancel =
      operationTimeoutMs === undefined || envelope.action === ACTIONS.pull
        ? undefined
        : clock.schedule(operationTimeoutMs, () => expiry.abort(new RequestFault(serviceFaults.timedOut())));
    try {
      return success(plan.writeFinal(await plan.perform(operation), 1));
    } finally {
      cancel?.();
    }
  }

  #faultOf(error: unknown): SoapFault {
    if (error instanceof RequestFault) return error.fault;
    if (error instanceof ProviderError) return providerFault([error], this.#options.errorSource);
    return serviceFaults.internalError(String(error));
  }

  #identify(caller: Caller): string {
    return writeIdentifyResponse({
      protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
      productVendor: 'Microsoft Corporation',
      // Windows tells its version to authenticated callers only (MS-WSMV 3.1.4.14).
      productVersion: caller.authenticated ? this.#options.productVersion : 'OS: 0.0.0 SP: 0.0 Stack: 3.0',
      securityProfiles: [],
    });
  }
}

/** A message to an operation that runs, not a new one. */
function isAboutOperation({ action, resourceUri }: RequestEnvelope): boolean {
  return action === ACTIONS.interactiveResponse || resourceUri === FULL_DUPLEX || resourceUri === ROBUST_CONNECTION;
}

function refuseByQuota(faults: readonly LabFaultKind[]): void {
  for (const fault of faults) {
    if (fault.kind !== 'quota') continue;
    throw new RequestFault(serviceFaults.quota(fault.code ?? wsmanCode('WSMAN_QUOTA_MAX_OPERATIONS')));
  }
}

function success(text: string): EmulatorReply {
  return { status: 200, contentType: SOAP_CONTENT_TYPE, body: envelopes([text]) };
}

function faultReply(fault: SoapFault, machine: string, relatesTo: string | undefined): EmulatorReply {
  const text = writeFaultEnvelope({ ...fault, machine, relatesTo });
  return { status: FAULT_HTTP_STATUS, contentType: SOAP_CONTENT_TYPE, body: envelopes([text]) };
}

async function* envelopes(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
