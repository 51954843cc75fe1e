import { isCimletError } from '../../base/errors.js';
import { readInstance, writeInstance } from '../../cim/codec/index.js';
import { instanceOfTarget } from '../../cim/codec/read-reference.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { parseCimResource } from '../../cim/instance/resource-uri.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import type { CimNamespace } from './cim-namespace.js';
import type { ClassDefinition, InstanceSource, RequestScope } from './class-definition.js';
import { instanceKey, keyNames } from './instance-key.js';
import { instanceValues } from './instance-values.js';

/** An instance and the class that keeps it. */
export interface FoundInstance {
  readonly instance: CimInstance;
  readonly definition: ClassDefinition;
}

/** The instances of a class and of those below it, in the order of the classes. @throws RequestFault when none of them has any. */
async function* instancesOf(
  namespace: CimNamespace,
  className: string,
  scope: RequestScope,
): AsyncGenerator<CimInstance, void> {
  for (const { source } of sourcesOf(namespace, className)) yield* source.instances(scope);
}

/** As {@link instancesOf}, without a turn of the event loop an instance where all are there at once. */
export function enumerateClass(
  namespace: CimNamespace,
  className: string,
  scope: RequestScope,
): Iterable<CimInstance> | AsyncIterable<CimInstance> {
  const sources = sourcesOf(namespace, className);
  const [only] = sources;
  if (sources.length === 1 && only !== undefined) return only.source.instances(scope);
  return instancesOf(namespace, className, scope);
}

function sourcesOf(
  namespace: CimNamespace,
  className: string,
): (ClassDefinition & { readonly source: InstanceSource })[] {
  const found = namespace
    .family(className)
    .flatMap((definition) => (definition.source === undefined ? [] : [{ ...definition, source: definition.source }]));
  if (found.length === 0) throw new RequestFault(wmiFaults.notCapable(className, 'enumerate instances'));
  return found;
}

/** The instance that a target names. @throws RequestFault for wrong selectors, and when there is none. */
export async function findInstance(
  namespace: CimNamespace,
  target: ResourceTarget,
  scope: RequestScope,
): Promise<FoundInstance> {
  const named = namedInstance(namespace, target);
  const found = await findByKeys(namespace, named, scope);
  if (found !== undefined) return found;
  throw new RequestFault(wmiFaults.notFound(named.cimSystemProperties.path ?? named.cimClass.className));
}

/** The instance with the keys of another, of its class or one below. */
export async function findByKeys(
  namespace: CimNamespace,
  named: CimInstance,
  scope: RequestScope,
): Promise<FoundInstance | undefined> {
  const key = instanceKey(named);
  for (const definition of namespace.family(named.cimClass.className)) {
    const { source } = definition;
    if (source?.find !== undefined && key !== undefined) {
      const instance = source.find(key);
      if (instance !== undefined) return { instance, definition };
      continue;
    }
    for await (const instance of source?.instances(scope) ?? []) {
      if (instanceKey(instance) === key) return { instance, definition };
    }
  }
  return undefined;
}

/** The keys that selectors say. @throws RequestFault `InvalidSelectors` */
function namedInstance(namespace: CimNamespace, target: ResourceTarget): CimInstance {
  const declaration = declarationOf(namespace, target);
  const keys = keyNames(declaration);
  const given = [
    ...Object.keys(parseCimResource(target.resourceUri, target.selectors)?.keys ?? {}),
    ...Object.keys(target.referenceSelectors ?? {}),
  ];
  const has = (names: readonly string[], name: string) =>
    names.some((other) => other.toLowerCase() === name.toLowerCase());
  const unexpected = given.filter((name) => !has(keys, name));
  if (unexpected.length > 0) throw new RequestFault(serviceFaults.unexpectedSelectors(unexpected));
  const missing = keys.filter((name) => !has(given, name));
  if (missing.length > 0) {
    throw new RequestFault(serviceFaults.invalidSelectors('InsufficientSelectors', `missing: ${missing.join(', ')}`));
  }
  const named = wellFormed(
    () =>
      instanceOfTarget(target, { namespace: namespace.name, classes: namespace.lookup, refusesBadReferences: true }),
    (why) => serviceFaults.invalidSelectors('InvalidValue', why),
  );
  if (named === undefined) throw new RequestFault(serviceFaults.resourceNotFound(target.resourceUri));
  return named;
}

function declarationOf(namespace: CimNamespace, target: ResourceTarget): CimClassDeclaration {
  const resource = parseCimResource(target.resourceUri, target.selectors);
  const declaration = resource && namespace.find(resource.className);
  if (declaration !== undefined) return declaration;
  throw new RequestFault(wmiFaults.invalidClass(resource?.className ?? target.resourceUri));
}

/** WS-Transfer Put: the given properties replace those of the instance. Gives the instance as it is now. */
export async function modifyInstance(
  namespace: CimNamespace,
  target: ResourceTarget,
  body: XmlElement | undefined,
  scope: RequestScope,
): Promise<CimInstance> {
  const { instance, definition } = await findInstance(namespace, target, scope);
  const { className } = instance.cimClass;
  const { source } = definition;
  if (source?.replace === undefined) throw new RequestFault(wmiFaults.notCapable(className, 'change instances'));
  const changes = readBody(namespace, body, className);
  const values: Record<string, CimValue> = instanceValues(instance);
  for (const { declaration, value } of CimInstance.declaredValues(changes)) {
    if (declaration.key === true) {
      // A key names the instance; it cannot become another's.
      if (instanceKey(changes) === instanceKey(instance)) continue;
      throw new RequestFault(wmiFaults.readOnly(className, declaration.name));
    }
    if (declaration.readOnly === true) {
      // Clients that put back the whole instance that they got change nothing by what they may not write.
      if (isSame(instance, declaration.name, value)) continue;
      throw new RequestFault(wmiFaults.readOnly(className, declaration.name));
    }
    if (value === null && declaration.required === true) {
      throw new RequestFault(wmiFaults.illegalNull(className, declaration.name));
    }
    values[declaration.name] = value;
  }
  const changed = CimInstance.create(instance.cimClass, values);
  source.replace(changed, scope);
  return changed;
}

/** A property of an instance has this very value. */
function isSame(instance: CimInstance, name: string, value: CimValue): boolean {
  const written = (one: CimValue) => writeInstance(CimInstance.create(instance.cimClass, { [name]: one }));
  return written(instance.cimInstanceProperties.get(name)?.value ?? null) === written(value);
}

/** WS-Transfer Create: with the class's default values where the instance says nothing. */
export async function createInstance(
  namespace: CimNamespace,
  target: ResourceTarget,
  body: XmlElement | undefined,
  scope: RequestScope,
): Promise<CimInstance> {
  const { className } = declarationOf(namespace, target);
  const definition = namespace.definition(className);
  const source = definition?.source;
  if (source?.create === undefined) throw new RequestFault(wmiFaults.notCapable(className, 'create instances'));
  const given = readBody(namespace, body, className);
  const instance = CimInstance.create(given.cimClass, {
    ...Object.fromEntries(given.cimClass.properties.map(({ name }): [string, CimValue] => [name, null])),
    ...definition?.defaults,
    ...instanceValues(given),
  });
  for (const { name, key, required } of given.cimClass.properties) {
    const { value = null } = instance.cimInstanceProperties.get(name) ?? {};
    if (value === null && (key === true || required === true)) {
      throw new RequestFault(wmiFaults.illegalNull(className, name));
    }
  }
  if ((await findByKeys(namespace, instance, scope)) !== undefined) {
    throw new RequestFault(wmiFaults.alreadyExists(instance.cimSystemProperties.path ?? className));
  }
  source.create(instance, scope);
  return instance;
}

export async function deleteInstance(
  namespace: CimNamespace,
  target: ResourceTarget,
  scope: RequestScope,
): Promise<void> {
  const { instance, definition } = await findInstance(namespace, target, scope);
  const { source } = definition;
  if (source?.delete === undefined) {
    throw new RequestFault(wmiFaults.notCapable(instance.cimClass.className, 'delete instances'));
  }
  source.delete(instance, scope);
}

/** The instance in a body. @throws RequestFault when it is not one of the class, or has what the class lacks. */
function readBody(namespace: CimNamespace, body: XmlElement | undefined, className: string): CimInstance {
  if (body === undefined) throw new RequestFault(wmiFaults.typeMismatch('The body is empty.'));
  const instance = wellFormed(
    () => readInstance(body, { namespace: namespace.name, classes: namespace.lookup, refusesBadReferences: true }),
    wmiFaults.typeMismatch,
  );
  const actual = instance.cimClass.className;
  if (actual.toLowerCase() !== className.toLowerCase()) {
    throw new RequestFault(wmiFaults.typeMismatch(`The body is a ${actual}, not a ${className}.`));
  }
  const declared = new Set(instance.cimClass.properties);
  for (const { declaration } of CimInstance.declaredValues(instance)) {
    if (!declared.has(declaration)) throw new RequestFault(wmiFaults.noSuchProperty(className, declaration.name));
  }
  return instance;
}

function wellFormed<T>(read: () => T, fault: (why: string) => RequestFault['fault']): T {
  try {
    return read();
  } catch (error) {
    if (isCimletError(error)) throw new RequestFault(fault(error.message));
    throw error;
  }
}
