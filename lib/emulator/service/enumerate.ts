import { isCimletError } from '../../base/errors.js';
import { readPlainScalar } from '../../cim/codec/read-scalar.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import { NAMESPACE_SELECTOR, parseCimResource } from '../../cim/instance/resource-uri.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { EnumerationFilter, SelectorFilter } from '../../wsman/contract/enumeration-filter.js';
import { ALL_CLASSES } from '../../wsman/envelope/namespaces.js';
import { type EnumerateMessage, readEnumerate } from '../../wsman/service/read-enumerate.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { writeEnumerateResponse } from '../../wsman/service/write-page.js';
import { associated } from '../cim/associations.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import { enumerateClass, findByKeys, findInstance } from '../cim/instance-access.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { compareWql } from '../query/wql-comparison.js';
import { WqlError } from '../query/wql-error.js';
import { compileCondition, isScalar, resolve, type WqlPredicate } from '../query/wql-filter.js';
import { parseWql } from '../query/wql-parser.js';
import { writeItem } from './item-format.js';
import { findNamespace, requestSpelling, roomForItems, type ServiceRequest, selectorOf } from './service-request.js';

type Instances = Iterable<CimInstance> | AsyncIterable<CimInstance>;

interface Selection {
  readonly instances: Instances;
  /** Names after SELECT. */
  readonly properties?: readonly string[] | undefined;
}

/** What a request to enumerate or to subscribe is about: a class, or with `className` undefined all of a namespace. */
export interface EnumeratedTarget {
  readonly namespace: CimNamespace;
  readonly className: string | undefined;
}

/** Enumerate (DSP0226 8.2): instances of a class, of a query, or across associations. */
export async function enumerate(request: ServiceRequest): Promise<string> {
  const message = readEnumerate(request.envelope.body);
  const target = enumeratedTarget(request);
  const { instances, properties } = await select(request, target, message);
  const format = { mode: message.mode, spelling: requestSpelling(request), properties };
  return begin(
    request,
    message,
    mapItems(instances, (instance) => writeItem(instance, format)),
  );
}

/** Opens an enumeration of finished items and writes its first response. */
export async function begin(
  request: ServiceRequest,
  message: EnumerateMessage,
  items: Iterable<string> | AsyncIterable<string>,
): Promise<string> {
  const { state, envelope, scope, operation } = request;
  const { userName } = scope.caller;
  const giveBack = state.quota.take(userName);
  const page = await state.enumerations.begin(
    items,
    message,
    {
      userName,
      operationTimeoutMs: envelope.operationTimeoutMs,
      maxBytes: roomForItems(request),
      signal: operation.signal,
    },
    giveBack,
  );
  return writeEnumerateResponse(page);
}

/** @throws RequestFault for what is not a class or not a namespace, and for an unknown one. */
export function enumeratedTarget({ state, envelope }: ServiceRequest): EnumeratedTarget {
  const { resourceUri, selectors } = envelope;
  if (resourceUri.trim().toLowerCase() === ALL_CLASSES.toLowerCase()) {
    return { namespace: findNamespace(state, selectorOf(envelope, NAMESPACE_SELECTOR)), className: undefined };
  }
  const resource = parseCimResource(resourceUri, selectors);
  if (resource === undefined) throw new RequestFault(serviceFaults.resourceNotFound(resourceUri));
  const keys = Object.keys(resource.keys);
  if (keys.length > 0) throw new RequestFault(serviceFaults.unexpectedSelectors(keys));
  const namespace = findNamespace(state, resource.namespace);
  if (resource.className === '*') return { namespace, className: undefined };
  const declaration = namespace.find(resource.className);
  if (declaration === undefined) throw new RequestFault(wmiFaults.invalidClass(resource.className));
  return { namespace, className: declaration.className };
}

async function select(
  request: ServiceRequest,
  { namespace, className }: EnumeratedTarget,
  { filter }: EnumerateMessage,
): Promise<Selection> {
  const { scope } = request;
  if (filter === undefined) {
    if (className === undefined)
      throw new RequestFault(serviceFaults.filterNotFor('an enumeration of every class without one'));
    return { instances: enumerateClass(namespace, className, scope) };
  }
  switch (filter.kind) {
    case 'wql':
      return query(request, namespace, className, filter.query);
    case 'selector': {
      if (className === undefined) throw new RequestFault(serviceFaults.filterNotFor('every class'));
      const matches = selectorPredicate(filter, namespace, className);
      return { instances: filterItems(enumerateClass(namespace, className, scope), matches) };
    }
    case 'other':
      throw new RequestFault(serviceFaults.unknownDialect(filter.dialect));
    default:
      return { instances: await associatedInstances(request, namespace, filter) };
  }
}

function query(
  { scope }: ServiceRequest,
  namespace: CimNamespace,
  className: string | undefined,
  text: string,
): Selection {
  return refusingQueries(() => {
    const parsed = parseWql(text);
    const declaration = namespace.find(parsed.className);
    if (declaration === undefined) throw new RequestFault(wmiFaults.invalidClass(parsed.className));
    if (className !== undefined && !namespace.isA(parsed.className, className)) {
      throw new WqlError(`The query is of ${parsed.className}, the request of ${className}`, parsed.classPosition);
    }
    if (parsed.within !== undefined) throw new WqlError('WITHIN goes with queries of events', parsed.classPosition);
    const properties = parsed.properties?.map((property) => {
      resolve(property, declaration, namespace);
      const [name, ...rest] = property.path;
      if (name === undefined || rest.length > 0)
        throw new WqlError('Only whole properties can be selected', property.position);
      return name;
    });
    const instances = enumerateClass(namespace, declaration.className, scope);
    if (parsed.where === undefined) return { instances, properties };
    const matches = compileCondition(parsed.where, declaration, namespace);
    return { instances: filterItems(instances, matches), properties };
  });
}

/** Runs what reads a query; its errors become WMI's fault. */
function refusingQueries<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof WqlError) throw new RequestFault(wmiFaults.invalidQuery(error.message));
    throw error;
  }
}

function selectorPredicate(filter: SelectorFilter, namespace: CimNamespace, className: string): WqlPredicate {
  const declaration = namespace.find(className);
  const tests = Object.entries(filter.selectors).map(([name, text]): WqlPredicate => {
    const wanted = selectorValue(declaration, name, text);
    return (instance) => {
      const value = instance.cimInstanceProperties.get(name)?.value;
      return isScalar(value) && compareWql(value, wanted) === 0;
    };
  });
  return (instance) => tests.every((test) => test(instance));
}

function selectorValue(declaration: CimClassDeclaration | undefined, name: string, text: string) {
  const lower = name.toLowerCase();
  const property = declaration?.properties.find((candidate) => candidate.name.toLowerCase() === lower);
  const refused = (why: string) => new RequestFault(serviceFaults.filterNotFor(`${declaration?.className}: ${why}`));
  if (declaration === undefined || property === undefined) throw refused(`it has no property ${name}`);
  if (property.isArray === true || property.type === 'instance') throw refused(`${name} is not a single value`);
  if (property.type === 'reference') return text;
  try {
    return readPlainScalar(declaration.className, property, text);
  } catch (error) {
    if (isCimletError(error)) throw refused(error.message);
    throw error;
  }
}

async function associatedInstances(
  { scope }: ServiceRequest,
  namespace: CimNamespace,
  filter: Exclude<EnumerationFilter, { readonly kind: 'wql' | 'selector' | 'other' }>,
): Promise<AsyncIterable<CimInstance>> {
  for (const name of [filter.associationClassName, filter.resultClassName]) {
    if (name !== undefined && namespace.find(name) === undefined) throw new RequestFault(wmiFaults.invalidClass(name));
  }
  const { instance: object } = await findInstance(namespace, filter.object, scope);
  const find = async (reference: CimInstance) => (await findByKeys(namespace, reference, scope))?.instance;
  return associated({ ...filter, object }, namespace, scope, find);
}

/** Iterables stay iterables, so that what is there costs no turn of the event loop. */
function mapItems<T, R>(items: Iterable<T> | AsyncIterable<T>, map: (item: T) => R): Iterable<R> | AsyncIterable<R> {
  return Symbol.asyncIterator in items ? mapLater(items, map) : mapNow(items, map);
}

function* mapNow<T, R>(items: Iterable<T>, map: (item: T) => R): Generator<R, void> {
  for (const item of items) yield map(item);
}

async function* mapLater<T, R>(items: AsyncIterable<T>, map: (item: T) => R): AsyncGenerator<R, void> {
  for await (const item of items) yield map(item);
}

function filterItems<T>(
  items: Iterable<T> | AsyncIterable<T>,
  matches: (item: T) => boolean,
): Iterable<T> | AsyncIterable<T> {
  return Symbol.asyncIterator in items ? filterLater(items, matches) : filterNow(items, matches);
}

function* filterNow<T>(items: Iterable<T>, matches: (item: T) => boolean): Generator<T, void> {
  for (const item of items) if (matches(item)) yield item;
}

async function* filterLater<T>(items: AsyncIterable<T>, matches: (item: T) => boolean): AsyncGenerator<T, void> {
  for await (const item of items) if (matches(item)) yield item;
}
