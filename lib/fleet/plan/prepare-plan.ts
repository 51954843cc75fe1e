import { CimletError, invalidArgument } from '../../base/errors.js';
import { ANYTHING, checkOptionForms, NUMBER, OBJECT, TEXT } from '../../base/option-forms.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { repetitionOf } from '../../cmdlet/repeat/repetition-of.js';
import type { FleetPlan, FleetStage } from '../contract/fleet-plan.js';
import { queuedParameters } from './call-parameters.js';
import type { KnownCmdlets } from './known-cmdlets.js';
import { PLAN_VERSION, type StoredPlan } from './stored-plan.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/i;
const FORMS = {
  cmdlet: TEXT,
  parameters: OBJECT,
  targets: ANYTHING,
  credential: TEXT,
  site: TEXT,
  stages: OBJECT,
  timeoutMs: NUMBER,
  attempts: NUMBER,
  attemptDelayMs: NUMBER,
  graceMs: NUMBER,
  deadline: ANYTHING,
  jobSize: NUMBER,
  retentionDays: NUMBER,
};
const DAY_MS = 86_400_000;
/** By default the first computer is tried alone, so that a wrong password is tried once. */
const ONE_FIRST: readonly FleetStage[] = [{ count: 1 }, { share: 1 }];
/** ISO 8601 with a time zone: without one it would be another time on each machine. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A plan that was checked, its targets aside. */
export interface PreparedPlan {
  readonly cmdlet: Cmdlet;
  readonly stored: StoredPlan;
}

/** Checks a plan; its parameters are bound with the targets. @throws ParameterBindingError; CimletError `ERR_INVALID_ARGUMENT`. */
export function preparePlan(plan: FleetPlan, cmdlets: KnownCmdlets): PreparedPlan {
  if (typeof plan !== 'object' || plan === null) throw invalidArgument('plan', plan, 'Give an object.');
  checkOptionForms(plan, FORMS, 'member of a plan');
  const cmdlet = cmdlets.get(plan.cmdlet);
  const parameters = queuedParameters(cmdlet, plan.parameters ?? {});
  const changes = repetitionOf(cmdlet, Object.keys(parameters)).kind !== 'read';
  const deadline = momentOf(plan.deadline);
  return {
    cmdlet,
    stored: {
      v: PLAN_VERSION,
      cmdlet: cmdlet.name,
      changes,
      parameters,
      credential: named('credential', plan.credential),
      site: named('site', plan.site ?? 'default'),
      stages: plan.stages === undefined ? ONE_FIRST : checkedStages(plan.stages),
      probes: plan.stages === undefined,
      timeoutMs: numberOf(plan, 'timeoutMs', 30_000, 1, DAY_MS),
      attempts: numberOf(plan, 'attempts', 3, 1, 20),
      attemptDelayMs: numberOf(plan, 'attemptDelayMs', 500, 1, DAY_MS),
      graceMs: numberOf(plan, 'graceMs', 5_000, 0, DAY_MS),
      ...(deadline !== undefined && { deadline }),
      jobSize: changes ? 1 : numberOf(plan, 'jobSize', 10, 1, 50),
      retentionDays: numberOf(plan, 'retentionDays', 7, 1, 3_650),
    },
  };
}

function named(what: 'credential' | 'site', name: unknown): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  const whose = what === 'credential' ? 'Give the name under which the workers know it' : 'Give the name of a site';
  // What stands there may be the credential itself.
  const shown = what === 'credential' ? Object(name === undefined ? 'nothing' : 'what was given') : name;
  throw invalidArgument(what, shown, `${whose}: letters, digits, dots, hyphens and underscores.`);
}

function numberOf(
  plan: FleetPlan,
  name: 'timeoutMs' | 'attempts' | 'attemptDelayMs' | 'graceMs' | 'jobSize' | 'retentionDays',
  otherwise: number,
  min: number,
  max: number,
): number {
  const value = plan[name] ?? otherwise;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw invalidArgument(name, value, `Give a whole number from ${min} to ${max}.`);
}

function momentOf(deadline: unknown): number | undefined {
  if (deadline === undefined) return undefined;
  const text =
    deadline instanceof Date ? deadline : typeof deadline === 'string' && MOMENT.test(deadline) ? deadline : '';
  const moment = new Date(text).getTime();
  if (!Number.isNaN(moment)) return moment;
  throw invalidArgument('deadline', deadline, "Give a Date, or a time with its zone: '2026-12-01T04:00:00Z'.");
}

function checkedStages(stages: readonly FleetStage[]): readonly FleetStage[] {
  if (!Array.isArray(stages) || stages.length === 0 || stages.length > 100) {
    throw invalidArgument('stages', stages, 'Give an array of 1 to 100: [{ count: 1 }, { share: 0.1 }, { share: 1 }].');
  }
  let before = 0;
  return stages.map((stage: unknown, index) => {
    const where = `stages[${index}]`;
    if (typeof stage !== 'object' || stage === null)
      throw invalidArgument(where, stage, 'Give { count } or { share }.');
    checkOptionForms(stage, { count: NUMBER, share: NUMBER, maxFailedShare: NUMBER }, 'member of a stage', `${where}.`);
    const { count, share, maxFailedShare } = stage as FleetStage;
    if ((count === undefined) === (share === undefined)) {
      throw new CimletError('ERR_INVALID_ARGUMENT', `${where}: give count or share, one of them.`);
    }
    if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
      throw invalidArgument(`${where}.count`, count, 'Give a whole number above zero.');
    }
    if (share !== undefined && !(share > before && share <= 1)) {
      const remedy = `Give a share of all targets above ${before === 0 ? '0' : `that of the stage before, ${before}`}, up to 1.`;
      throw invalidArgument(`${where}.share`, share, remedy);
    }
    if (maxFailedShare !== undefined && !(maxFailedShare >= 0 && maxFailedShare <= 1)) {
      throw invalidArgument(`${where}.maxFailedShare`, maxFailedShare, 'Give a share from 0 to 1.');
    }
    before = share ?? before;
    return {
      ...(count !== undefined && { count }),
      ...(share !== undefined && { share }),
      ...(maxFailedShare !== undefined && { maxFailedShare }),
    };
  });
}
