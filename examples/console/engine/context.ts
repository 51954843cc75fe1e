import type { CompareResult } from '../bridge.js';
import type { Activity } from './activity.js';
import type { LabAccess, Logons } from './logons.js';
import type { PlanStore } from './plan-store.js';
import type { Readings } from './readings.js';
import type { Rights } from './rights.js';
import type { ServerList } from './server-list.js';

/** What the handlers of all methods share. */
export interface EngineContext {
  readonly list: ServerList;
  readonly logons: Logons;
  readonly readings: Readings;
  readonly activity: Activity;
  readonly plans: PlanStore;
  readonly rights: Rights;
  /** The last comparison of each pair. */
  readonly comparisons: Map<string, CompareResult>;
  readonly startLab: (() => Promise<LabAccess>) | null;
  readonly now: () => number;
}
