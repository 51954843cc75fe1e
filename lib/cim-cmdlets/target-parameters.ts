import type { CommonParameters } from '../cmdlet/common-parameters.js';
import type { MethodInvoker } from '../cmdlet/method-invoker.js';

/** Where a CIM cmdlet runs: sessions or computers, not both; else where its input came from, else `localhost`. */
export type Targets =
  | {
      readonly CimSession?: MethodInvoker | string | readonly (MethodInvoker | string)[] | undefined;
      readonly ComputerName?: undefined;
    }
  | { readonly ComputerName: string | readonly string[]; readonly CimSession?: undefined };

/** What the CIM cmdlets have besides their own. */
export type CimCmdletParameters = Omit<CommonParameters, 'CimSession'> &
  Targets & {
    /** Seconds that the operation may take on each target. Default, and 0: the limit of the session. */
    readonly OperationTimeoutSec?: number | undefined;
  };
