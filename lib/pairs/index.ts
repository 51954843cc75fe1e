/** Both servers of a failover pair: what they have, in what they differ, and what a replication or a removal would do. `cimlet/pairs`. */

export { afterReplication } from './comparison/after-replication.js';
export { type CompareOptions, comparePair } from './comparison/compare-pair.js';
export { RELATIONSHIP_MEMBERS } from './comparison/shared-relationships.js';
export {
  type Carriage,
  type ConfigurationItem,
  carriageOf,
  type ItemKind,
  KINDS,
  type KindTraits,
  nameOfItem,
  type PlainValue,
  SCOPE_KINDS,
  SERVER_KINDS,
} from './model/configuration-item.js';
export type {
  DifferenceVerdict,
  Direction,
  DirectionCounts,
  NotKnown,
  PairComparison,
  PairDifference,
  SharedRelationship,
} from './model/difference.js';
export type { PairProblem } from './model/pair-problem.js';
export type { ReadProgress, RelationshipReading, ServerReading, UnreadPart } from './model/server-reading.js';
export { type ExpectedCall, ExpectedHost } from './planning/expected-host.js';
export type { ApplyOptions, PairPlan } from './planning/pair-plan.js';
export type { PlanDescription, PlanEffect, PlanOutcome, PlanProgress } from './planning/plan-description.js';
export { type ItemReference, type KeepRequest, keepable, planKeep } from './planning/plan-keep.js';
export { type PutBackRequest, planPutBack } from './planning/plan-put-back.js';
export { planRemoval, planTakeOut, type RemovalRequest, type TakeOutRequest } from './planning/plan-removal.js';
export { planReplication, type ReplicationRequest } from './planning/plan-replication.js';
export { type PlanStep, powershellLine, type StepValue } from './planning/powershell-line.js';
export { readSaved, type SavedConfiguration, writeSaved } from './planning/saved-configuration.js';
export type { CallOptions } from './reading/part-calls.js';
export type { ReadOptions } from './reading/read-options.js';
export {
  type PairReading,
  type PairServer,
  type ReadPairOptions,
  type ReadServerOptions,
  readPair,
  readServer,
  type ServerDoor,
} from './reading/read-server.js';
