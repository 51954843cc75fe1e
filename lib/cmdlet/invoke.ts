import { lazyValue } from '../base/collections/lazy-value.js';
import { openCimSession } from '../cim/session/cim-session.js';
import { checkInvocationOptions } from './bind/invocation-option-forms.js';
import type { Cmdlet } from './contract/cmdlet.js';
import type { SessionFactory } from './contract/cmdlet-session.js';
import type { InvocationOptions } from './contract/invocation-options.js';
import { CimJob } from './result/cim-job.js';
import { CmdletResult } from './result/result.js';
import type { Invocation } from './run/invocation.js';
import type { InvocationObserver } from './run/invocation-observer.js';

/** What binds, asks and runs is loaded with the first call: importing the library is to cost little. */
const engine = lazyValue(() => require('./run/invocation.js') as typeof import('./run/invocation.js'));

/**
 * Runs a cmdlet: binds the parameters to one parameter set, asks what has to be asked, and calls the set's method on each target under the
 * throttle. It starts at once. Rejects with a ParameterBindingError or `ERR_CONFIRMATION_REQUIRED` before anything is sent, and with a
 * CmdletError when targets failed.
 * @example const [failover] = await invokeCmdlet<DhcpServerv4Failover>(definition, { CimSession: session, Name: 'SFO-SIN-Failover' });
 */
export function invokeCmdlet<T>(
  definition: Cmdlet,
  parameters: Readonly<Record<string, unknown>>,
  options: InvocationOptions<object> = {},
): CmdletResult<T> {
  return new CmdletResult<T>((observer) => prepare(definition, parameters, options, observer, false));
}

/**
 * Runs a cmdlet in the background (PowerShell's -AsJob).
 * @throws ParameterBindingError; CimletError `ERR_CONFIRMATION_REQUIRED`, `ERR_INVALID_ARGUMENT` for AsJob with WhatIf or Confirm. Nothing was sent then.
 */
export function invokeCmdletAsJob<T>(
  definition: Cmdlet,
  parameters: Readonly<Record<string, unknown>>,
  options: InvocationOptions<object> = {},
): CimJob<T> {
  return new CimJob<T>((observer) => prepare(definition, parameters, options, observer, true));
}

function prepare(
  definition: Cmdlet,
  parameters: Readonly<Record<string, unknown>>,
  options: InvocationOptions<object>,
  observer: InvocationObserver,
  asJob: boolean,
): Invocation {
  checkInvocationOptions(options);
  const factory = options.sessionFactory ?? sessionFactory(options);
  return new (engine().Invocation)({ definition, parameters, options, factory, observer, asJob });
}

function sessionFactory({ sessionOptions }: InvocationOptions<object>): SessionFactory {
  return (computerName, options) =>
    openCimSession(computerName, options === undefined ? sessionOptions : { ...sessionOptions, ...options });
}
