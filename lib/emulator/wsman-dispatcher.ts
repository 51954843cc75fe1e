import { isCimletError } from '../base/errors.js';
import type { CimValue } from '../cim/cim-type.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../cim/class-declaration.js';
import { type ClassLookup, readMethodInput, writeMethodOutput } from '../cim/codec/index.js';
import { type CimResource, parseCimResource } from '../cim/resource-uri.js';
import { FAULT_HTTP_STATUS, writeFaultEnvelope } from '../wsman/fault-envelope.js';
import { SOAP_CONTENT_TYPE } from '../wsman/namespaces.js';
import { IDENTIFY_ACTION, type RequestEnvelope, readRequestEnvelope } from '../wsman/request-envelope.js';
import { RequestFault } from '../wsman/request-fault.js';
import { writeIdentifyResponse, writeResponseEnvelope } from '../wsman/response-envelope.js';
import type { SoapFault } from '../wsman/soap-fault.js';
import { MethodArguments } from './dhcp/provider/method-arguments.js';
import { OutputInstances } from './dhcp/provider/output-instances.js';
import type { ProviderContext, ProviderResult } from './dhcp/provider/provider-context.js';
import { findProviderMethod, type ProviderMethod } from './dhcp/provider/provider-methods.js';
import { ProviderError } from './dhcp/provider-error.js';
import { applyDelays, applyToReply } from './fault-injector.js';
import type { LabFaultKind } from './lab-fault.js';
import type { Caller, EmulatorReply, EmulatorRequest, RequestHandler } from './request-handler.js';
import { providerFault, serviceFaults, wmiFaults, wsmanCode } from './wsman-faults.js';

/** What the dispatcher of one emulated server needs. */
export interface DispatcherOptions {
  /** Full name of the server: `Machine` of its faults. */
  readonly serverName: string;
  /** `OS: 10.0.20348 SP: 0.0 Stack: 3.0`. */
  readonly productVersion: string;
  readonly namespace: string;
  readonly classes: ClassLookup;
  /** The provider as this caller meets it. */
  readonly context: (caller: Caller, faults: readonly LabFaultKind[]) => ProviderContext;
  /** Takes the injected faults that hit a request with this action. */
  readonly takeFaults: (action: string) => readonly LabFaultKind[];
}

/** MaxEnvelopeSizekb of Windows' default configuration. */
const SERVER_ENVELOPE_LIMIT = 512_000;
/** The least MaxEnvelopeSize that DSP0226 6.2 lets a service take. */
const LEAST_ENVELOPE = 8_192;

/** The WS-Management service of one emulated server: Identify, and Invoke on the PS_ classes under both spellings of their URI. */
export function createWsManDispatcher(options: DispatcherOptions): RequestHandler {
  const output = new OutputInstances(options.classes);
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
    const faults = options.takeFaults(envelope.action);
    const timedOut = await delayed(faults, envelope.operationTimeoutMs, request.signal);
    const reply = timedOut
      ? faultReply(serviceFaults.timedOut(), options.serverName, envelope.messageId)
      : answer(options, output, envelope, request, faults);
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

function answer(
  options: DispatcherOptions,
  output: OutputInstances,
  envelope: RequestEnvelope,
  request: EmulatorRequest,
  faults: readonly LabFaultKind[],
): EmulatorReply {
  try {
    if (envelope.action === IDENTIFY_ACTION) return success(identify(options, request.caller));
    refuseByQuota(faults);
    const text = invoke(options, output, envelope, request, faults);
    const size = Buffer.byteLength(text);
    const limit = Math.min(envelope.maxEnvelopeSize ?? SERVER_ENVELOPE_LIMIT, SERVER_ENVELOPE_LIMIT);
    if (size > limit) throw new RequestFault(serviceFaults.replyTooLarge(size));
    return success(text);
  } catch (error) {
    const fault = error instanceof RequestFault ? error.fault : serviceFaults.internalError(String(error));
    return faultReply(fault, options.serverName, envelope.messageId, envelope);
  }
}

function refuseByQuota(faults: readonly LabFaultKind[]): void {
  for (const fault of faults) {
    if (fault.kind !== 'quota') continue;
    throw new RequestFault(serviceFaults.quota(fault.code ?? wsmanCode('WSMAN_QUOTA_MAX_OPERATIONS')));
  }
}

function identify(options: DispatcherOptions, caller: Caller): string {
  return writeIdentifyResponse({
    protocolVersion: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
    productVendor: 'Microsoft Corporation',
    // Windows tells its version to authenticated callers only (MS-WSMV 3.1.4.14).
    productVersion: caller.authenticated ? options.productVersion : 'OS: 0.0.0 SP: 0.0 Stack: 3.0',
    securityProfiles: [],
  });
}

interface Target {
  readonly declaration: CimClassDeclaration;
  readonly method: CimMethodDeclaration;
  readonly run: ProviderMethod;
}

function invoke(
  options: DispatcherOptions,
  output: OutputInstances,
  envelope: RequestEnvelope,
  request: EmulatorRequest,
  faults: readonly LabFaultKind[],
): string {
  if (!request.caller.authenticated) throw new RequestFault(serviceFaults.accessDenied());
  if (envelope.maxEnvelopeSize !== undefined && envelope.maxEnvelopeSize < LEAST_ENVELOPE) {
    throw new RequestFault(serviceFaults.envelopeTooSmall(LEAST_ENVELOPE));
  }
  const { declaration, method, run } = findTarget(options, envelope);
  const parameters = readParameters(options, envelope, declaration, method);
  const result = runMethod(() => run(options.context(request.caller, faults), new MethodArguments(parameters), output));
  if (result.errors.length > 0) throw new RequestFault(providerFault(result.errors, options.serverName));
  return writeResponseEnvelope({
    action: `${envelope.action}Response`,
    relatesTo: envelope.messageId,
    operationId: envelope.operationId,
    sequenceId: envelope.operationId === undefined ? undefined : 1,
    body: writeMethodOutput({
      resourceUri: envelope.resourceUri,
      method,
      outParameters: outParameters(method, result.output),
      returnValue: 0,
    }),
  });
}

function findTarget(options: DispatcherOptions, envelope: RequestEnvelope): Target {
  const resource = parseCimResource(envelope.resourceUri, envelope.selectors);
  if (resource === undefined) throw new RequestFault(serviceFaults.resourceNotFound(envelope.resourceUri));
  const declaration = findClass(options, resource);
  const prefix = `${envelope.resourceUri}/`;
  if (!envelope.action.toLowerCase().startsWith(prefix.toLowerCase())) {
    throw new RequestFault(serviceFaults.actionNotSupported(envelope.action));
  }
  const name = envelope.action.slice(prefix.length);
  const method = declaration.methods.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  const run = method && findProviderMethod(declaration.className, method.name);
  if (method === undefined || run === undefined)
    throw new RequestFault(wmiFaults.invalidMethod(resource.className, name));
  const keys = Object.keys(resource.keys);
  // The methods are static: there is no instance for a selector to name.
  if (keys.length > 0) throw new RequestFault(serviceFaults.unexpectedSelectors(keys));
  return { declaration, method, run };
}

function findClass(options: DispatcherOptions, resource: CimResource): CimClassDeclaration {
  const namespace = resource.namespace ?? 'root/cimv2';
  if (namespace.toLowerCase() !== options.namespace.toLowerCase()) {
    throw new RequestFault(
      namespace.toLowerCase() === 'root/cimv2'
        ? wmiFaults.invalidClass(resource.className)
        : wmiFaults.invalidNamespace(namespace),
    );
  }
  const declaration = options.classes(resource.className);
  if (declaration === undefined) throw new RequestFault(wmiFaults.invalidClass(resource.className));
  return declaration;
}

function readParameters(
  options: DispatcherOptions,
  envelope: RequestEnvelope,
  declaration: CimClassDeclaration,
  method: CimMethodDeclaration,
): Record<string, CimValue> {
  try {
    return readMethodInput(envelope.body, method, {
      namespace: options.namespace,
      classes: options.classes,
      className: declaration.className,
    });
  } catch (error) {
    if (isCimletError(error)) throw new RequestFault(wmiFaults.invalidParameters(error.message));
    throw error;
  }
}

function runMethod(run: () => ProviderResult<CimValue>): ProviderResult<CimValue> {
  try {
    return run();
  } catch (error) {
    if (error instanceof ProviderError) return { output: [], errors: [error] };
    throw error;
  }
}

/** `cmdletOutput` as declared: an array, or the one value; nothing at all when there is none. */
function outParameters(method: CimMethodDeclaration, values: readonly CimValue[]): Record<string, CimValue> {
  const declared = method.parameters.find((parameter) => parameter.direction !== 'in');
  const [first] = values;
  if (declared === undefined || first === undefined) return {};
  return { [declared.name]: declared.isArray === true ? (values as CimValue) : first };
}

function success(text: string): EmulatorReply {
  return { status: 200, contentType: SOAP_CONTENT_TYPE, body: envelopes([text]) };
}

function faultReply(
  fault: SoapFault,
  machine: string,
  relatesTo: string | undefined,
  envelope?: RequestEnvelope,
): EmulatorReply {
  const operationId = envelope?.operationId;
  const text = writeFaultEnvelope({ ...fault, machine, relatesTo, operationId });
  return { status: FAULT_HTTP_STATUS, contentType: SOAP_CONTENT_TYPE, body: envelopes([text]) };
}

async function* envelopes(texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
