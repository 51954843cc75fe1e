import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import type { EnhancedEvent } from '../../wsman/contract/enhanced-event.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import { outputDecoding } from '../codec/decoding.js';
import { inferMethod, withReturnType } from '../codec/method-on-wire.js';
import type { ReadContext } from '../codec/read-context.js';
import { readMethodOutput } from '../codec/read-method-output.js';
import { readStreamedValue } from '../codec/read-streamed-value.js';
import { writeMethodInput } from '../codec/write-method-input.js';
import { instanceTarget } from '../codec/write-reference.js';
import { CimInstance } from '../instance/cim-instance.js';
import { isSameName, resourceTarget } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from '../value/cim-method-result.js';
import type { CimClassDeclaration, CimMethodDeclaration, CimParameterDeclaration } from '../value/class-declaration.js';
import { convertedValue } from '../value/converted-value.js';
import { type CimEnhancedOptions, enhancedOptions, isEnhanced } from './cim-enhanced-options.js';
import type { ClassCache } from './class-cache.js';
import { fetchDeclaredClasses, fetchEmbeddedClasses } from './embedded-classes.js';
import {
  checkClassName,
  checkNamespace,
  knownClasses,
  type OperationChannel,
  requestOptions,
  withResourceUri,
} from './operation-channel.js';
import type { CimRequestOptions } from './operation-options.js';
import { dispatchCallback, type EnhancedOutcome, isOutcome, runEnhanced } from './run-enhanced.js';
import { ServerPatience } from './server-patience.js';

/** What every invocation has. */
export interface CimMethodInvocation extends CimRequestOptions, CimEnhancedOptions {
  /** Its declaration, or its name: then it is looked up in the class, which is fetched once a session. */
  readonly method: CimMethodDeclaration | string;
  /** By name, whatever its case. `undefined` is left out, null is sent as null. A Secret stands for its string. */
  readonly parameters?: Readonly<Record<string, CimInput | undefined>> | undefined;
  /** Values become the types that the method declares, as MMI's CimMethodParameter converts them: `'9'` is 9. Default false: they have to fit. */
  readonly convertsValues?: boolean | undefined;
  /** Declarations of the classes whose instances come back; others are read by what the server says of them. */
  readonly outputClasses?: readonly CimClassDeclaration[] | undefined;
  /**
   * Called for each value of an out parameter that the server streams while the method still runs; a promise is waited for before the next
   * one is taken. With it the method is invoked as an enhanced operation. What is streamed is not in the result again.
   */
  readonly onOutput?: ((item: CimMethodStreamedResult) => void | Promise<void>) | undefined;
  /** The server may run the method twice without harm, so it is sent again when the connection broke. Default false. */
  readonly repeatable?: boolean | undefined;
}

/** A static method of a class. */
export interface CimStaticInvocation extends CimMethodInvocation {
  readonly namespace: string;
  readonly className: string;
  readonly instance?: undefined;
}

/** A method of one instance, named by its keys. */
export interface CimInstanceInvocation extends CimMethodInvocation {
  readonly instance: CimInstance;
  /** Default: the instance's. */
  readonly namespace?: string | undefined;
  /** Default: the instance's. */
  readonly className?: string | undefined;
}

export type CimInvocation = CimStaticInvocation | CimInstanceInvocation;

export async function invokeMethod(
  channel: OperationChannel,
  invocation: CimInvocation,
  deadline: Deadline,
): Promise<CimMethodResult> {
  const call = await prepare(channel, invocation, deadline);
  const { client, origin } = channel;
  if (!isEnhanced(invocation)) return call.takeOutput(await client.invoke(call.request));
  const events = client.invokeEnhanced(call.request.makeEnhanced(enhancedOptions(invocation)));
  return call.takeOutput(await runEnhanced(events, invocation, origin));
}

/** Hands the values of streamed out parameters on as they come. */
export async function invokeMethodWithOutput(
  channel: OperationChannel,
  invocation: CimInvocation,
  patienceMs: number,
): Promise<CimMethodResult> {
  channel.checkRequest('invokeMethod', invocation);
  // Not declared with `using`, as in CimSession: it is made for every call.
  const patience = new ServerPatience(invocation, patienceMs);
  try {
    const streaming = stream(channel, invocation, patience);
    const { call, events } = streaming instanceof Promise ? await streaming : streaming;
    const { onOutput } = invocation;
    for await (const event of events) {
      patience.pause();
      if (!isOutcome(event)) {
        const answered = dispatchCallback(event, invocation, channel.origin);
        if (answered !== undefined) await answered;
      } else if (event.type === 'final') return await call.takeOutput(event.body);
      else if (event.type === 'streamingOutput') await onOutput?.(streamedResult(call, event));
      patience.resume();
    }
    throw new TypeError('The operation ended without a result.');
  } catch (error) {
    throw channel.translate(error);
  } finally {
    patience[Symbol.dispose]();
  }
}

/** The values of streamed out parameters as they come, the result last. */
export async function* invokeMethodStreaming(
  channel: OperationChannel,
  invocation: CimInvocation,
  patienceMs: number,
): AsyncGenerator<CimMethodStreamedResult | CimMethodFinalResult, void, undefined> {
  channel.checkRequest('invokeMethod', invocation);
  using patience = new ServerPatience(invocation, patienceMs);
  try {
    const { call, events } = await stream(channel, invocation, patience);
    for await (const event of events) {
      patience.pause();
      if (!isOutcome(event)) await dispatchCallback(event, invocation, channel.origin);
      else if (event.type === 'final') yield { type: 'final', ...(await call.takeOutput(event.body)) };
      else if (event.type === 'streamingOutput') yield streamedResult(call, event);
      patience.resume();
    }
  } catch (error) {
    throw channel.translate(error);
  }
}

/** No literal, as all that lives as long as a call: see docs/project/performance.md. */
class StreamedCall {
  constructor(
    readonly call: PreparedCall,
    readonly events: AsyncIterable<EnhancedEvent>,
  ) {}
}

/** A promise only where something of it has to be fetched. */
function stream(
  channel: OperationChannel,
  invocation: CimInvocation,
  patience: ServerPatience,
): StreamedCall | Promise<StreamedCall> {
  const { deadline } = patience;
  channel.checkOpen();
  deadline.throwIfDone();
  patience.resume();
  const begin = (call: PreparedCall) =>
    new StreamedCall(call, channel.client.invokeEnhanced(call.request.makeEnhanced(enhancedOptions(invocation, true))));
  const beginFetched = (call: PreparedCall) => call.fetchDeclaredOutput()?.then(() => begin(call)) ?? begin(call);
  const call = prepare(channel, invocation, deadline);
  return call instanceof Promise ? call.then(beginFetched) : beginFetched(call);
}

function streamedResult(
  { method, context }: PreparedCall,
  event: Extract<EnhancedOutcome, { readonly type: 'streamingOutput' }>,
): CimMethodStreamedResult {
  return {
    type: 'item',
    parameterName: event.name,
    itemValue: readStreamedValue(event, method, context),
    itemType: event.cimType,
  };
}

function givenParameters(
  { parameters: declared }: CimMethodDeclaration,
  { parameters = {}, convertsValues = false }: CimInvocation,
): Readonly<Record<string, CimInput | undefined>> {
  if (!convertsValues) return parameters;
  const converted = Object.entries(parameters).map(([name, value]) => {
    const parameter = declared.find((one) => isSameName(one.name, name));
    return [name, value === undefined || parameter === undefined ? value : convertedValue(parameter, value)] as const;
  });
  return Object.fromEntries(converted);
}

/** No literal, as all that lives as long as a call: see docs/project/performance.md. */
class MethodRequest {
  readonly target: ResourceTarget;
  readonly method: string;
  readonly body: string;
  readonly options: ReturnType<typeof requestOptions>;
  readonly repeatable: boolean;
  readonly deadline: Deadline;
  readonly operationTimeoutMs: number | undefined;
  /** Undefined while classes may have to be fetched for what comes. */
  readonly makers: ElementMakers | undefined;
  enhanced: ReturnType<typeof enhancedOptions> | undefined;

  constructor(
    target: ResourceTarget,
    method: CimMethodDeclaration,
    invocation: CimInvocation,
    deadline: Deadline,
    makers: ElementMakers | undefined,
  ) {
    const { repeatable = false } = invocation;
    const parameters = givenParameters(method, invocation);
    this.target = target;
    this.method = method.name;
    this.body = writeMethodInput({ resourceUri: target.resourceUri, method, parameters });
    this.options = requestOptions(invocation);
    this.repeatable = repeatable;
    this.deadline = deadline;
    this.operationTimeoutMs = invocation.operationTimeoutMs;
    this.makers = makers;
  }

  /** From now on the request of an enhanced operation. */
  makeEnhanced(enhanced: ReturnType<typeof enhancedOptions>): this & { readonly enhanced: typeof enhanced } {
    this.enhanced = enhanced;
    return this as this & { readonly enhanced: typeof enhanced };
  }
}

class PreparedCall {
  readonly method: CimMethodDeclaration;
  readonly request: MethodRequest;
  readonly context: ReadContext & { readonly className: string };
  readonly #isDeclared: boolean;
  /** Where the classes of its output come from; undefined when the caller has given them. */
  readonly #classes: ClassCache | undefined;

  constructor(
    request: MethodRequest,
    { method, isDeclared }: FoundMethod,
    context: PreparedCall['context'],
    classes: ClassCache | undefined,
  ) {
    this.method = method;
    this.request = request;
    this.context = context;
    this.#isDeclared = isDeclared;
    this.#classes = classes;
  }

  /** Before the operation takes its connection. What cannot be had is read by what the values say. */
  fetchDeclaredOutput(): Promise<void> | undefined {
    const { context, request, method } = this;
    const classes = this.#classes;
    const outputs = classes === undefined ? [] : method.parameters.filter(isOutput);
    if (classes === undefined || !outputs.some(({ type }) => type === 'instance')) return undefined;
    const { deadline } = request;
    return fetchDeclaredClasses({ classes, namespace: context.namespace }, outputs, deadline);
  }

  /** The result; a promise only when classes have to be fetched for it. */
  takeOutput(output: XmlElement | undefined): CimMethodResult | Promise<CimMethodResult> {
    const classes = this.#classes;
    if (output === undefined || classes === undefined) return this.#readOutput(output);
    const { context, request, method } = this;
    const { namespace } = context;
    const members = (name: string) =>
      method.parameters.find((parameter) => isOutput(parameter) && isSameName(parameter.name, name));
    const fetching = fetchEmbeddedClasses({ classes, namespace }, output, members, request.deadline);
    // It has taken effect: a class that cannot be had now is no reason to say that it failed.
    return fetching === undefined
      ? this.#readOutput(output)
      : fetching.catch(() => {}).then(() => this.#readOutput(output));
  }

  #readOutput(output: XmlElement | undefined): CimMethodResult {
    const { method, context } = this;
    if (output === undefined) {
      throw new CimletError('ERR_PROTOCOL', `The response to ${context.className}.${method.name} has an empty body.`);
    }
    return readMethodOutput(output, this.#isDeclared ? method : withReturnType(method, output), context);
  }
}

function isOutput({ direction }: CimParameterDeclaration): boolean {
  return direction !== 'in';
}

/** A promise only for a method that has to be looked up. */
function prepare(
  channel: OperationChannel,
  invocation: CimInvocation,
  deadline: Deadline,
): PreparedCall | Promise<PreparedCall> {
  const { method, instance } = invocation;
  const namespace = checkNamespace(invocation.namespace ?? (instance && CimInstance.namespaceOf(instance)));
  const className = checkClassName(invocation.className ?? instance?.cimClass.className);
  const place = { namespace, className };
  if (typeof method !== 'string') return prepared(channel, invocation, deadline, place, { method, isDeclared: true });
  return methodNamed(channel, method, invocation, place, deadline).then((found) =>
    prepared(channel, invocation, deadline, place, found),
  );
}

function prepared(
  channel: OperationChannel,
  invocation: CimInvocation,
  deadline: Deadline,
  { namespace, className }: MethodPlace,
  found: FoundMethod,
): PreparedCall {
  const { method } = found;
  const { instance, outputClasses } = invocation;
  if (instance === undefined && !method.isStatic) {
    throw invalidArgument(`${className}.${method.name}`, 'class', 'This is a method of an instance: give instance.');
  }
  const { spelling } = channel;
  const target =
    method.isStatic || instance === undefined
      ? resourceTarget(namespace, className, { spelling })
      : instanceTarget(instance, { spelling, namespace, className });
  const context = {
    namespace,
    className,
    classes: knownClasses(channel, namespace, { classes: outputClasses }),
    origin: channel.origin,
  };
  const makers = outputClasses === undefined ? undefined : outputDecoding(method, context);
  const request = new MethodRequest(withResourceUri(target, invocation), method, invocation, deadline, makers);
  return new PreparedCall(request, found, context, outputClasses === undefined ? channel.classes : undefined);
}

interface MethodPlace {
  readonly namespace: string;
  readonly className: string;
}

interface FoundMethod {
  readonly method: CimMethodDeclaration;
  readonly isDeclared: boolean;
}

/** The declaration: the instance's class's, or the fetched class's; without metadata made up from the values. */
async function methodNamed(
  channel: OperationChannel,
  method: string,
  { instance, parameters = {} }: CimInvocation,
  { namespace, className }: MethodPlace,
  deadline: Deadline,
): Promise<FoundMethod> {
  const declared =
    findMethod(instance?.cimClass, method) ??
    findMethod(await channel.classes.find(namespace, className, deadline), method);
  if (declared !== undefined) return { method: declared, isDeclared: true };
  const known = channel.classes.lookup(namespace)(className);
  if (known !== undefined) {
    const names = known.methods.map(({ name }) => name);
    throw invalidArgument(
      `${className}.method`,
      method,
      names.length === 0 ? 'The class has no method.' : `The class has ${names.join(', ')}.`,
    );
  }
  if (!/^[A-Za-z_]\w*$/.test(method)) throw invalidArgument('method', method, 'Give the name of a method.');
  return { method: inferMethod(method, instance === undefined, parameters), isDeclared: false };
}

function findMethod(declaration: CimClassDeclaration | undefined, name: string): CimMethodDeclaration | undefined {
  const lower = name.toLowerCase();
  return declaration?.methods.find((method) => method.name.toLowerCase() === lower);
}
