import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';

/** What an instance holds, without the computer that it came from. */
export function valuesOf(instance: CimInstance | undefined): Record<string, CimValue> {
  const { PSComputerName: _, ...values } = instance?.properties ?? {};
  return values;
}
