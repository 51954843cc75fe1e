import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimInput } from '../../cim/value/cim-input.js';
import { convertedValue } from '../../cim/value/converted-value.js';
import { heldValue } from '../../cim/value/held-value.js';

/**
 * A copy of an instance with the changes of Set-CimInstance, so that the caller's own is left alone: several targets may work on it.
 * What was changed before stays marked as changed; values become the types that the class declares, as MMI's CimProperty converts them.
 * @throws CimletError `ERR_INVALID_ARGUMENT` for a property that it has not.
 */
export function withChanges(instance: CimInstance, changes: Readonly<Record<string, CimInput>>): CimInstance {
  const copy = CimInstance.copyOf(instance);
  for (const [name, value] of Object.entries(changes)) {
    const declared = instance.cimClass.properties.find(
      (property) => property.name.toLowerCase() === name.toLowerCase(),
    );
    copy.cimInstanceProperties.set(name, heldValue(declared === undefined ? value : convertedValue(declared, value)));
  }
  return copy;
}
