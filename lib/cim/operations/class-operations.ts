import type { Deadline } from '../../base/deadline.js';
import type { ClassRequest } from '../../wsman/contract/wsman-client.js';
import type { CimClass } from '../class/cim-class.js';
import { readCimClass } from '../class/cim-xml/read-class.js';
import { normalizeNamespace } from '../instance/resource-uri.js';
import { checkClassName, checkNamespace, type OperationChannel, requestOptions } from './operation-channel.js';
import type { CimRequestOptions } from './operation-options.js';
import { ServerPatience } from './server-patience.js';

/** How much of a class is wanted. Whole classes are remembered by the session, others are not. */
export interface CimClassOptions extends Omit<CimRequestOptions, 'resourceUri'> {
  /** Default true. */
  readonly includeQualifiers?: boolean | undefined;
  /** Properties and methods of the classes above, too. Default true. */
  readonly includeInherited?: boolean | undefined;
}

export interface CimGetClassRequest extends CimClassOptions {
  readonly namespace: string;
  readonly className: string;
  /** Ask the server although the session knows the class. */
  readonly refresh?: boolean | undefined;
}

export interface CimEnumerateClassesRequest extends CimClassOptions {
  readonly namespace: string;
  /** The classes below this one. Default: all. */
  readonly className?: string | undefined;
  /** All levels below, not just the next one. Default true. */
  readonly deep?: boolean | undefined;
}

export async function getClass(
  channel: OperationChannel,
  request: CimGetClassRequest,
  deadline: Deadline,
): Promise<CimClass> {
  const namespace = checkNamespace(request.namespace);
  const className = checkClassName(request.className);
  if (isWhole(request)) return channel.classes.get(namespace, className, deadline, request.refresh);
  return readElement(channel, { ...request, namespace, className }, deadline);
}

/** The whole class from the server, for the session's cache. */
export function fetchClass(
  channel: OperationChannel,
  namespace: string,
  className: string,
  deadline: Deadline,
): Promise<CimClass> {
  return readElement(channel, { namespace, className }, deadline);
}

async function readElement(
  channel: OperationChannel,
  request: CimGetClassRequest,
  deadline: Deadline,
): Promise<CimClass> {
  const { namespace, className } = request;
  const element = await channel.client.getClass({ ...classRequest(request, deadline), className });
  return readCimClass(element, normalizeNamespace(namespace), channel.origin.session?.computerName);
}

export async function* enumerateClasses(
  channel: OperationChannel,
  request: CimEnumerateClassesRequest,
  patienceMs: number,
): AsyncGenerator<CimClass, void, undefined> {
  channel.checkRequest('enumerateClasses', request);
  using patience = new ServerPatience(request, patienceMs);
  try {
    const { deadline } = patience;
    channel.checkOpen();
    deadline.throwIfDone();
    const namespace = normalizeNamespace(checkNamespace(request.namespace));
    if (request.className !== undefined) checkClassName(request.className);
    patience.resume();
    for await (const element of channel.client.enumerateClasses(classRequest(request, deadline))) {
      const cimClass = readCimClass(element, namespace, channel.origin.session?.computerName);
      if (isWhole(request)) channel.classes.add(cimClass);
      patience.pause();
      yield cimClass;
      patience.resume();
    }
  } catch (error) {
    throw channel.translate(error);
  }
}

function isWhole({ includeQualifiers, includeInherited, customOptions, operationOptions }: CimClassOptions): boolean {
  const isPlain = customOptions === undefined && operationOptions === undefined;
  return isPlain && includeQualifiers !== false && includeInherited !== false;
}

function classRequest(request: CimEnumerateClassesRequest | CimGetClassRequest, deadline: Deadline): ClassRequest {
  const { className, includeQualifiers, includeInherited } = request;
  const deep = 'deep' in request ? request.deep : undefined;
  return {
    namespace: normalizeNamespace(request.namespace),
    options: requestOptions(request),
    deadline,
    operationTimeoutMs: request.operationTimeoutMs,
    ...(className === undefined ? {} : { className }),
    ...(deep === undefined ? {} : { deep }),
    ...(includeQualifiers === undefined ? {} : { includeQualifiers }),
    ...(includeInherited === undefined ? {} : { includeInherited }),
  };
}
