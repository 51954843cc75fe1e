import type { Deadline } from '../../base/deadline.js';
import { CimletError, invalidArgument } from '../../base/errors.js';
import type { ResourceTarget, WriteRequest, WsManOption } from '../../wsman/contract/wsman-client.js';
import { isInferred, withKeyNames } from '../codec/inferred-classes.js';
import { instanceOfTarget } from '../codec/read-reference.js';
import { writeInstance } from '../codec/write-instance.js';
import { instanceTarget } from '../codec/write-reference.js';
import { CimInstance, type TypedCimInstance } from '../instance/cim-instance.js';
import { inferPropertyDeclaration } from '../instance/infer-declaration.js';
import { isSameName, parseCimResource, resourceTarget, spellingOf, splitSelectors } from '../instance/resource-uri.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';
import { heldValue } from '../value/held-value.js';
import { type CimEnhancedOptions, enhancedOptions, isEnhanced } from './cim-enhanced-options.js';
import {
  checkClassName,
  checkNamespace,
  type OperationChannel,
  prefetchClass,
  requestOptions,
  withResourceUri,
} from './operation-channel.js';
import type { CimReadOptions, CimRequestOptions } from './operation-options.js';
import { ReceivedInstance } from './received-instance.js';
import { runEnhanced } from './run-enhanced.js';

/** An instance that a caller has, or had from the server. */
export interface CimInstanceRequest extends CimRequestOptions, CimEnhancedOptions {
  readonly instance: CimInstance;
  /** Default: the instance's. */
  readonly namespace?: string | undefined;
}

/** An instance by its keys, for which nobody had to be asked before. */
export interface CimKeysRequest extends CimRequestOptions, CimEnhancedOptions {
  readonly namespace: string;
  readonly className: string;
  /** `{}` for the only instance of a class that has no key. */
  readonly keys: Readonly<Record<string, CimInput>>;
  readonly instance?: undefined;
}

export type CimGetRequest = (CimInstanceRequest | CimKeysRequest) & CimReadOptions;
export type CimDeleteRequest = CimInstanceRequest | CimKeysRequest;
export type CimModifyRequest = CimInstanceRequest & CimReadOptions;
export type CimCreateRequest = CimInstanceRequest;

export async function getInstance<T extends object>(
  channel: OperationChannel,
  request: CimGetRequest,
  deadline: Deadline,
): Promise<TypedCimInstance<T>> {
  const { namespace, className, target } = targetOf(channel, request);
  const own = ownClass(request);
  const fetching = own === undefined ? prefetchClass(channel, namespace, className, request, deadline) : undefined;
  const { operationTimeoutMs } = request;
  const operation = { target, options: requestOptions(request), deadline, operationTimeoutMs };
  const { client } = channel;
  const element = isEnhanced(request)
    ? await runEnhanced(
        client.getEnhanced({ ...operation, enhanced: enhancedOptions(request) }),
        request,
        channel.origin,
      )
    : await client.get(operation);
  if (element === undefined) throw emptyReply(className);
  await fetching;
  const received = new ReceivedInstance(channel, { namespace, className, own }, element, request);
  await received.fetchClasses(deadline);
  return received.read() as TypedCimInstance<T>;
}

/** Writes what was changed. Gives the instance as the server has it now, or the given one when the server does not send it. */
export async function modifyInstance<T extends object>(
  channel: OperationChannel,
  request: CimModifyRequest,
  deadline: Deadline,
): Promise<TypedCimInstance<T>> {
  const { namespace, className, target } = targetOf(channel, request);
  const { instance } = request;
  const changed = changedProperties(instance);
  const changes = instanceOf(instance, namespace, (name, isKey) => isKey || changed.has(name));
  const operation = {
    target,
    body: writeInstance(changes, { spelling: spellingOf(target.resourceUri) }),
    options: requestOptions(request, ...modifiedOptions(changed)),
    deadline,
    operationTimeoutMs: request.operationTimeoutMs,
  };
  const { client } = channel;
  const element = isEnhanced(request)
    ? await runEnhanced(
        client.putEnhanced({ ...operation, enhanced: enhancedOptions(request) }),
        request,
        channel.origin,
      )
    : await client.put(operation);
  if (element === undefined) return instance as TypedCimInstance<T>;
  const own = ownClass(request);
  const received = new ReceivedInstance(channel, { namespace, className, own }, element, request);
  // It is written. A class that cannot be had now is no reason to say that it failed: the answer is read by what it says itself.
  await received.fetchClasses(deadline).catch(() => {});
  return received.read() as TypedCimInstance<T>;
}

/** Writes a new instance. Gives its keys, as the server says them; where it does not, what was written. */
export async function createInstance(
  channel: OperationChannel,
  request: CimCreateRequest,
  deadline: Deadline,
): Promise<CimInstance> {
  const { instance } = request;
  const { className } = instance.cimClass;
  const namespace = checkNamespace(request.namespace ?? CimInstance.namespaceOf(instance));
  const target = withResourceUri(
    resourceTarget(namespace, checkClassName(className), { spelling: channel.spelling }),
    request,
  );
  const all = instanceOf(instance, namespace, () => true);
  const names = [...CimInstance.declaredValues(all)].map(({ declaration }) => declaration.name);
  const operation = {
    target,
    body: writeInstance(all, { spelling: spellingOf(target.resourceUri) }),
    options: requestOptions(request, ...modifiedOptions(names)),
    deadline,
    operationTimeoutMs: request.operationTimeoutMs,
  };
  const created = await create(channel, request, operation);
  // It is there, which an error would deny.
  if (created === undefined) return CimInstance.copyOf(instance, { ...channel.origin, namespace });
  return createdInstance(channel, created, instance.cimClass, namespace);
}

async function create(
  { client, origin }: OperationChannel,
  request: CimCreateRequest,
  operation: WriteRequest,
): Promise<ResourceTarget | undefined> {
  if (!isEnhanced(request)) return client.create(operation);
  const events = client.createEnhanced({ ...operation, enhanced: enhancedOptions(request) });
  return runEnhanced(events, request, origin);
}

export async function deleteInstance(
  channel: OperationChannel,
  request: CimDeleteRequest,
  deadline: Deadline,
): Promise<void> {
  const { target } = targetOf(channel, request);
  const { operationTimeoutMs } = request;
  const operation = { target, options: requestOptions(request), deadline, operationTimeoutMs };
  const { client } = channel;
  if (!isEnhanced(request)) return client.delete(operation);
  await runEnhanced(
    client.deleteEnhanced({ ...operation, enhanced: enhancedOptions(request) }),
    request,
    channel.origin,
  );
}

function emptyReply(className: string): CimletError {
  return new CimletError('ERR_PROTOCOL', `${className}: the response to Get has an empty body.`);
}

/** An instance that knows its class is read by that class again. */
function ownClass({ instance, classes }: CimGetRequest | CimModifyRequest): CimClassDeclaration | undefined {
  if (instance === undefined || classes !== undefined || isInferred(instance.cimClass)) return undefined;
  return instance.cimClass;
}

/** Where a request about one instance goes. */
function targetOf(
  channel: OperationChannel,
  request: CimInstanceRequest | CimKeysRequest,
): { readonly namespace: string; readonly className: string; readonly target: ResourceTarget } {
  const instance = request.instance ?? keyInstance(request);
  const namespace = checkNamespace(request.namespace ?? CimInstance.namespaceOf(instance));
  const className = checkClassName(instance.cimClass.className);
  if (request.instance === undefined) checkKeys(channel, request, namespace);
  const target = instanceTarget(instance, { spelling: channel.spelling, namespace });
  return { namespace, className, target: withResourceUri(target, request) };
}

/** No keys are right for a class without any. What is not known here, the server says. */
function checkKeys(channel: OperationChannel, { className, keys }: CimKeysRequest, namespace: string): void {
  if (Object.keys(keys).length > 0) return;
  const declared =
    channel.classes
      .lookup(namespace)(className)
      ?.properties.filter(({ key }) => key === true) ?? [];
  if (declared.length === 0) return;
  const names = declared.map(({ name }) => name).join(', ');
  throw invalidArgument('keys', '{}', `${className} has keys: give ${names}.`);
}

function keyInstance({ namespace, className, keys }: CimKeysRequest): CimInstance {
  if (typeof keys !== 'object' || keys === null) {
    throw invalidArgument('keys', keys, 'Give the keys by name, or {} where the class has none.');
  }
  const properties = Object.entries(keys).map(([name, value]) => ({
    ...inferPropertyDeclaration(name, value),
    key: true,
  }));
  const declaration: CimClassDeclaration = {
    namespace: checkNamespace(namespace),
    className: checkClassName(className),
    properties: properties.map((property) =>
      property.type === 'instance' ? { ...property, type: 'reference' as const } : property,
    ),
    methods: [],
  };
  const values = Object.entries(keys).map(([name, value]) => [name, heldValue(value)]);
  return CimInstance.create(declaration, Object.fromEntries(values));
}

/**
 * What was changed since the instance came from the server; all of an instance that was made here.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a changed key, and for what is no change of a property.
 */
function changedProperties(instance: CimInstance): Set<string> {
  const isOurs = instance.cimSession === undefined;
  const changed = new Set(CimInstance.changedProperties(instance));
  for (const { name, value, flags } of instance.cimInstanceProperties) {
    if (!isOurs && flags.key && !flags.notModified) {
      throw invalidArgument(name, value, 'A key names the instance; it cannot be changed.');
    }
    if (!flags.notModified || (isOurs && !flags.key)) changed.add(name);
  }
  return changed;
}

/** How Windows' client names the properties that the server shall write; others it shall leave alone. */
function modifiedOptions(names: Iterable<string>): WsManOption[] {
  return [...names].map((value) => ({ name: 'wmiarray:__MIInstanceModifiedPropertiesList', value, type: 'xs:string' }));
}

/** A copy with some of the properties, in the namespace of the operation. */
function instanceOf(
  instance: CimInstance,
  namespace: string,
  wanted: (name: string, isKey: boolean) => boolean,
): CimInstance {
  const { cimClass } = instance;
  const chosen = [...CimInstance.declaredValues(instance)].filter(({ declaration }) =>
    wanted(declaration.name, declaration.key === true),
  );
  const values = new Map(chosen.map(({ declaration, value }) => [declaration, value]));
  const slots = cimClass.properties.map((property) => values.get(property));
  const declared = new Set(cimClass.properties);
  const extras = chosen.filter(({ declaration }) => !declared.has(declaration));
  return CimInstance.fromSlots(cimClass, slots, { namespace }, extras);
}

/**
 * The keys that ResourceCreated says; with a resource URI of a provider's own it still is an instance of the class. Where the class is not
 * known, what the server says are its keys, so that the instance can be named from then on.
 */
function createdInstance(
  channel: OperationChannel,
  created: ResourceTarget,
  cimClass: CimClassDeclaration,
  namespace: string,
): CimInstance {
  const known = channel.classes.lookup(namespace);
  const { className } = cimClass;
  const declaration = isInferred(cimClass) ? withKeyNames(cimClass, keysNamed(created)) : cimClass;
  const classes = (name: string) => (isSameName(name, className) ? declaration : known(name));
  const context = { namespace, origin: channel.origin, classes };
  const isOfCim = parseCimResource(created.resourceUri, created.selectors) !== undefined;
  const resourceUri = isOfCim ? created.resourceUri : resourceTarget(namespace, className).resourceUri;
  return instanceOfTarget({ ...created, resourceUri }, context) ?? CimInstance.create(declaration, {}, channel.origin);
}

function keysNamed({ selectors = {}, referenceSelectors = {} }: ResourceTarget): CimPropertyDeclaration[] {
  const { keys } = splitSelectors(selectors);
  return [
    ...Object.keys(keys).map((name) => ({ name, type: 'string' as const, key: true })),
    ...Object.keys(referenceSelectors).map((name) => ({ name, type: 'reference' as const, key: true })),
  ];
}
