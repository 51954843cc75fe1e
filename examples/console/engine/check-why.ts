import type { CheckResult, CheckRow, Params } from '../bridge.js';
import { clockAhead, wrongClock } from './clock.js';
import type { EngineContext } from './context.js';
import { freshPair } from './plan-settings.js';
import { isDenied } from './problem.js';
import type { Run } from './run.js';

/** "Find out why": what can be seen from here, in order; what is left is the network between the two. */
export async function findOutWhy(
  context: EngineContext,
  run: Run<'check'>,
  { key }: Extract<Params['check'], { kind: 'why' }>,
): Promise<CheckResult> {
  const rows = new Map<string, CheckRow>();
  const tell = (
    id: string,
    state: CheckRow['state'],
    title: string,
    detail: string | null = null,
    remedy: string | null = null,
  ) => {
    const row: CheckRow = { id, state, title, detail, remedy, leaveOut: [] };
    rows.set(id, row);
    run.row(row);
  };
  tell('answers', 'waiting', 'Does each server answer?');
  const pair = await freshPair(context, key, run.signal);
  const { primary, secondary, name } = pair;
  const sides = [primary, secondary];
  const silent = sides.filter(({ problem, isListed }) => problem !== null || !isListed);
  const [first] = silent;
  let sentence: string | null = null;
  const found = (text: string) => {
    sentence ??= text;
  };
  if (first === undefined) tell('answers', 'inOrder', 'Both servers answer this console');
  else {
    const { problem, server } = first;
    const isRight = problem !== null && isDenied(problem);
    const title =
      problem === null ? `${server} is not in the list of servers` : `${server} does not answer this console`;
    tell(
      'answers',
      isRight || problem === null ? 'notKnown' : 'inTheWay',
      title,
      problem?.what ?? null,
      problem?.remedy ?? 'Add it to the list.',
    );
    if (problem !== null && !isRight)
      found(`${server} does not answer this console either: it is off, or cannot be reached from here.`);
  }
  for (const { server, problem } of sides) {
    const isStopped = problem !== null && /^(?:DHCP 20123|WIN32 (?:1753|1062))$/.test(problem.code);
    if (isStopped) {
      tell(
        `service ${server}`,
        'inTheWay',
        `The DHCP service of ${server} is not running`,
        problem.what,
        'Start it: Start-Service DHCPServer.',
      );
      found(`The DHCP service of ${server} is not running.`);
    } else if (problem === null) tell(`service ${server}`, 'inOrder', `The DHCP service of ${server} is running`);
    else tell(`service ${server}`, 'notKnown', `Whether the DHCP service of ${server} is running`);
  }
  await compareClocks();
  await reachEachOther();
  if (pair.copies.length === 2) tell('both', 'inOrder', `Both know ${name}`);
  else {
    const has = pair.copies[0]?.server ?? '';
    const isKnown = silent.length === 0;
    tell(
      'both',
      isKnown ? 'inTheWay' : 'notKnown',
      `Only ${has} is known to have ${name}`,
      null,
      isKnown ? 'The copy is stale: remove it there.' : null,
    );
    if (isKnown) found(`Only ${has} has ${name}: its copy is stale.`);
  }
  const states = sides.map(({ state }) => state);
  if (sentence === null && states.includes('CommunicationInterrupted')) {
    tell(
      'network',
      'inTheWay',
      'What is left is the network between the two',
      'Both answer this console, and their clocks agree; they do not reach each other.',
      `TCP 647 has to be open from ${primary.server} to ${secondary.server}, and back.`,
    );
    found(`The network between ${primary.server} and ${secondary.server}: TCP 647.`);
  }
  const count = (state: CheckRow['state']) => [...rows.values()].filter((row) => row.state === state).length;
  return {
    inOrder: count('inOrder'),
    inTheWay: count('inTheWay'),
    notKnown: count('notKnown'),
    sentence: sentence ?? 'Nothing was found that keeps them apart.',
    existing: [],
  };

  async function compareClocks(): Promise<void> {
    tell('clocks', 'waiting', 'Do their clocks agree?');
    const [one, other] = await Promise.all(
      sides.map(({ server, problem, isListed }) =>
        problem !== null || !isListed
          ? undefined
          : clockAhead(context.logons, server, run.signal).catch(() => undefined),
      ),
    );
    if (one === undefined || other === undefined) {
      tell(
        'clocks',
        'notKnown',
        'Whether their clocks agree',
        null,
        'Compare them yourself: more than 60 s apart stops failover.',
      );
      return;
    }
    const wrong = wrongClock({ server: primary.server, aheadMs: one }, { server: secondary.server, aheadMs: other });
    if (wrong === null) {
      tell('clocks', 'inOrder', 'Their clocks agree', `${(Math.abs(one - other) / 1000).toFixed(1)} s apart`);
      return;
    }
    tell('clocks', 'inTheWay', wrong.text, '60 s are allowed (DHCP 20119).', `On ${wrong.server}: w32tm /resync`);
    found(`${wrong.text}, more than the 60 s allowed: synchronise it.`);
  }

  /** Each asks the other for its version, in the account's name: that resolves its name, and shows that it is reached. */
  async function reachEachOther(): Promise<void> {
    for (const [own, other] of [
      [primary, secondary],
      [secondary, primary],
    ] as const) {
      const id = `name ${own.server}`;
      if (own.problem !== null || !own.isListed) {
        tell(id, 'notKnown', `Whether ${own.server} finds ${other.server}`);
        continue;
      }
      const { may, problem } = await context.rights.reach(context, own.server, other.address, run.signal);
      if (may === 'change') tell(id, 'inOrder', `${own.server} finds ${other.server}`, other.address);
      else
        tell(
          id,
          'notKnown',
          `Whether ${own.server} finds ${other.server}`,
          problem?.what ?? null,
          problem?.remedy ?? null,
        );
    }
  }
}
