import type { Cmdlet } from './contract/cmdlet.js';
import type { EngineParameters } from './contract/engine-parameters.js';
import type { InvocationOptions } from './contract/invocation-options.js';
import type { OptionalInput } from './contract/piped-input.js';
import type { PipedOptions } from './contract/piped-parameters.js';
import type { CimJob } from './result/cim-job.js';
import type { CmdletResult } from './result/result.js';

/** What runs a cmdlet is loaded with the first call: importing the library is to cost little. It is kept, or Node would look for the file in each call. */
let engine: typeof import('./invoke.js') | undefined;

/** That no instance stands among the parameters is held before all else, so that the compiler says that of one, and not what it lacks. */
export type NoInstance = Pick<EngineParameters, 'PSComputerName'>;

/** Gives a job. */
export interface InBackground extends NoInstance {
  readonly AsJob: true;
}

/** Gives a result. */
export interface InForeground extends NoInstance {
  readonly AsJob?: false | undefined;
}

/** Where no parameter is mandatory, none need be given. */
export type ForegroundCall<P, Input = object> =
  Record<never, never> extends P
    ? [parameters?: InForeground & P, options?: InvocationOptions<Input>]
    : [parameters: InForeground & P, options?: InvocationOptions<Input>];

/**
 * A cmdlet as a function: PowerShell's parameters, then ours. With `AsJob: true` it gives a job, else a result. `Input` is what may be piped to it,
 * `never` for nothing.
 */
export interface CmdletFunction<P, T, Input = object> {
  (parameters: InBackground & P, options?: InvocationOptions<Input>): CimJob<T>;
  (...call: ForegroundCall<P, Input>): CmdletResult<T>;
}

/**
 * A cmdlet of which piped objects may bring mandatory parameters: beside `input` those of `Piped` are needed, else those of `P`, and then the
 * objects need not have what identifies them.
 */
export interface PipedCmdletFunction<P, Piped, T, Input extends object = object>
  extends CmdletFunction<P, T, OptionalInput<Input>> {
  (parameters: InBackground & Piped, options: PipedOptions<Input>): CimJob<T>;
  (parameters: InForeground & Piped, options: PipedOptions<Input>): CmdletResult<T>;
}

/** The function that runs a cmdlet, or one that is to be loaded with the first call. */
export function cmdletFunction<P extends object, T, Input = object>(
  cmdlet: Cmdlet | (() => Cmdlet),
): CmdletFunction<P, T, Input>;
export function cmdletFunction<P extends object, Piped extends object, T, Input extends object>(
  cmdlet: Cmdlet | (() => Cmdlet),
): PipedCmdletFunction<P, Piped, T, Input>;
export function cmdletFunction<P extends object, Piped extends object, T, Input extends object>(
  cmdlet: Cmdlet | (() => Cmdlet),
): PipedCmdletFunction<P, Piped, T, Input> {
  let loaded = typeof cmdlet === 'function' ? undefined : cmdlet;
  const load = typeof cmdlet === 'function' ? cmdlet : () => cmdlet;
  function call(parameters: (P | Piped) & InBackground, options?: InvocationOptions<object>): CimJob<T>;
  function call(parameters?: (P | Piped) & InForeground, options?: InvocationOptions<object>): CmdletResult<T>;
  function call(
    parameters?: (P | Piped) & { readonly AsJob?: boolean | undefined },
    options: InvocationOptions<object> = {},
  ): CimJob<T> | CmdletResult<T> {
    loaded ??= load();
    engine ??= require('./invoke.js') as typeof import('./invoke.js');
    return parameters?.AsJob === true
      ? engine.invokeCmdletAsJob<T>(loaded, { ...parameters }, options)
      : engine.invokeCmdlet<T>(loaded, { ...parameters }, options);
  }
  return call;
}
