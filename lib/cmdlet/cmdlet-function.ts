import type { Cmdlet } from './contract/cmdlet.js';
import type { InvocationOptions } from './contract/invocation-options.js';
import type { PipedOptions } from './contract/piped-parameters.js';
import type { CimJob } from './result/cim-job.js';
import type { CmdletResult } from './result/result.js';

/** What runs a cmdlet is loaded with the first call: importing the library is to cost little. */
const engine = () => require('./invoke.js') as typeof import('./invoke.js');

/** Gives a job. */
export interface InBackground {
  readonly AsJob: true;
}

/** Gives a result. */
export interface InForeground {
  readonly AsJob?: false | undefined;
}

/** Where no parameter is mandatory, none need be given. */
export type ForegroundCall<P> =
  Record<never, never> extends P
    ? [parameters?: P & InForeground, options?: InvocationOptions]
    : [parameters: P & InForeground, options?: InvocationOptions];

/** A cmdlet as a function: PowerShell's parameters, then ours. With `AsJob: true` it gives a job, else a result. */
export interface CmdletFunction<P, T> {
  (parameters: P & InBackground, options?: InvocationOptions): CimJob<T>;
  (...call: ForegroundCall<P>): CmdletResult<T>;
}

/** A cmdlet of which piped objects may bring mandatory parameters: beside `input` those of `Piped` are needed, else those of `P`. */
export interface PipedCmdletFunction<P, Piped, T> extends CmdletFunction<P, T> {
  (parameters: Piped & InBackground, options: PipedOptions): CimJob<T>;
  (parameters: Piped & InForeground, options: PipedOptions): CmdletResult<T>;
}

/** The function that runs a cmdlet, or one that is to be loaded with the first call. */
export function cmdletFunction<P extends object, T>(cmdlet: Cmdlet | (() => Cmdlet)): CmdletFunction<P, T>;
export function cmdletFunction<P extends object, Piped extends object, T>(
  cmdlet: Cmdlet | (() => Cmdlet),
): PipedCmdletFunction<P, Piped, T>;
export function cmdletFunction<P extends object, Piped extends object, T>(
  cmdlet: Cmdlet | (() => Cmdlet),
): PipedCmdletFunction<P, Piped, T> {
  let loaded = typeof cmdlet === 'function' ? undefined : cmdlet;
  const load = typeof cmdlet === 'function' ? cmdlet : () => cmdlet;
  function call(parameters: (P | Piped) & InBackground, options?: InvocationOptions): CimJob<T>;
  function call(parameters?: (P | Piped) & InForeground, options?: InvocationOptions): CmdletResult<T>;
  function call(
    parameters?: (P | Piped) & { readonly AsJob?: boolean | undefined },
    options: InvocationOptions = {},
  ): CimJob<T> | CmdletResult<T> {
    loaded ??= load();
    return parameters?.AsJob === true
      ? engine().invokeCmdletAsJob<T>(loaded, { ...parameters }, options)
      : engine().invokeCmdlet<T>(loaded, { ...parameters }, options);
  }
  return call;
}
