import type { Cmdlet } from '../cmdlet/contract/cmdlet.js';
import type { InvocationOptions } from '../cmdlet/contract/invocation-options.js';
import { invokeCmdlet, invokeCmdletAsJob } from '../cmdlet/invoke.js';
import type { CimJob } from '../cmdlet/result/cim-job.js';
import type { CmdletResult } from '../cmdlet/result/result.js';

/** A cmdlet as a function: PowerShell's parameters, then ours. With `AsJob: true` it gives a job, else a result. */
export interface CmdletFunction<P, T> {
  (parameters: P & { readonly AsJob: true }, options?: InvocationOptions): CimJob<T>;
  (parameters: P & { readonly AsJob?: false | undefined }, options?: InvocationOptions): CmdletResult<T>;
}

export function cmdletFunction<P extends object, T>(cmdlet: Cmdlet): CmdletFunction<P, T> {
  function call(parameters: P & { readonly AsJob: true }, options?: InvocationOptions): CimJob<T>;
  function call(parameters: P & { readonly AsJob?: false | undefined }, options?: InvocationOptions): CmdletResult<T>;
  function call(
    parameters: P & { readonly AsJob?: boolean | undefined },
    options: InvocationOptions = {},
  ): CimJob<T> | CmdletResult<T> {
    return parameters.AsJob === true
      ? invokeCmdletAsJob<T>(cmdlet, { ...parameters }, options)
      : invokeCmdlet<T>(cmdlet, { ...parameters }, options);
  }
  return call;
}
