import { Secret } from 'cimlet';
import type { Change, PlanEffect, SecretChoice } from '../bridge.js';
import { mcltProblem, percentProblem, secretProblem, switchProblem } from '../fields.js';
import type { EngineContext } from './context.js';
import { type Pair, requirePair, sidesOf } from './pairs.js';
import { ownProblem, refuse } from './problem.js';
import { againstChange } from './rights.js';
import type { Run } from './run.js';
import { hasSettings, settingDifferences } from './setting-differences.js';
import { generatedSecret, type Step } from './step.js';
import type { StepPlan } from './step-plan.js';
import { MAY_DECLARE, wordsOf } from './words.js';

const SILENT: ReadonlySet<string> = new Set([
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_LOST',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_TIMEOUT',
]);

/** Reads both servers of a pair and gives it as it is now. A server that is silent is so in the pair. */
export async function freshPair(context: EngineContext, key: string, signal: AbortSignal): Promise<Pair> {
  const before = await requirePair(context, key, signal);
  const listed = [before.primary, before.secondary].filter(({ isListed }) => isListed);
  await Promise.all(listed.map(({ server }) => context.readings.read(server, signal, false).catch(() => undefined)));
  return await requirePair(context, key, signal);
}

/** All of a pair that a plan stands on. */
function textOf({ copies, primary, secondary }: Pair): string {
  const sides = [primary, secondary].map(({ problem }) => problem?.code ?? null);
  return JSON.stringify([sides, copies.map(({ readAt: _, ...copy }) => copy)]);
}

/** One server declares its partner down. */
export async function planPartnerDown(
  context: EngineContext,
  run: Run<'plan'>,
  { key, survivor }: Extract<Change, { kind: 'partnerDown' }>,
): Promise<StepPlan> {
  const pair = await freshPair(context, key, run.signal);
  const { own, other } = sidesOf(pair, survivor);
  const [a, b] = [own.server, other.server];
  const isSilent = other.problem !== null && SILENT.has(other.problem.code);
  const found = !other.isListed
    ? `${b} is not in the list of servers: whether it answers is not known.`
    : other.problem === null
      ? `${b} answers this console.`
      : isSilent
        ? `Silent since ${other.readAt ?? 'this console looks at it'}: ${b} does not answer this console.`
        : `${b} answers this console, though not as it should: ${other.problem.what}`;
  const mayBe = own.state !== null && MAY_DECLARE.has(own.state);
  const steps: Step[] = [
    { server: a, cmdlet: 'Set-DhcpServerv4Failover', parameters: { Name: pair.name, PartnerDown: true } },
  ];
  return {
    kind: 'partnerDown',
    level: isSilent ? 1 : 2,
    title: `Is ${b} really off?`,
    sentences: [
      found,
      `${a} serves ${b}'s clients too: from its free addresses now, from all after the maximum client lead time. If ${b} still serves, addresses are given out twice.`,
    ],
    button: `Declare ${b} down`,
    isRed: true,
    effects: [
      {
        verb: 'change',
        server: a,
        scopeId: null,
        what: `state of ${pair.name}`,
        from: own.state === null ? null : wordsOf(own.state).text,
        to: wordsOf('PartnerDown').text,
      },
    ],
    type: isSilent ? null : b,
    box: `The DHCP service of ${b} is off`,
    stays: [],
    saved: 'nothing',
    blocked: mayBe
      ? await againstChange(context, [a], null, run.signal)
      : ownProblem(
          'REFUSED',
          `${a} is in the state ${wordsOf(own.state).text}: it takes this only while communication or the resolution is interrupted.`,
          'Read the pair again.',
          a,
        ),
    keys: [key],
    steps,
    goesOn: false,
    look: async (signal) => textOf(await freshPair(context, key, signal)),
    seen: textOf(pair),
    undo: [],
    after: async (signal) => {
      const now = sidesOf(await freshPair(context, key, signal), survivor).own.state;
      return `${a} is now in the state ${wordsOf(now).text}.`;
    },
  };
}

/** Mode, share, MCLT, automatic switch, secret: both servers take it at once. */
export async function planSettings(
  context: EngineContext,
  run: Run<'plan'>,
  change: Extract<Change, { kind: 'set' }>,
): Promise<StepPlan> {
  checkFields(change);
  const { key } = change;
  const pair = await freshPair(context, key, run.signal);
  const { own, other } = sidesOf(pair, change.server);
  const copy = pair.copies.find(({ server }) => server === own.server);
  if (copy === undefined)
    throw refuse('NOT_FOUND', `${own.server} does not have ${pair.name}.`, 'Read the pair again.');
  const mode = change.mode ?? copy.mode;
  const partner = { server: other.server, copy: pair.copies.find(({ server }) => server === other.server) };
  const { parameters, effects, undo } = settingDifferences(change, copy, mode, partner);
  const secret = secretOf(change.secret);
  const isMode = mode !== copy.mode;
  const level = isMode || secret !== undefined ? 1 : 0;
  const nothing = effects.length === 0 && secret === undefined;
  const share = change.share ?? copy.share ?? 50;
  const reserve = change.reserve ?? copy.reserve ?? 5;
  return {
    kind: 'set',
    level,
    title: isMode
      ? `Change ${pair.name} to ${mode === 'HotStandby' ? 'hot standby' : 'load balance'}?`
      : secret === undefined
        ? `Change the settings of ${pair.name}?`
        : secret === null
          ? 'Switch authentication off?'
          : `Change the shared secret of ${pair.name}?`,
    sentences: [
      ...(isMode && mode === 'HotStandby'
        ? [`${pair.primary.server} becomes active, ${pair.secondary.server} standby with ${reserve} % in reserve.`]
        : []),
      ...(isMode && mode === 'LoadBalance'
        ? [`${own.server} answers ${share} % of the clients, ${other.server} the rest.`]
        : []),
      ...(effects.length > 0 ? ['Both servers take it at once.'] : []),
      ...(secret === undefined ? [] : ['Both servers get it in one call. It cannot be read back.']),
    ],
    button: isMode
      ? `Change to ${mode === 'HotStandby' ? 'hot standby' : 'load balance'}`
      : secret === undefined
        ? 'Change settings'
        : secret === null
          ? 'Switch authentication off'
          : 'Change shared secret',
    isRed: false,
    effects: [
      ...effects,
      ...(secret === undefined
        ? []
        : [own.server, other.server].map(
            (server): PlanEffect => ({
              verb: 'change',
              server,
              scopeId: null,
              what: 'shared secret',
              from: copy.authenticated ? 'set' : 'none',
              to: secret === null ? 'none' : 'another one',
            }),
          )),
    ],
    type: null,
    box: null,
    stays: [],
    saved: undo === null ? 'nothing' : 'putBack',
    blocked: nothing
      ? ownProblem('REFUSED', 'That is how it is already.', 'Change something first.')
      : change.role !== null
        ? ownProblem(
            'REFUSED',
            'Windows takes a role only when a relationship is made.',
            'Remove failover, and protect the scopes again.',
          )
        : await againstChange(context, [own.server, other.server], { from: own.server, to: other.server }, run.signal),
    keys: [key],
    steps: [
      {
        server: own.server,
        cmdlet: 'Set-DhcpServerv4Failover',
        parameters: { Name: pair.name, ...parameters },
        secret,
      },
    ],
    goesOn: false,
    look: async (signal) => textOf(await freshPair(context, key, signal)),
    seen: textOf(pair),
    undo: undo === null ? [] : [undo],
    after: async (signal) => {
      const now = await freshPair(context, key, signal);
      if (now.primary.problem !== null || now.secondary.problem !== null || now.copies.length < 2)
        return 'One of the servers could not be read afterwards.';
      const without = now.copies.filter((one) => !hasSettings(change, one, one.server === own.server));
      return without.length === 0
        ? 'Both servers have it now.'
        : `${without.map(({ server }) => server).join(' and ')} did not take all of it: read the pair again.`;
    },
  };
}

function checkFields({
  share,
  reserve,
  mcltSeconds,
  switchAfterSeconds,
  secret,
}: Extract<Change, { kind: 'set' }>): void {
  const problem =
    (share === null ? null : percentProblem(share)) ??
    (reserve === null ? null : percentProblem(reserve)) ??
    (mcltSeconds === null ? null : mcltProblem(mcltSeconds)) ??
    (switchAfterSeconds === null ? null : switchProblem(switchAfterSeconds)) ??
    (secret.how === 'typed' ? secretProblem(secret.text) : null);
  if (problem !== null) throw refuse('REFUSED', problem, 'Correct the field.');
}

export function secretOf(choice: SecretChoice): Secret | null | undefined {
  if (choice.how === 'keep') return undefined;
  if (choice.how === 'off') return null;
  return choice.how === 'typed' ? new Secret(choice.text) : generatedSecret();
}
