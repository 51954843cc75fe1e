import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimValue } from '../../cim/value/cim-value.js';

/** All values of an instance by name, also under names that no object can have as its own. */
export function instanceValues(instance: CimInstance): Record<string, CimValue> {
  const values: Record<string, CimValue> = Object.create(null);
  for (const { declaration, value } of CimInstance.declaredValues(instance)) values[declaration.name] = value;
  return values;
}
