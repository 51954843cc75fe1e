import { inspect } from 'node:util';
import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import { WsManFaultError } from '../../wsman/contract/fault-error.js';
import type { SoapReply } from '../../wsman/contract/soap-reply.js';
import type { ForwardRequest, IdentifyResult, WsManClient } from '../../wsman/contract/wsman-client.js';
import type { CimClass } from '../class/cim-class.js';
import { CimException } from '../error/cim-exception.js';
import type { Delegation } from '../error/second-hop.js';
import { withServerName } from '../error/with-server-name.js';
import type { CimInstance, TypedCimInstance } from '../instance/cim-instance.js';
import type { CimInstanceOrigin, CimSessionIdentity } from '../instance/instance-origin.js';
import type { ResourceUriSpelling } from '../instance/resource-uri.js';
import type { CimEnhancedOptions } from '../operations/cim-enhanced-options.js';
import type { CimEnumerateClassesRequest, CimGetClassRequest } from '../operations/class-operations.js';
import type {
  CimAssociatedRequest,
  CimEnumerateRequest,
  CimQueryRequest,
  CimReferencingRequest,
} from '../operations/enumerations.js';
import type {
  CimCreateRequest,
  CimDeleteRequest,
  CimGetRequest,
  CimModifyRequest,
} from '../operations/instance-operations.js';
import type { CimInvocation } from '../operations/method-operations.js';
import type { CimOperationName, OperationChannel } from '../operations/operation-channel.js';
import { type CimOperationOptions, ownDeadline } from '../operations/operation-options.js';
import type { CimSubscribeRequest, CimSubscriptionResult } from '../operations/subscribe.js';
import type { CimMethodFinalResult, CimMethodResult, CimMethodStreamedResult } from '../value/cim-method-result.js';
import { withDeclaredAuthentication } from './authentication-names.js';
import { checkSessionOptions } from './check-session-options.js';
import { delegationOf } from './delegation.js';
import { processSessions } from './session-list.js';
import type * as Operations from './session-operations.js';
import type { CimSessionOptions } from './session-options.js';
import type { CimSessionState, CimSessionStateListener, SessionStateTracker } from './session-state.js';

export type {
  CimInstanceInvocation,
  CimMethodInvocation,
  CimStaticInvocation,
} from '../operations/method-operations.js';
export type { CimOperationOptions } from '../operations/operation-options.js';

const DEFAULT_TIMEOUT_MS = 180_000;

let lastId = 0;

/**
 * Opens a session with a computer, as New-CimSession. Nothing is sent yet: connections are opened when they are needed;
 * {@link CimSession.testConnection} asks at once.
 * @param computerName Name or address; default `localhost`.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for options that are wrong or contradict each other.
 * @example
 * await using session = await newCimSession('dhcpserver.contoso.com', {
 *   credential: { userName: 'CONTOSO\\dhcpadmin', password },
 *   useSsl: true,
 * });
 */
export async function newCimSession(computerName?: string, options: CimSessionOptions = {}): Promise<CimSession> {
  const session = await openCimSession(computerName, options);
  processSessions.add(session);
  return session;
}

/** @internal As {@link newCimSession}, for a session that Get-CimSession does not list: the cmdlet engine's own. */
export async function openCimSession(computerName?: string, options: CimSessionOptions = {}): Promise<CimSession> {
  const name = computerName === undefined || computerName === '' ? 'localhost' : computerName;
  if (typeof name !== 'string') throw invalidArgument('computerName', name, 'Give a host name or an IP address.');
  const settled = withDeclaredAuthentication(options);
  checkSessionOptions(settled);
  const operations = await import('./session-operations.js');
  const { client, tracker } = operations.connect(name, settled);
  return new CimSession(operations, client, {
    computerName: name,
    tracker,
    name: settled.name,
    spelling: settled.resourceUriSpelling ?? 'dmtf',
    operationTimeoutMs: settled.operationTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    delegation: delegationOf(settled),
  });
}

interface SessionSettings {
  readonly computerName: string;
  readonly tracker: SessionStateTracker;
  readonly name: string | undefined;
  readonly spelling: ResourceUriSpelling;
  readonly operationTimeoutMs: number;
  readonly delegation: Delegation;
}

/** A session with one computer. Make it with {@link newCimSession}; close it, or declare it with `await using`. */
export class CimSession implements CimSessionIdentity, AsyncDisposable {
  /** Counts the sessions of this process, from 1. */
  readonly id: number;
  readonly name: string;
  /** A UUID; the `SessionId` of every request. */
  readonly instanceId: string;
  readonly computerName: string;
  readonly protocol = 'WSMAN';
  readonly #operations: typeof Operations;
  readonly #client: WsManClient;
  readonly #settings: SessionSettings;
  readonly #channel: OperationChannel;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(operations: typeof Operations, client: WsManClient, settings: SessionSettings) {
    lastId += 1;
    this.id = lastId;
    this.name = settings.name ?? `CimSession${this.id}`;
    this.instanceId = settings.tracker.instanceId;
    this.computerName = settings.computerName;
    this.#operations = operations;
    this.#client = client;
    this.#settings = settings;
    const origin: CimInstanceOrigin = { session: this };
    this.#channel = operations.withClasses({
      client,
      origin,
      spelling: settings.spelling,
      checkOpen: () => this.#throwIfClosed(),
      translate: (error) =>
        error instanceof WsManFaultError
          ? CimException.fromFault(error, origin, settings.delegation)
          : withServerName(error, settings.computerName),
    });
  }

  /**
   * What the last message to the server has shown; {@link testConnection} finds out now. A session whose server was `unreachable` is good again with
   * the next answer; it need not be replaced.
   */
  get state(): CimSessionState {
    return this.#settings.tracker.state;
  }

  /**
   * Calls `listener` at each change of {@link state}, at once and in the order of the changes. A listener that throws fails no call: it becomes a
   * warning of the process. The function that is given back ends the listening; `close` tells `closed`, and nothing comes after it.
   * @throws CimletError `ERR_INVALID_ARGUMENT` when it is no function.
   * @example const stop = session.onStateChange(({ session, state, error }) => console.log(session.computerName, state, error?.code));
   */
  onStateChange(listener: CimSessionStateListener): () => void {
    return this.#settings.tracker.onChange(listener);
  }

  /** No more calls are possible. */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * Asks the server who it is (WS-Management's Identify), with the session's credential unless `anonymous`.
   * @throws CimletError the reason why it cannot be reached or does not let the caller in.
   */
  testConnection(options: CimOperationOptions & { readonly anonymous?: boolean } = {}): Promise<IdentifyResult> {
    const anonymous = options?.anonymous === true;
    return this.#run('testConnection', options, (deadline) => this.#client.identify({ deadline, anonymous }));
  }

  /**
   * Gets one instance, named by an instance that has its keys (a reference, too) or by its class and keys.
   * @throws CimException when the server reports an error (`nativeErrorCode: 'NotFound'`); CimletError as for {@link invokeMethod}.
   * @example await session.getInstance({ namespace: 'root/cimv2', className: 'Win32_Service', keys: { Name: 'DHCPServer' } })
   */
  getInstance<T extends object = Record<never, never>>(request: CimGetRequest): Promise<TypedCimInstance<T>> {
    return this.#operate('getInstance', request, (own, deadline) =>
      this.#operations.getInstance<T>(this.#channel, own, deadline),
    );
  }

  /**
   * The instances of a class, in pages that are fetched as the iteration needs them, one ahead. Nothing is sent before it is iterated;
   * leaving it early releases what the server holds. The class is fetched beside the first page, once a session; see `typeInformation`.
   * @throws while it is iterated, what {@link getInstance} throws.
   * @example for await (const service of session.enumerateInstances({ namespace: 'root/cimv2', className: 'Win32_Service' })) console.log(service.Name);
   */
  enumerateInstances<T extends object = Record<never, never>>(
    request: CimEnumerateRequest,
  ): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
    return this.#operations.enumerateInstances<T>(this.#channel, request, this.#patienceMs);
  }

  /** The instances that a query gives. Otherwise as {@link enumerateInstances}. */
  queryInstances<T extends object = Record<never, never>>(
    request: CimQueryRequest,
  ): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
    return this.#operations.queryInstances<T>(this.#channel, request, this.#patienceMs);
  }

  /** The instances at the other end of the associations of one. Otherwise as {@link enumerateInstances}. */
  enumerateAssociatedInstances<T extends object = Record<never, never>>(
    request: CimAssociatedRequest,
  ): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
    return this.#operations.enumerateAssociatedInstances<T>(this.#channel, request, this.#patienceMs);
  }

  /** The associations that refer to an instance. Otherwise as {@link enumerateInstances}. */
  enumerateReferencingInstances<T extends object = Record<never, never>>(
    request: CimReferencingRequest,
  ): AsyncGenerator<TypedCimInstance<T>, void, undefined> {
    return this.#operations.enumerateReferencingInstances<T>(this.#channel, request, this.#patienceMs);
  }

  /**
   * Creates an instance on the server, and gives its keys as the server says them; {@link getInstance} gets the rest.
   * @throws what {@link getInstance} throws.
   */
  createInstance(request: CimCreateRequest): Promise<CimInstance> {
    return this.#operate('createInstance', request, (own, deadline) =>
      this.#operations.createInstance(this.#channel, own, deadline),
    );
  }

  /**
   * Writes the properties that were set since the instance came from the server, and no others; all of an instance that was made here.
   * Gives the instance as the server has it now, or the given one when the server does not send it.
   * @throws what {@link getInstance} throws.
   * @example
   * service.cimInstanceProperties.set('StartMode', 'Manual');
   * await session.modifyInstance({ instance: service });
   */
  modifyInstance<T extends object = Record<never, never>>(request: CimModifyRequest): Promise<TypedCimInstance<T>> {
    return this.#operate('modifyInstance', request, (own, deadline) =>
      this.#operations.modifyInstance<T>(this.#channel, own, deadline),
    );
  }

  /** Deletes an instance, named as for {@link getInstance}. @throws what {@link getInstance} throws. */
  deleteInstance(request: CimDeleteRequest): Promise<void> {
    return this.#operate('deleteInstance', request, (own, deadline) =>
      this.#operations.deleteInstance(this.#channel, own, deadline),
    );
  }

  /**
   * Invokes a method of a class, or of an instance when `instance` is given.
   * @throws CimException when the server reports an error; CimletError `ERR_INVALID_ARGUMENT` before anything is sent when a parameter
   * is wrong, `ERR_TIMEOUT`, `ERR_ABORTED`, `ERR_SESSION_CLOSED` and the errors of the connection.
   */
  invokeMethod(invocation: CimInvocation): Promise<CimMethodResult> {
    // Whatever is wrong with it is told by a promise.
    if (invocation?.onOutput !== undefined)
      return this.#operations.invokeMethodWithOutput(this.#channel, invocation, this.#patienceMs);
    return this.#operate('invokeMethod', invocation, (own, deadline) =>
      this.#operations.invokeMethod(this.#channel, own, deadline),
    );
  }

  /**
   * Invokes a method whose out parameters the server may stream: values as they come (`type: 'item'`), the result last (`type: 'final'`).
   * From a server that does not stream everything comes with the result. Leaving the iteration early cancels the method on the server.
   */
  invokeMethodStreaming(
    invocation: CimInvocation,
  ): AsyncGenerator<CimMethodStreamedResult | CimMethodFinalResult, void, undefined> {
    return this.#operations.invokeMethodStreaming(this.#channel, invocation, this.#patienceMs);
  }

  /**
   * @internal Sends the body of somebody who speaks SOAP himself, and gives the reply as it is, a fault too.
   * @throws what {@link invokeMethod} throws, but for CimException.
   */
  forward(request: Omit<ForwardRequest, 'deadline' | 'options'>, options: CimOperationOptions): Promise<SoapReply> {
    const forwarded = { ...request, options: this.#operations.requestOptions({}) };
    return this.#run(undefined, options, (deadline) => this.#client.forward({ ...forwarded, deadline }));
  }

  /**
   * A class with its properties, methods and qualifiers. The session remembers it; `refresh` asks the server again.
   * @throws CimException (`nativeErrorCode: 'InvalidClass'`, …); CimletError `ERR_PROTOCOL` when the server gives no metadata in CIM-XML.
   */
  getClass(request: CimGetClassRequest): Promise<CimClass> {
    return this.#run('getClass', request, (deadline) => this.#operations.getClass(this.#channel, request, deadline));
  }

  /** The classes of a namespace, or those below one of them. Otherwise as {@link enumerateInstances}. */
  enumerateClasses(request: CimEnumerateClassesRequest): AsyncGenerator<CimClass, void, undefined> {
    return this.#operations.enumerateClasses(this.#channel, request, this.#patienceMs);
  }

  /**
   * Indications, fetched from the server by pulls, until `timeoutMs` or `signal` ends it or the iteration is left, which unsubscribes.
   * @throws what {@link getInstance} throws, while it is iterated.
   */
  subscribe<T extends object = Record<never, never>>(
    request: CimSubscribeRequest,
  ): AsyncGenerator<CimSubscriptionResult<T>, void, undefined> {
    return this.#operations.subscribe<T>(this.#channel, request);
  }

  /** Ends the session's connections; calls in flight fail with `ERR_SESSION_CLOSED`. Idempotent. */
  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = this.#client.close();
      this.#settings.tracker.become('closed');
    }
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toString(): string {
    return `CimSession: ${this.computerName}`;
  }

  /** What Get-CimSession shows. */
  toJSON(): Record<string, unknown> {
    const { id, name, instanceId, computerName, protocol } = this;
    return { id, name, instanceId, computerName, protocol };
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return `CimSession ${print(this.toJSON(), options)}`;
  }

  /** Runs an operation, as an enhanced one when its caller listens: what the caller takes to answer is not the server's time. */
  #operate<R extends CimOperationOptions & CimEnhancedOptions, T>(
    operation: CimOperationName,
    request: R,
    call: (request: R, deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    return this.#operations.isEnhanced(request)
      ? this.#runEnhanced(operation, request, call)
      : this.#run(operation, request, (deadline) => call(request, deadline));
  }

  async #runEnhanced<R extends CimOperationOptions & CimEnhancedOptions, T>(
    operation: CimOperationName,
    request: R,
    call: (request: R, deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    this.#channel.checkRequest(operation, request);
    const patienceMs = request.timeoutMs === undefined ? this.#patienceMs : Number.POSITIVE_INFINITY;
    this.#throwIfClosed();
    using patience = new this.#operations.ServerPatience(request, patienceMs);
    try {
      patience.resume();
      patience.deadline.throwIfDone();
      return await call(this.#operations.pauseWhileAsked(request, patience), patience.deadline);
    } catch (error) {
      throw this.#channel.translate(error);
    }
  }

  async #run<T>(
    operation: CimOperationName | undefined,
    options: CimOperationOptions,
    call: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    if (operation !== undefined) this.#channel.checkRequest(operation, options);
    this.#throwIfClosed();
    // Not declared with `using`: what TypeScript makes of it allocates more than the rest of this method.
    const own = ownDeadline(options, this.#patienceMs);
    const deadline = own ?? (options.deadline as Deadline);
    try {
      deadline.throwIfDone();
      return await call(deadline);
    } catch (error) {
      throw this.#channel.translate(error);
    } finally {
      own?.[Symbol.dispose]();
    }
  }

  get #patienceMs(): number {
    return this.#settings.operationTimeoutMs;
  }

  #throwIfClosed(): void {
    if (this.#closing === undefined) return;
    throw new CimletError('ERR_SESSION_CLOSED', `The session ${this.name} with ${this.computerName} is closed.`, {
      hint: 'Open a new one with newCimSession.',
    });
  }
}
