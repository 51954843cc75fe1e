import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Deadline, type DeadlineOptions } from '../base/deadline.js';
import { CimletError, invalidArgument } from '../base/errors.js';
import { createWsManClient } from '../wsman/client.js';
import { WsManFaultError } from '../wsman/fault-error.js';
import type { IdentifyResult, WsManClient, WsManOption } from '../wsman/wsman-client.js';
import { CimException } from './cim-exception.js';
import type { CimInput } from './cim-input.js';
import type { CimInstance, CimInstanceOrigin, CimSessionIdentity } from './cim-instance.js';
import type { CimMethodResult } from './cim-method-result.js';
import type { CimClassDeclaration, CimMethodDeclaration } from './class-declaration.js';
import { writeMethodInput } from './codec/method-input.js';
import { readMethodOutput } from './codec/method-output.js';
import { classLookup } from './codec/read-context.js';
import { keySelectors } from './codec/reference.js';
import { type ResourceUriSpelling, resourceTarget } from './resource-uri.js';
import { type Delegation, delegationOf } from './second-hop.js';
import { type CimSessionOptions, checkSessionOptions } from './session-options.js';
import { sessionTransport } from './session-transport.js';

/** How long one call may take: its own limit and signal, or the deadline of a larger whole, which then counts alone. */
export interface CimOperationOptions extends DeadlineOptions {
  readonly deadline?: Deadline | undefined;
}

/** What every invocation has. */
export interface CimMethodInvocation extends CimOperationOptions {
  readonly method: CimMethodDeclaration;
  /** By name, whatever its case. `undefined` is left out, null is sent as null. A Secret stands for its string. */
  readonly parameters?: Readonly<Record<string, CimInput | undefined>>;
  /** Declarations of the classes whose instances come back; others are read by what the server says of them. */
  readonly outputClasses?: readonly CimClassDeclaration[] | undefined;
  /** The server may run the method twice without harm, so it is sent again when the connection broke. Default false. */
  readonly repeatable?: boolean | undefined;
  /** Sent beside `UsePreciseArrays`. */
  readonly operationOptions?: readonly WsManOption[] | undefined;
  /** Replaces the class's resource URI. */
  readonly resourceUri?: string | undefined;
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

const DEFAULT_TIMEOUT_MS = 180_000;
/** MS-WSMV 4.11.2: keeps a null array apart from an empty one. */
const PRECISE_ARRAYS: WsManOption = { name: 'msftwinrm:UsePreciseArrays', value: 'true', type: 'xs:boolean' };

/** DSP0004 annex A: letters, digits and underscores; whatever is above ASCII counts as a letter. */
const CIM_NAME = /^[A-Za-z_\u0080-\uFFEF][\w\u0080-\uFFEF]*$/;

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
  const name = computerName === undefined || computerName === '' ? 'localhost' : computerName;
  if (typeof name !== 'string') throw invalidArgument('computerName', name, 'Give a host name or an IP address.');
  checkSessionOptions(options);
  const { culture, uiCulture, maxEnvelopeSize } = options;
  const instanceId = randomUUID();
  const client = createWsManClient(sessionTransport(name, options), {
    sessionId: `uuid:${instanceId.toUpperCase()}`,
    ...(uiCulture === undefined ? {} : { locale: uiCulture }),
    ...(culture === undefined ? {} : { dataLocale: culture }),
    ...(maxEnvelopeSize === undefined ? {} : { maxEnvelopeSize }),
  });
  return new CimSession(client, {
    computerName: name,
    instanceId,
    name: options.name,
    spelling: options.resourceUriSpelling ?? 'dmtf',
    operationTimeoutMs: options.operationTimeoutMs ?? DEFAULT_TIMEOUT_MS,
    delegation: delegationOf(options),
  });
}

interface SessionSettings {
  readonly computerName: string;
  readonly instanceId: string;
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
  readonly #client: WsManClient;
  readonly #settings: SessionSettings;
  readonly #origin: CimInstanceOrigin;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(client: WsManClient, settings: SessionSettings) {
    lastId += 1;
    this.id = lastId;
    this.name = settings.name ?? `CimSession${this.id}`;
    this.instanceId = settings.instanceId;
    this.computerName = settings.computerName;
    this.#client = client;
    this.#settings = settings;
    this.#origin = { session: this };
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
    const { anonymous = false } = options;
    return this.#run(options, (deadline) => this.#client.identify({ deadline, anonymous }));
  }

  /**
   * Invokes a method of a class, or of an instance when `instance` is given.
   * @throws CimException when the server reports an error; CimletError `ERR_INVALID_ARGUMENT` before anything is sent when a parameter
   * is wrong, `ERR_TIMEOUT`, `ERR_ABORTED`, `ERR_SESSION_CLOSED` and the errors of the connection.
   */
  invokeMethod(invocation: CimStaticInvocation | CimInstanceInvocation): Promise<CimMethodResult> {
    return this.#run(invocation, async (deadline) => {
      const { method, instance, outputClasses, operationOptions = [] } = invocation;
      const className = invocation.className ?? instance?.cimClass.className ?? '';
      const namespace = invocation.namespace ?? instance?.namespace ?? '';
      if (namespace === '')
        throw invalidArgument('namespace', namespace, 'Give the CIM namespace, such as root/cimv2.');
      if (!CIM_NAME.test(className)) throw invalidArgument('className', className, 'Give the name of a CIM class.');
      if (instance === undefined && !method.isStatic) {
        throw invalidArgument(
          `${className}.${method.name}`,
          'class',
          'This is a method of an instance: give instance.',
        );
      }
      const keys = method.isStatic || instance === undefined ? {} : keySelectors(instance);
      const classTarget = resourceTarget(namespace, className, { spelling: this.#settings.spelling, keys });
      const target =
        invocation.resourceUri === undefined ? classTarget : { ...classTarget, resourceUri: invocation.resourceUri };
      const body = writeMethodInput({
        resourceUri: target.resourceUri,
        method,
        parameters: invocation.parameters ?? {},
      });
      const output = await this.#client.invoke({
        target,
        method: method.name,
        body,
        options: [PRECISE_ARRAYS, ...operationOptions],
        repeatable: invocation.repeatable ?? false,
        deadline,
      });
      const classes = outputClasses === undefined ? undefined : classLookup(outputClasses);
      return readMethodOutput(output, method, { namespace, className, classes, origin: this.#origin });
    });
  }

  /** Ends the session's connections; calls in flight fail with `ERR_SESSION_CLOSED`. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#client.close();
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

  async #run<T>(options: CimOperationOptions, call: (deadline: Deadline) => Promise<T>): Promise<T> {
    this.#throwIfClosed();
    const { timeoutMs = this.#settings.operationTimeoutMs, signal } = options;
    const deadline = options.deadline ?? new Deadline({ timeoutMs, signal });
    try {
      deadline.throwIfDone();
      return await call(deadline);
    } catch (error) {
      throw error instanceof WsManFaultError
        ? CimException.fromFault(error, this.#origin, this.#settings.delegation)
        : error;
    } finally {
      if (options.deadline === undefined) deadline[Symbol.dispose]();
    }
  }

  #throwIfClosed(): void {
    if (this.#closing === undefined) return;
    throw new CimletError('ERR_SESSION_CLOSED', `The session ${this.name} with ${this.computerName} is closed.`, {
      hint: 'Open a new one with newCimSession.',
    });
  }
}
