import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';

/** All that an instance holds, undeclared properties too, and whose it is: by name, present ones alone, without prototype. */
export function propertiesOf(instance: CimInstance): Record<string, CimValue>;
export function propertiesOf(instance: CimInstance | undefined): Record<string, CimValue> | undefined;
export function propertiesOf(instance: CimInstance | undefined): Record<string, CimValue> | undefined {
  if (instance === undefined) return undefined;
  const values = valuesOf(instance);
  if (instance.PSComputerName !== undefined) values['PSComputerName'] = instance.PSComputerName;
  return values;
}

/** What an instance holds, without the computer that it came from. */
export function valuesOf(instance: CimInstance | undefined): Record<string, CimValue> {
  const values: Record<string, CimValue> = Object.create(null);
  for (const { name, value } of instance?.cimInstanceProperties ?? []) {
    if (name.toLowerCase() !== 'pscomputername') values[name] = value;
  }
  return values;
}
