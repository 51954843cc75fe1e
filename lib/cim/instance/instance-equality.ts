import { CimDateTime } from '../value/cim-date-time.js';
import type { CimScalar, CimValue } from '../value/cim-value.js';
import { TimeSpan } from '../value/time-span.js';
import { CimInstance } from './cim-instance.js';
import { normalizeNamespace } from './resource-uri.js';

/**
 * True when both name the same instance of one server: namespace, class and all keys are equal, texts without case, as WMI compares object
 * paths. A number equals its text, since a reference that was read without its class holds texts. Instances without keys are no one's.
 */
export function isSameInstance(left: CimInstance, right: CimInstance): boolean {
  const namespaces = [left, right].map((instance) =>
    normalizeNamespace(CimInstance.namespaceOf(instance)).toLowerCase(),
  );
  if (namespaces[0] !== namespaces[1]) return false;
  if (!equalsWithoutCase(left.cimClass.className, right.cimClass.className)) return false;
  const [mine, yours] = [left, right].map(keysOf);
  if (mine === undefined || yours === undefined || mine.size === 0 || mine.size !== yours.size) return false;
  for (const [name, value] of mine) {
    const other = yours.get(name);
    if (other === undefined || !isSameKey(value, other)) return false;
  }
  return true;
}

/**
 * True when both have the same class, the same properties, and equal values under each name; what is missing here must be missing there.
 * Where the instances come from does not matter, nor which of their values were set here.
 */
export function haveEqualProperties(left: CimInstance, right: CimInstance): boolean {
  if (!equalsWithoutCase(left.cimClass.className, right.cimClass.className)) return false;
  const mine = left.cimInstanceProperties;
  const yours = right.cimInstanceProperties;
  if (mine.count !== yours.count) return false;
  for (const { name, value } of mine) {
    const other = yours.get(name);
    if (other === undefined || !isEqualValue(value, other.value)) return false;
  }
  return true;
}

function keysOf(instance: CimInstance): ReadonlyMap<string, CimValue> | undefined {
  const keys = new Map<string, CimValue>();
  for (const { name, value, flags } of instance.cimInstanceProperties) {
    if (flags.key) keys.set(name.toLowerCase(), value);
  }
  return [...keys.values()].includes(null) ? undefined : keys;
}

function isSameKey(left: CimValue, right: CimValue): boolean {
  if (left instanceof CimInstance && right instanceof CimInstance) return isSameInstance(left, right);
  if (isEqualValue(left, right)) return true;
  return !isObject(left) && !isObject(right) && equalsWithoutCase(String(left), String(right));
}

function isObject(value: CimValue): boolean {
  return typeof value === 'object';
}

function isEqualValue(left: CimValue, right: CimValue): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) {
    return !Array.isArray(left) && !Array.isArray(right) && isEqualScalar(left as CimScalar, right as CimScalar);
  }
  return left.length === right.length && left.every((item, index) => isEqualScalar(item, right[index]));
}

function isEqualScalar(left: CimScalar | null, right: CimScalar | null | undefined): boolean {
  if (left instanceof CimInstance) return right instanceof CimInstance && haveEqualProperties(left, right);
  if (left instanceof CimDateTime) return right instanceof CimDateTime && left.equals(right);
  if (left instanceof TimeSpan) return right instanceof TimeSpan && left.equals(right);
  return Object.is(left, right) || left === right;
}

function equalsWithoutCase(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
