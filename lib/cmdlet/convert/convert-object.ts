import type { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { ConversionFailure } from './conversion-error.js';

/** An embedded instance; one of another class than the parameter's is refused. */
export function convertInstance(value: unknown, parameter: CmdletParameter): CimInstance {
  if (typeof value !== 'object' || value === null || !('cimInstanceProperties' in value)) {
    throw new ConversionFailure('is not a valid CIM instance.', 'Give an instance that another cmdlet returned.');
  }
  const instance = value as CimInstance;
  const className = classNameOf(instance);
  if (
    parameter.className !== undefined &&
    className !== undefined &&
    className.toLowerCase() !== parameter.className.toLowerCase()
  ) {
    throw new ConversionFailure(`is an instance of ${className}.`, `Give an instance of ${parameter.className}.`);
  }
  return instance;
}

/** The class of a CIM instance, or of whatever else says its class the way instances do. */
export function classNameOf(value: object): string | undefined {
  const system = (value as { readonly cimSystemProperties?: { readonly className?: unknown } }).cimSystemProperties;
  return typeof system?.className === 'string' ? system.className : undefined;
}
