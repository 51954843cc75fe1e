import type { LineValue, OutputObject } from './line-value.js';
import { typedValue } from './typed-value.js';

/** The property's name as the object spells it, or undefined when it has none of that name. PSComputerName always exists. */
export function findProperty(item: OutputObject, name: string): string | undefined {
  if (item.properties.has(name)) return name;
  const wanted = name.toLowerCase();
  for (const key of item.properties.keys()) if (key.toLowerCase() === wanted) return key;
  return wanted === 'pscomputername' && item.className !== undefined ? 'PSComputerName' : undefined;
}

/** The property's value with its type; undefined when the object has none of that name. */
export function propertyValue(item: OutputObject, name: string): LineValue | undefined {
  const key = findProperty(item, name);
  if (key === undefined) return undefined;
  const raw = item.properties.has(key) ? item.properties.get(key) : item.computerName;
  const isUnrolled = Array.isArray(raw) && raw.length <= 1 && item.unrolled?.has(key) === true;
  return typedValue(isUnrolled ? raw[0] : raw, item.types?.get(key));
}
