import { CimInstance } from '../../cim/cim-instance.js';
import { TimeSpan } from '../../cim/time-span.js';
import type { OutputItem } from './output-object.js';

/**
 * What a cmdlet gave, as the stages and views want it. A property that the class declares and the server left out counts as null.
 * `showsComputerName`: the cmdlet was given -CimSession.
 */
export function toOutputItem(value: unknown, showsComputerName: boolean): OutputItem {
  if (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  if (!(value instanceof CimInstance)) {
    if (typeof value !== 'object' || value === null || value instanceof TimeSpan) return String(value);
    return {
      properties: new Map(Object.entries(value)),
      computerName: null,
      showsComputerName: false,
      source: value,
    };
  }
  const properties = new Map<string, unknown>(value.cimClass.properties.map(({ name }) => [name, null]));
  for (const [name, given] of Object.entries(value.properties)) properties.set(name, given);
  return {
    className: value.cimClass.className,
    namespace: value.cimClass.namespace,
    properties,
    computerName: value.PSComputerName ?? null,
    showsComputerName: showsComputerName && value.PSComputerName !== undefined,
    source: value,
  };
}
