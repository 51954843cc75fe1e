import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { EngineParameters } from '../../cmdlet/contract/engine-parameters.js';

/** Where a CIM cmdlet runs: sessions or computers, not both; else where its input came from, else `localhost`. */
export type CimTargets =
  | {
      readonly CimSession?: CmdletSession | string | readonly (CmdletSession | string)[] | undefined;
      readonly ComputerName?: undefined;
    }
  | { readonly ComputerName: string | readonly string[]; readonly CimSession?: undefined };

/** What the CIM cmdlets have besides their own. */
export type CimCmdletParameters = Omit<EngineParameters, 'CimSession' | 'Session'> &
  CimTargets & {
    /**
     * Seconds that a server may keep the cmdlet waiting: for a result, or for the next one where there are several. Default, and 0: the limit
     * of the session. `timeoutMs` is for the whole call.
     */
    readonly OperationTimeoutSec?: number | undefined;
  };
