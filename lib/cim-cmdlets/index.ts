/** The cmdlets of PowerShell's module CimCmdlets, over any CIM server. */
import { LazyMap } from '../base/collections/lazy-map.js';
import type { OperationCmdlet } from '../cmdlet/contract/cmdlet.js';
import * as definitions from './load.js';

export * from './cim-functions.js';
export type {
  GetCimAssociatedInstanceInput,
  GetCimAssociatedInstanceParameters,
} from './cmdlets/get-cim-associated-instance.js';
export type { GetCimClassInput, GetCimClassParameters } from './cmdlets/get-cim-class.js';
export type {
  CimEnumerationParameters,
  GetCimInstanceInput,
  GetCimInstanceParameters,
} from './cmdlets/get-cim-instance.js';
export type { CimSessionFilter, GetCimSessionInput, GetCimSessionParameters } from './cmdlets/get-cim-session.js';
export type {
  CimMethodOutput,
  CimMethodStreamedOutput,
  InvokeCimMethodInput,
  InvokeCimMethodParameters,
} from './cmdlets/invoke-cim-method.js';
export type { NewCimInstanceInput, NewCimInstanceParameters } from './cmdlets/new-cim-instance.js';
export type { NewCimSessionOptionInput, NewCimSessionOptionParameters } from './cmdlets/new-cim-session-option.js';
export type {
  CimIndicationEvent,
  RegisterCimIndicationEventInput,
  RegisterCimIndicationEventParameters,
} from './cmdlets/register-cim-indication-event.js';
export type { RemoveCimInstanceInput, RemoveCimInstanceParameters } from './cmdlets/remove-cim-instance.js';
export type {
  CimSessionChoice,
  RemoveCimSessionInput,
  RemoveCimSessionParameters,
} from './cmdlets/remove-cim-session.js';
export type { CimPropertyValues, SetCimInstanceInput, SetCimInstanceParameters } from './cmdlets/set-cim-instance.js';

/** By their names in lower case. */
export const cimCmdletDefinitions: ReadonlyMap<string, OperationCmdlet> = new LazyMap<OperationCmdlet>([
  ['get-cimassociatedinstance', definitions.getCimAssociatedInstance],
  ['get-cimclass', definitions.getCimClass],
  ['get-ciminstance', definitions.getCimInstance],
  ['get-cimsession', definitions.getCimSession],
  ['invoke-cimmethod', definitions.invokeCimMethod],
  ['new-ciminstance', definitions.newCimInstance],
  ['new-cimsession', definitions.newCimSession],
  ['new-cimsessionoption', definitions.newCimSessionOption],
  ['register-cimindicationevent', definitions.registerCimIndicationEvent],
  ['remove-ciminstance', definitions.removeCimInstance],
  ['remove-cimsession', definitions.removeCimSession],
  ['set-ciminstance', definitions.setCimInstance],
]);
