import type { Fleet, FleetPlan, FleetSchedule } from '../../../fleet/index.js';
import { writeText } from '../../terminal/command-io.js';
import { UsageError } from '../../usage/usage-error.js';
import { type FleetTools, numberText, openedFleet } from './fleet-tools.js';
import { planOfLine } from './line-plan.js';

/** `cimlet fleet schedule`: the list; with a name and a cron expression a plan that is started then; with `--remove NAME` no more. */
export async function runFleetSchedule(tools: FleetTools): Promise<number> {
  const { words } = tools;
  const removed = words.value('--remove');
  if (removed !== undefined) return await removeSchedule(tools, removed);
  const [name, cron, ...line] = words.words;
  if (name === undefined) return await listSchedules(tools);
  if (cron === undefined) {
    throw new UsageError(
      'The schedule has no cron expression.',
      "Write: cimlet fleet schedule nightly '0 2 * * *' --targets FILE --credential NAME 'LINE'",
    );
  }
  const { plan, whatIf } = await planOfLine(tools, line);
  if (whatIf)
    throw new UsageError('-WhatIf is for a run, and not for a schedule.', 'Try the line with cimlet fleet run.');
  await using fleet = await openedFleet(tools);
  const kept = await keepTargets(fleet, name, plan);
  const timeZone = words.value('--time-zone');
  await fleet.schedule(name, cron, kept.plan, timeZone === undefined ? {} : { timeZone });
  const made = (await fleet.schedules()).find((one) => one.name === name);
  const computers =
    kept.count === undefined ? '' : ` on ${numberText(kept.count)} ${kept.count === 1 ? 'computer' : 'computers'}`;
  await tell(tools, made, `${plan.cmdlet}${computers} as ${name}: next ${made?.next ?? 'not known'}.`);
  return 0;
}

/** Computers of a file are kept under the schedule's name, so that they can be changed by giving another file. */
async function keepTargets(
  fleet: Fleet,
  name: string,
  plan: FleetPlan,
): Promise<{ readonly plan: FleetPlan; readonly count?: number }> {
  if (typeof plan.targets === 'object' && 'list' in plan.targets) return { plan };
  const count = await fleet.setTargets(name, plan.targets);
  if (count === 0) throw new UsageError('--targets: no computer is named.', 'Give a file with a name a line, or CSV.');
  return { plan: { ...plan, targets: { list: name } }, count };
}

async function removeSchedule(tools: FleetTools, name: string): Promise<number> {
  await using fleet = await openedFleet(tools);
  const known = (await fleet.schedules()).find((one) => one.name === name);
  if (known === undefined)
    throw new UsageError(`There is no schedule ${JSON.stringify(name)}.`, 'cimlet fleet schedule lists them.');
  await fleet.schedule(name, known.cron, undefined);
  await tell(tools, known, `The schedule ${name} is removed; runs that it started go on.`);
  return 0;
}

async function listSchedules(tools: FleetTools): Promise<number> {
  const { io, options } = tools;
  await using fleet = await openedFleet(tools);
  const all = await fleet.schedules();
  if (options.json) for (const one of all) await writeText(io.stdout, `${JSON.stringify(one)}\n`);
  else if (all.length === 0) await writeText(io.stdout, 'There is no schedule.\n');
  else {
    const width = Math.max(...all.map(({ name }) => name.length));
    for (const { name, cron, timeZone, cmdlet, next } of all)
      await writeText(
        io.stdout,
        `${name.padEnd(width)}  ${cron} (${timeZone ?? 'UTC'})  ${cmdlet}  next ${next ?? 'not known'}\n`,
      );
  }
  return 0;
}

async function tell({ io, options }: FleetTools, schedule: FleetSchedule | undefined, text: string): Promise<void> {
  await writeText(io.stdout, options.json ? `${JSON.stringify(schedule ?? null)}\n` : `${text}\n`);
}
