import type { CimClass } from '../cim/class/cim-class.js';
import type { CimInstance, TypedCimInstance } from '../cim/instance/cim-instance.js';
import type { CimSession } from '../cim/session/cim-session.js';
import type { CimSessionOptions } from '../cim/session/session-options.js';
import { cmdletFunction } from '../cmdlet/cmdlet-function.js';
import type { InvocationOptions } from '../cmdlet/contract/invocation-options.js';
import type { CimJob } from '../cmdlet/result/cim-job.js';
import type { CmdletResult } from '../cmdlet/result/result.js';
import type {
  GetCimAssociatedInstanceInput,
  GetCimAssociatedInstanceParameters,
} from './cmdlets/get-cim-associated-instance.js';
import type { GetCimClassInput, GetCimClassParameters } from './cmdlets/get-cim-class.js';
import type { GetCimInstanceInput, GetCimInstanceParameters } from './cmdlets/get-cim-instance.js';
import type { GetCimSessionInput, GetCimSessionParameters } from './cmdlets/get-cim-session.js';
import type {
  CimMethodOutput,
  CimMethodStreamedOutput,
  InvokeCimMethodInput,
  InvokeCimMethodParameters,
} from './cmdlets/invoke-cim-method.js';
import type { NewCimInstanceInput, NewCimInstanceParameters } from './cmdlets/new-cim-instance.js';
import type { NewCimSessionOptionInput, NewCimSessionOptionParameters } from './cmdlets/new-cim-session-option.js';
import type {
  CimIndicationEvent,
  RegisterCimIndicationEventInput,
  RegisterCimIndicationEventParameters,
} from './cmdlets/register-cim-indication-event.js';
import type { RemoveCimInstanceInput, RemoveCimInstanceParameters } from './cmdlets/remove-cim-instance.js';
import type { RemoveCimSessionInput, RemoveCimSessionParameters } from './cmdlets/remove-cim-session.js';
import type { SetCimInstanceInput, SetCimInstanceParameters } from './cmdlets/set-cim-instance.js';
import * as definitions from './load.js';

/**
 * Gets the instances at the other end of an instance's associations (Get-CimAssociatedInstance).
 * @example const disks = await getCimAssociatedInstance({ InputObject: controller, ResultClassName: 'Win32_DiskDrive' });
 */
export const getCimAssociatedInstance = cmdletFunction<
  GetCimAssociatedInstanceParameters,
  CimInstance,
  GetCimAssociatedInstanceInput
>(definitions.getCimAssociatedInstance);

/**
 * Gets classes (Get-CimClass): the one of that name, or those that a pattern fits.
 * @example for await (const { className } of getCimClass({ ClassName: 'Win32_*', MethodName: 'Create', CimSession: session })) console.log(className);
 */
export const getCimClass = cmdletFunction<GetCimClassParameters, CimClass, GetCimClassInput>(definitions.getCimClass);

/**
 * Gets the instances of a class (Get-CimInstance): all of them, those that `Filter` or `Query` lets through, or `InputObject` anew.
 * @example
 * const stopped = { ClassName: 'Win32_Service', Filter: "State = 'Stopped'", CimSession: sessions };
 * for await (const service of getCimInstance<{ Name: string }>(stopped)) console.log(service.Name);
 */
export function getCimInstance<T extends object = Record<never, never>>(
  parameters: GetCimInstanceParameters & { readonly AsJob: true },
  options?: InvocationOptions<GetCimInstanceInput>,
): CimJob<TypedCimInstance<T>>;
export function getCimInstance<T extends object = Record<never, never>>(
  parameters: GetCimInstanceParameters & { readonly AsJob?: false | undefined },
  options?: InvocationOptions<GetCimInstanceInput>,
): CmdletResult<TypedCimInstance<T>>;
export function getCimInstance<T extends object>(
  parameters?: GetCimInstanceParameters & { readonly AsJob?: boolean | undefined },
  options: InvocationOptions<GetCimInstanceInput> = {},
): CimJob<TypedCimInstance<T>> | CmdletResult<TypedCimInstance<T>> {
  const call = cmdletFunction<object, TypedCimInstance<T>>(definitions.getCimInstance);
  return parameters?.AsJob
    ? call({ ...parameters, AsJob: true }, options)
    : call({ ...parameters, AsJob: false }, options);
}

/**
 * Gets the open sessions (Get-CimSession): those of the option `sessions`, else those that the program opened with newCimSession and
 * still holds.
 * @example const [session] = await getCimSession({ Name: 'dhcp*' });
 */
export const getCimSession = cmdletFunction<GetCimSessionParameters, CimSession, GetCimSessionInput>(
  definitions.getCimSession,
);

/**
 * Invokes a method (Invoke-CimMethod): of the class, of `InputObject`, or of each instance that `Query` finds.
 * @example
 * const [result] = await invokeCimMethod({ ClassName: 'Win32_Process', MethodName: 'Create', Arguments: { CommandLine: 'notepad.exe' }, CimSession: session });
 * console.log(result?.ReturnValue, result?.ProcessId);
 */
export const invokeCimMethod = cmdletFunction<
  InvokeCimMethodParameters,
  CimMethodOutput | CimMethodStreamedOutput,
  InvokeCimMethodInput
>(definitions.invokeCimMethod);

/**
 * Creates an instance on the server and gives it as the server has it (New-CimInstance); with `ClientOnly` only here.
 * @example const [variable] = await newCimInstance({ ClassName: 'Win32_Environment', Property: { Name: 'x', VariableValue: 'y', UserName: '<SYSTEM>' } });
 */
export const newCimInstance = cmdletFunction<NewCimInstanceParameters, CimInstance, NewCimInstanceInput>(
  definitions.newCimInstance,
);

/**
 * Options for a session, from PowerShell's names (New-CimSessionOption).
 * @example
 * const [option] = await newCimSessionOption({ UseSsl: true, SkipCNCheck: true });
 * await using session = await newCimSession('10.10.10.1', { ...option, credential });
 */
export const newCimSessionOption = cmdletFunction<
  NewCimSessionOptionParameters,
  CimSessionOptions,
  NewCimSessionOptionInput
>(definitions.newCimSessionOption);

/**
 * Gives the indications of one or more servers as they come (Register-CimIndicationEvent), until the iteration is left, or `signal` or
 * `timeoutMs` ends it. It has no end of its own: iterate it. OperationTimeoutSec is for the answer to the subscription.
 * @example
 * const Query = "select * from CIM_InstModification within 5 where SourceInstance isa 'Win32_Service'";
 * for await (const { NewEvent, MachineId } of registerCimIndicationEvent({ Query, CimSession: sessions }))
 *   console.log(MachineId, String(NewEvent));
 */
export const registerCimIndicationEvent = cmdletFunction<
  RegisterCimIndicationEventParameters,
  CimIndicationEvent,
  RegisterCimIndicationEventInput
>(definitions.registerCimIndicationEvent);

/**
 * Deletes instances on the server (Remove-CimInstance): `InputObject`, or each that `Query` finds.
 * @example await removeCimInstance({ InputObject: variable });
 */
export const removeCimInstance = cmdletFunction<RemoveCimInstanceParameters, never, RemoveCimInstanceInput>(
  definitions.removeCimInstance,
);

/**
 * Closes sessions (Remove-CimSession), named as Get-CimSession names them, or given. `session.close()` does the same for one.
 * @example await removeCimSession({ ComputerName: 'dhcpserver.contoso.com' });
 */
export const removeCimSession = cmdletFunction<RemoveCimSessionParameters, CimSession, RemoveCimSessionInput>(
  definitions.removeCimSession,
);

/**
 * Writes changed properties to the server (Set-CimInstance): those in `Property`, and those that were set in `InputObject` before.
 * With `Query` each instance that it finds is changed. Gives the changed instances with `PassThru`.
 * @example await setCimInstance({ InputObject: service, Property: { StartMode: 'Manual' } });
 */
export const setCimInstance = cmdletFunction<SetCimInstanceParameters, CimInstance, SetCimInstanceInput>(
  definitions.setCimInstance,
);
