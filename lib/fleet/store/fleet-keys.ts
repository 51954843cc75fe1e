import { invalidArgument } from '../../base/errors.js';

/** Parts of a run's state in Redis. */
export type RunPart = 'state' | 'targets' | 'sent' | 'results';

/** A name of a fleet, site, list, schedule, credential or secret. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i;
/** The fleet's own stands within braces, and before other names. */
const FLEET_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/i;

/** @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkedName(what: string, name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw invalidArgument(what, name, 'Give a name of letters, digits, dots, hyphens and underscores, 63 at most.');
}

/** The keys of a fleet. All of them have one hash tag, so that a cluster keeps them in one slot. */
export class FleetKeys {
  readonly prefix: string;
  /** Runs by the time of their start. */
  readonly runs: string;
  /** Runs by their deadline. */
  readonly deadlines: string;
  /** Workers by the time of their last sign of life, and what they say of themselves. */
  readonly workers: string;
  readonly workerInfo: string;
  readonly siteLimits: string;
  readonly schedules: string;

  /** @throws CimletError `ERR_INVALID_ARGUMENT`. */
  constructor(name: string) {
    if (typeof name !== 'string' || !FLEET_NAME.test(name)) {
      throw invalidArgument('name', name, 'Give a name of letters, digits and hyphens, 63 at most.');
    }
    this.prefix = `{cimlet-${name}}`;
    this.runs = `${this.prefix}:runs`;
    this.deadlines = `${this.prefix}:deadlines`;
    this.workers = `${this.prefix}:workers`;
    this.workerInfo = `${this.prefix}:worker-info`;
    this.siteLimits = `${this.prefix}:site-limits`;
    this.schedules = `${this.prefix}:schedules`;
  }

  run(id: string, part: RunPart): string {
    return `${this.prefix}:run:${id}:${part}`;
  }

  /** `computer`: as {@link computerKey} spells it. */
  lease(computer: string): string {
    return `${this.prefix}:lease:${computer}`;
  }

  list(name: string): string {
    return `${this.prefix}:list:${name}`;
  }
}
