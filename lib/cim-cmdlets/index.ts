/** The cmdlets of PowerShell's module CimCmdlets, over any CIM server. */
import type { OperationCmdlet } from '../cmdlet/contract/cmdlet.js';
import { getCimAssociatedInstanceDefinition } from './get-cim-associated-instance.js';
import { getCimClassDefinition } from './get-cim-class.js';
import { getCimInstanceDefinition } from './get-cim-instance.js';
import { getCimSessionDefinition } from './get-cim-session.js';
import { invokeCimMethodDefinition } from './invoke-cim-method.js';
import { newCimInstanceDefinition } from './new-cim-instance.js';
import { newCimSessionDefinition } from './new-cim-session.js';
import { newCimSessionOptionDefinition } from './new-cim-session-option.js';
import { registerCimIndicationEventDefinition } from './register-cim-indication-event.js';
import { removeCimInstanceDefinition } from './remove-cim-instance.js';
import { removeCimSessionDefinition } from './remove-cim-session.js';
import { setCimInstanceDefinition } from './set-cim-instance.js';

export {
  type GetCimAssociatedInstanceParameters,
  getCimAssociatedInstance,
} from './get-cim-associated-instance.js';
export { type GetCimClassParameters, getCimClass } from './get-cim-class.js';
export { type GetCimInstanceParameters, getCimInstance } from './get-cim-instance.js';
export { type GetCimSessionParameters, getCimSession } from './get-cim-session.js';
export {
  type CimMethodOutput,
  type CimMethodStreamedOutput,
  type InvokeCimMethodParameters,
  invokeCimMethod,
} from './invoke-cim-method.js';
export { type NewCimInstanceParameters, newCimInstance } from './new-cim-instance.js';
export { type NewCimSessionOptionParameters, newCimSessionOption } from './new-cim-session-option.js';
export {
  type CimIndicationEvent,
  type RegisterCimIndicationEventParameters,
  registerCimIndicationEvent,
} from './register-cim-indication-event.js';
export { type RemoveCimInstanceParameters, removeCimInstance } from './remove-cim-instance.js';
export { type RemoveCimSessionParameters, removeCimSession } from './remove-cim-session.js';
export { type CimPropertyValues, type SetCimInstanceParameters, setCimInstance } from './set-cim-instance.js';

/** By their names in lower case. */
export const cimCmdletDefinitions: ReadonlyMap<string, OperationCmdlet> = new Map(
  [
    getCimAssociatedInstanceDefinition,
    getCimClassDefinition,
    getCimInstanceDefinition,
    getCimSessionDefinition,
    invokeCimMethodDefinition,
    newCimInstanceDefinition,
    newCimSessionDefinition,
    newCimSessionOptionDefinition,
    registerCimIndicationEventDefinition,
    removeCimInstanceDefinition,
    removeCimSessionDefinition,
    setCimInstanceDefinition,
  ].map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]),
);
