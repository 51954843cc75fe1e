import { CimletError } from '../../../base/errors.js';
import { type PairPlan, planPutBack, planReplication, readSaved, writeSaved } from '../../../pairs/index.js';
import { writeProse, writeText } from '../../terminal/command-io.js';
import { canAsk } from '../../terminal/terminal-host.js';
import { UsageError } from '../../usage/usage-error.js';
import type { PairRun } from './pair-run.js';
import { wantedPartners } from './pair-sessions.js';
import { outcomeLines, planLines } from './plan-text.js';
import { ReadingLine } from './reading-line.js';

/** `cimlet replicate SERVER [RELATIONSHIP]`: from the server to its partner. With --plan nothing is changed. */
export async function runReplicate(run: PairRun): Promise<number> {
  const { io, words, sessions } = run;
  const [server = '', wanted] = words.words;
  const session = await sessions.session(server);
  const partners = await wantedPartners(session, { relationship: wanted, partner: words.partner, signal: io.signal });
  const [only, ...others] = partners.flatMap(({ partner, relationships }) =>
    relationships.map((relationship) => ({ partner, relationship })),
  );
  if (only === undefined || others.length > 0) {
    const names = [only, ...others].map((one) => JSON.stringify(one?.relationship));
    throw new UsageError(
      `${server} has ${names.length} relationships: ${names.join(', ')}.`,
      'Name one of them, behind the server.',
    );
  }
  const line = new ReadingLine(io.stderr);
  const plan = await planReplication({
    source: session,
    target: sessions.door(only.partner),
    relationship: only.relationship,
    scopeIds: words.scopes.length === 0 ? undefined : words.scopes,
    reservationOptions: words.reservationOptions ? 'all' : [],
    signal: io.signal,
    onProgress: (progress) => line.update(progress),
  });
  line.clear();
  return await settle(run, plan);
}

/** `cimlet put-back SERVER FILE`. */
export async function runPutBack(run: PairRun): Promise<number> {
  const { io, words, sessions } = run;
  const [server = '', file = ''] = words.words;
  const saved = await readSaved(file);
  const plan = await planPutBack({ server: await sessions.session(server), saved, signal: io.signal });
  return await settle(run, plan);
}

/** Shows the plan; saves what goes, asks, and applies it, unless --plan says to show it alone. */
async function settle(run: PairRun, plan: PairPlan): Promise<number> {
  const { io, words } = run;
  const { description } = plan;
  if (run.json) await writeText(io.stdout, `${JSON.stringify(description)}\n`);
  else await writeProse(io.stdout, `${[...planLines(description)].join('\n')}\n`);
  if (words.plan) return 0;
  if (description.effects.length === 0 && description.notKnown.length === 0) {
    await writeText(io.stderr, 'There is nothing to do.\n');
    return 0;
  }
  if (!canAsk(io)) {
    throw new CimletError(
      'ERR_CONFIRMATION_REQUIRED',
      `${description.button} has to be confirmed, and there is no terminal to ask on.`,
      {
        hint: 'Run it on a terminal, or with --plan to see what it would do. Nothing was changed.',
      },
    );
  }
  const typed = await ask(run, description.type ?? 'yes');
  if (typed === undefined) {
    await writeText(io.stderr, 'Nothing was changed.\n');
    return 1;
  }
  if (description.saved.items.length > 0) {
    const file = words.save ?? defaultFile(description.saved.server);
    await writeSaved(file, description.saved);
    await writeText(io.stderr, `What goes is saved: cimlet put-back ${description.saved.server} ${file}\n`);
  }
  const line = new ReadingLine(io.stderr);
  const outcome = await plan.apply({
    signal: io.signal,
    ...(description.type === null ? {} : { typed }),
    onProgress: ({ phase, done, total }) =>
      line.show(
        { checking: 'Looking again', applying: 'Changing', looking: 'Looking at the result' }[phase],
        done,
        total,
        0,
      ),
  });
  line.clear();
  const { saved, ...told } = outcome;
  if (run.json) await writeText(io.stdout, `${JSON.stringify(told)}\n`);
  else await writeProse(io.stdout, `${[...outcomeLines(outcome)].join('\n')}\n`);
  return outcome.how === 'done' ? 0 : 1;
}

/** What was typed, when it is what was asked for. */
async function ask({ io, input }: PairRun, word: string): Promise<string | undefined> {
  await writeProse(
    io.stderr,
    `Type ${JSON.stringify(word)} without the quotes to go on, anything else to change nothing: `,
  );
  const line = await input.readLine(io.signal);
  return line?.trim() === word ? word : undefined;
}

/** A new name each time, in the folder that the command runs in. */
function defaultFile(server: string): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `saved-${server.replaceAll(/[^A-Za-z0-9.-]/g, '_')}-${time}.json`;
}
