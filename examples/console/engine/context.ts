import type { Activity } from './activity.js';
import type { LabAccess, Logons } from './logons.js';
import type { Readings } from './readings.js';
import type { ServerList } from './server-list.js';

/** What the handlers of all methods share. */
export interface EngineContext {
  readonly list: ServerList;
  readonly logons: Logons;
  readonly readings: Readings;
  readonly activity: Activity;
  readonly startLab: (() => Promise<LabAccess>) | null;
  readonly now: () => number;
}
