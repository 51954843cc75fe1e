import type { StepValue } from 'cimlet/pairs';
import type { Change, PlanEffect, ProtectSettings } from '../bridge.js';
import { DEFAULTS } from '../fields.js';
import { checkProtect, SCOPES_A_CALL } from './check-protect.js';
import type { EngineContext } from './context.js';
import { requirePair, sidesOf } from './pairs.js';
import { secretOf } from './plan-settings.js';
import { ownProblem, refuse } from './problem.js';
import { nameOfKey, pairKey, partnerAddress, shareText } from './relationship.js';
import type { Run } from './run.js';
import { spanWords } from './span.js';
import { type Step, secondsText } from './step.js';
import type { StepPlan } from './step-plan.js';
import { counted, wordsOf } from './words.js';

/** Makes a relationship, or adds the scopes to one that is there. All checks of the wizard are made again. */
export async function planProtect(
  context: EngineContext,
  run: Run<'plan'>,
  settings: ProtectSettings,
): Promise<StepPlan> {
  const { server, scopeIds, existing } = settings;
  const partner = context.list.nameOf(settings.partner) ?? settings.partner;
  const { rows, own, partner: other } = await checkProtect(context, settings, run.signal, () => undefined);
  const inTheWay = rows.find(({ state }) => state === 'inTheWay');
  const copy = own?.copies.find((one) => pairKey(one) === existing);
  if (existing !== null && copy === undefined) {
    throw refuse(
      'NOT_FOUND',
      `${server} does not have the relationship ${nameOfKey(existing)}.`,
      'Choose another one.',
    );
  }
  const far = copy && context.readings.nameOf(partnerAddress(copy), copy.partner);
  if (far !== undefined && far !== partner) {
    throw refuse(
      'REFUSED',
      `The partner of ${server} in ${copy?.name} is ${far}, not ${partner}.`,
      'Choose another one.',
    );
  }
  const name = copy?.name ?? settings.name;
  const secret = existing === null ? secretOf(settings.secret) : undefined;
  const what = counted(scopeIds.length, 'scope');
  const effects: PlanEffect[] = [
    ...[server, partner].map(
      (one): PlanEffect => ({
        verb: existing === null ? 'add' : 'change',
        server: one,
        scopeId: null,
        what: `relationship ${name}`,
        from: copy === undefined ? null : counted(copy.scopeIds.length, 'scope'),
        to: copy === undefined ? sharing(settings) : counted(copy.scopeIds.length + scopeIds.length, 'scope'),
      }),
    ),
    ...scopeIds.map((scopeId): PlanEffect => {
      const scope = own?.scopes.find((one) => one.scopeId === scopeId);
      return { verb: 'add', server: partner, scopeId, what: `scope ${scopeId}`, from: null, to: scope?.name ?? null };
    }),
  ];
  return {
    kind: 'protect',
    level: 1,
    title: `Protect ${what} of ${server}?`,
    sentences: [
      copy === undefined
        ? `${name} is made with ${partner}: ${sharing(settings)}.`
        : `They join ${name} with ${partner}: ${shareText(copy)}.`,
      ...(copy === undefined
        ? [
            `Maximum client lead time ${spanWords(settings.mcltSeconds)}; ${
              settings.switchAfterSeconds === null
                ? 'a partner is declared down by a person alone'
                : `the partner is declared down by itself after ${spanWords(settings.switchAfterSeconds)}`
            }.`,
            secret === null || secret === undefined
              ? 'Messages between the servers are not authenticated.'
              : 'Messages between the servers are authenticated. The secret cannot be read back.',
          ]
        : []),
      `${partner} gets ${what} with their reservations, options and exclusions.`,
    ],
    button: `Protect ${what}`,
    isRed: false,
    effects,
    type: null,
    box: null,
    stays: rows
      .filter(({ state }) => state === 'notKnown')
      .map(({ title, detail }) => [`Not known: ${title}.`, detail].filter((one) => one !== null).join(' ')),
    saved: 'nothing',
    blocked:
      inTheWay === undefined
        ? null
        : {
            ...ownProblem('REFUSED', `${inTheWay.title}.`, inTheWay.remedy),
            what: [`${inTheWay.title}.`, inTheWay.detail].filter((one) => one !== null).join(' '),
          },
    keys: existing === null ? [] : [existing],
    steps: stepsOf(settings, name, partner, secret),
    goesOn: false,
    look: async (signal) => {
      const again = await checkProtect(context, settings, signal, () => undefined);
      return textOf(again.own, again.partner, scopeIds);
    },
    seen: textOf(own, other, scopeIds),
    undo: [],
    after: async (signal) => {
      const now = await Promise.all([server, partner].map((one) => context.readings.read(one, signal, false)));
      const copies = now.flatMap(({ copies: all }) =>
        all.filter((one) => one.name.toLowerCase() === name.toLowerCase()),
      );
      const isProtected =
        copies.length === 2 && copies.every((one) => scopeIds.every((scopeId) => one.scopeIds.includes(scopeId)));
      const states = copies.map(({ server: of, state }) => `${of}: ${wordsOf(state).text}`).join(', ');
      return isProtected ? `${what} protected. ${states}.` : `Not all of them are protected. ${states}`;
    },
  };
}

/** More scopes for a pair: the same checks, by its own settings. */
export async function planAddScopes(
  context: EngineContext,
  run: Run<'plan'>,
  { key, server, scopeIds }: Extract<Change, { kind: 'addScopes' }>,
): Promise<StepPlan> {
  const pair = await requirePair(context, key, run.signal);
  const { own, other } = sidesOf(pair, server);
  const plan = await planProtect(context, run, {
    ...DEFAULTS,
    server: own.server,
    scopeIds,
    partner: other.server,
    name: pair.name,
    existing: key,
    switchAfterSeconds: null,
    secret: { how: 'off', text: null },
  });
  return { ...plan, kind: 'addScopes', title: `Add ${counted(scopeIds.length, 'scope')} to ${pair.name}?` };
}

const sharing = ({ mode, share, reserve, role, server }: ProtectSettings): string =>
  mode === 'LoadBalance'
    ? `load balance, ${server} answers ${share} % of the clients`
    : `hot standby, ${server} is ${role === 'Active' ? 'active' : 'the standby'}, ${reserve} % in reserve`;

/** One call takes 400 scopes. */
function stepsOf(settings: ProtectSettings, Name: string, partner: string, secret: Step['secret']): Step[] {
  const { server, scopeIds, existing, mode, share, reserve, role, mcltSeconds, switchAfterSeconds } = settings;
  const batches = Array.from({ length: Math.ceil(scopeIds.length / SCOPES_A_CALL) }, (_, index) =>
    scopeIds.slice(index * SCOPES_A_CALL, (index + 1) * SCOPES_A_CALL),
  );
  const shares: Record<string, StepValue> =
    mode === 'LoadBalance' ? { LoadBalancePercent: share } : { ServerRole: role, ReservePercent: reserve };
  return batches.map((ScopeId, index): Step => {
    if (index > 0 || existing !== null)
      return { server, cmdlet: 'Add-DhcpServerv4FailoverScope', parameters: { Name, ScopeId } };
    return {
      server,
      cmdlet: 'Add-DhcpServerv4Failover',
      parameters: {
        Name,
        PartnerServer: partner,
        ScopeId,
        ...shares,
        MaxClientLeadTime: secondsText(mcltSeconds),
        ...(switchAfterSeconds === null
          ? { AutoStateTransition: false }
          : { AutoStateTransition: true, StateSwitchInterval: secondsText(switchAfterSeconds) }),
      },
      ...(secret != null && { secret }),
    };
  });
}

type Read = Awaited<ReturnType<typeof checkProtect>>['own'];

/** What the plan stands on: the relationships of both, and the scopes that are chosen, or in the way. */
function textOf(own: Read, other: Read, scopeIds: readonly string[]): string {
  return JSON.stringify(
    [own, other].map((basics) =>
      basics === null
        ? null
        : [
            basics.copies.map(({ name, scopeIds: held, addresses }) => [name, held, addresses]),
            basics.scopes.filter(({ scopeId }) => scopeIds.includes(scopeId)),
          ],
    ),
  );
}
