import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';

/** The names of a class's keys. */
export function keyNames(declaration: CimClassDeclaration): readonly string[] {
  return declaration.properties.filter((property) => property.key === true).map((property) => property.name);
}

/**
 * The keys of an instance as one text, equal for instances that WMI takes for the same: strings without case, references by what they
 * name. Undefined when a key has no value.
 */
export function instanceKey(instance: CimInstance): string | undefined {
  const parts: string[] = [];
  for (const name of keyNames(instance.cimClass)) {
    const text = keyText(instance.cimInstanceProperties.get(name)?.value);
    if (text === undefined) return undefined;
    parts.push(text);
  }
  return JSON.stringify(parts);
}

function keyText(value: CimValue | undefined): string | undefined {
  if (value === null || value === undefined || Array.isArray(value)) return undefined;
  if (value instanceof CimInstance) {
    const key = instanceKey(value);
    return key === undefined ? undefined : `${value.cimClass.className.toLowerCase()}${key}`;
  }
  if (typeof value === 'object' && 'toCim' in value) return value.toCim();
  return String(value).toLowerCase();
}
