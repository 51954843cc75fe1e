import { invalidArgument } from '../../base/errors.js';
import type { BoundEngineParameters } from '../bind/bound-engine-parameters.js';

/**
 * A job runs in the background and asks nothing, so AsJob goes with neither WhatIf nor Confirm (PowerShell: BeginProcessing of
 * SessionBasedCmdletAdapter).
 * @throws CimletError `ERR_INVALID_ARGUMENT`.
 */
export function refuseJobConflict(engineParameters: BoundEngineParameters, asJob: boolean): void {
  if (!asJob) {
    if (engineParameters.AsJob === true)
      throw invalidArgument('AsJob', true, 'A job is started with invokeCmdletAsJob.');
    return;
  }
  const conflict =
    engineParameters.WhatIf === true ? 'WhatIf' : engineParameters.Confirm === true ? 'Confirm' : undefined;
  if (conflict === undefined) return;
  const remedy = `AsJob and ${conflict} cannot be given together: a job runs in the background, and asks and reports nothing.`;
  throw invalidArgument(conflict, true, remedy);
}
