import type { CommonParameters } from '../cmdlet/contract/common-parameters.js';
import type { MethodInvoker } from '../cmdlet/contract/method-invoker.js';

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
    /**
     * Seconds that a server may keep the cmdlet waiting: for a result, or for the next one where there are several. Default, and 0: the limit
     * of the session. `timeoutMs` is for the whole call.
     */
    readonly OperationTimeoutSec?: number | undefined;
  };
