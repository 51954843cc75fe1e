import { invalidArgument } from '../../base/errors.js';
import type { BoundCommonParameters } from '../bind/bound-common-parameters.js';

/**
 * A job runs in the background and asks nothing, so AsJob goes with neither WhatIf nor Confirm (PowerShell: BeginProcessing of
 * SessionBasedCmdletAdapter).
 * @throws CimletError `ERR_INVALID_ARGUMENT`.
 */
export function refuseJobConflict(common: BoundCommonParameters, asJob: boolean): void {
  if (!asJob) {
    if (common.AsJob === true) throw invalidArgument('AsJob', true, 'A job is started with invokeCmdletAsJob.');
    return;
  }
  const conflict = common.WhatIf === true ? 'WhatIf' : common.Confirm === true ? 'Confirm' : undefined;
  if (conflict === undefined) return;
  const remedy = `AsJob and ${conflict} cannot be given together: a job runs in the background, and asks and reports nothing.`;
  throw invalidArgument(conflict, true, remedy);
}
