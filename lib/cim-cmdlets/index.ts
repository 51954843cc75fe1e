/** The cmdlets of PowerShell's module CimCmdlets, over any CIM server. */
import type { OperationCmdlet } from '../cmdlet/contract/cmdlet.js';
import { getCimAssociatedInstanceDefinition } from './cmdlets/get-cim-associated-instance.js';
import { getCimClassDefinition } from './cmdlets/get-cim-class.js';
import { getCimInstanceDefinition } from './cmdlets/get-cim-instance.js';
import { getCimSessionDefinition } from './cmdlets/get-cim-session.js';
import { invokeCimMethodDefinition } from './cmdlets/invoke-cim-method.js';
import { newCimInstanceDefinition } from './cmdlets/new-cim-instance.js';
import { newCimSessionDefinition } from './cmdlets/new-cim-session.js';
import { newCimSessionOptionDefinition } from './cmdlets/new-cim-session-option.js';
import { registerCimIndicationEventDefinition } from './cmdlets/register-cim-indication-event.js';
import { removeCimInstanceDefinition } from './cmdlets/remove-cim-instance.js';
import { removeCimSessionDefinition } from './cmdlets/remove-cim-session.js';
import { setCimInstanceDefinition } from './cmdlets/set-cim-instance.js';

export {
  type GetCimAssociatedInstanceParameters,
  getCimAssociatedInstance,
} from './cmdlets/get-cim-associated-instance.js';
export { type GetCimClassParameters, getCimClass } from './cmdlets/get-cim-class.js';
export {
  type CimEnumerationParameters,
  type GetCimInstanceParameters,
  getCimInstance,
} from './cmdlets/get-cim-instance.js';
export { type CimSessionFilter, type GetCimSessionParameters, getCimSession } from './cmdlets/get-cim-session.js';
export {
  type CimMethodOutput,
  type CimMethodStreamedOutput,
  type InvokeCimMethodParameters,
  invokeCimMethod,
} from './cmdlets/invoke-cim-method.js';
export { type NewCimInstanceParameters, newCimInstance } from './cmdlets/new-cim-instance.js';
export { type NewCimSessionOptionParameters, newCimSessionOption } from './cmdlets/new-cim-session-option.js';
export {
  type CimIndicationEvent,
  type RegisterCimIndicationEventParameters,
  registerCimIndicationEvent,
} from './cmdlets/register-cim-indication-event.js';
export { type RemoveCimInstanceParameters, removeCimInstance } from './cmdlets/remove-cim-instance.js';
export {
  type CimSessionChoice,
  type RemoveCimSessionParameters,
  removeCimSession,
} from './cmdlets/remove-cim-session.js';
export { type CimPropertyValues, type SetCimInstanceParameters, setCimInstance } from './cmdlets/set-cim-instance.js';

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
