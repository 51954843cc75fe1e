import type { PlanDescription, PlanEffect, PlanOutcome } from '../../../pairs/index.js';
import { valueText } from './comparison-text.js';

/** Additions and changes that are shown; removals all are. */
const SHOWN = 20;
const LONGEST_LINE = 400;

/** A plan for a reader: what would be done, effect by effect, removals first and whole. */
export function* planLines(plan: PlanDescription): Generator<string> {
  yield plan.title;
  for (const sentence of plan.sentences) yield sentence;
  yield '';
  yield `Adds ${plan.adds}, changes ${plan.changes}, removes ${plan.removes}:`;
  const of = (verb: PlanEffect['verb']) => plan.effects.filter((effect) => effect.verb === verb);
  for (const effect of of('remove')) yield effectLine(effect);
  for (const verb of ['change', 'add'] as const) {
    const effects = of(verb);
    for (const effect of effects.slice(0, SHOWN)) yield effectLine(effect);
    if (effects.length > SHOWN) yield `  ${verb}: ${effects.length - SHOWN} more; --json has them all`;
  }
  if (plan.remains.length > 0) {
    yield '';
    yield 'Stays different:';
    for (const { scopeId, what, meaning } of plan.remains)
      yield cut(`  ${scopeId === null ? '' : `${scopeId}, `}${what}: ${meaning}`);
  }
  if (plan.notKnown.length > 0) {
    yield '';
    yield 'Not known:';
    for (const { server, what, problem } of plan.notKnown) yield cut(`  ${server}, ${what}: ${problem.what}`);
  }
  yield '';
  for (const line of plan.lines) yield line;
}

function effectLine({ verb, server, scopeId, what, from, to }: PlanEffect): string {
  const where = scopeId === null ? '' : `${scopeId}, `;
  if (verb === 'change' && from !== null && to !== null) {
    const changes = Object.keys(to).map((name) => `${name} ${valueText(from[name])} -> ${valueText(to[name])}`);
    return cut(`  change on ${server}: ${where}${what}: ${changes.join(', ')}`);
  }
  const values = Object.entries(to ?? from ?? {}).filter(
    ([, value]) => value !== null && value !== '' && value !== false,
  );
  const text = values.map(([name, value]) => `${name} ${valueText(value)}`).join(', ');
  return cut(
    `  ${verb === 'add' ? 'add to' : 'remove from'} ${server}: ${where}${what}${text === '' ? '' : `: ${text}`}`,
  );
}

/** A server's texts are cut and kept on their line. */
function cut(line: string): string {
  const text = line.slice(0, 16 * LONGEST_LINE).replaceAll(/[\r\n]+/g, ' ');
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE)}…`;
}

/** What came of it. */
export function* outcomeLines(outcome: PlanOutcome): Generator<string> {
  const { how, changed, problems, refused, after } = outcome;
  for (const { where, what, remedy, code } of problems)
    yield cut(`${where}: ${what} (${code})${remedy === null ? '' : ` ${remedy}`}`);
  for (const question of refused) yield cut(`Asked and answered no: ${question}`);
  if (how !== 'done') {
    yield changed === 'nothing'
      ? 'It failed, and nothing was changed.'
      : changed === 'something'
        ? 'It failed, and something was changed: compare again.'
        : 'It failed; whether something was changed is not known: compare again.';
  } else if (after === null) yield 'Done.';
  else
    yield `Done: ${after.differences.filter(({ byReplication }) => byReplication).length} differences now that replication carries.`;
}
