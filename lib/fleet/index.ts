/** Runs of one cmdlet over many computers by several workers, which survive a crash. `cimlet/fleet`. */

export { compareFailoverPair } from './audit/compare-failover-pair.js';
export type { AuditDifference, PairAudit } from './audit/pair-audit.js';
export type {
  Fleet,
  FleetFinding,
  FleetRetryOptions,
  FleetSchedule,
  FleetScheduleOptions,
  FleetSiteLimits,
  FleetWorkerStatus,
} from './contract/fleet.js';
export type { FleetOptions, FleetTls } from './contract/fleet-options.js';
export type { FleetError, FleetOutcome, FleetOutcomeState } from './contract/fleet-outcome.js';
export type {
  FleetParameters,
  FleetPlan,
  FleetPreview,
  FleetSecretName,
  FleetStage,
  FleetTarget,
  FleetTargetList,
  FleetTargets,
} from './contract/fleet-plan.js';
export type { FleetOutcomeFilter, FleetRun, FleetWatchOptions } from './contract/fleet-run.js';
export type { FleetRunEnd, FleetStatus } from './contract/fleet-status.js';
export type {
  FleetAllowance,
  FleetCredential,
  FleetLogon,
  FleetSecret,
  FleetWorker,
  FleetWorkerOptions,
} from './contract/fleet-worker.js';
export { openFleet } from './open-fleet.js';
export { startFleetWorker } from './start-fleet-worker.js';
