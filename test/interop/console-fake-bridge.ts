// A scripted bridge: the page in states that no lab can be brought into at will.
import type { Bridge, Method, Params, Problem, Results, RunEvent } from '../../examples/console/bridge.js';
import * as plans from './console-fake-plans.js';
import * as given from './console-fake-rows.js';

/** What a method answers. Without an `end` it stays at work, as a server that says nothing. */
type Script<M extends Method> = (params: Params[M]) => readonly RunEvent<M>[];
export type Scripts = { readonly [M in Method]?: Script<M> };

export interface FakeBridge extends Bridge {
  /** All that was asked, in order. */
  readonly asked: readonly { readonly method: Method; readonly params: unknown }[];
}

export function fakeBridge(scripts: Scripts): FakeBridge {
  const asked: { method: Method; params: unknown }[] = [];
  return {
    api: 1,
    asked,
    run(method, params, listen) {
      asked.push({ method, params });
      const script = scripts[method] as Script<typeof method> | undefined;
      let isStopped = false;
      queueMicrotask(() => {
        const events = script?.(params) ?? [failed(problem('NOT_FOUND', `Nothing is scripted for ${method}.`))];
        for (const event of events) if (!isStopped) listen(event as RunEvent<typeof method>);
      });
      return () => {
        isStopped = true;
      };
    },
  };
}

export function done<M extends Method>(result: Results[M]): RunEvent<M> {
  return { type: 'end', how: 'done', result, problem: null };
}

export function failed(why: Problem): Extract<RunEvent<Method>, { type: 'end' }> & { readonly result: null } {
  return { type: 'end', how: 'failed', result: null, problem: why };
}

export function problem(code: string, what: string, more: Partial<Problem> = {}): Problem {
  return { code, what, where: null, remedy: null, changed: 'nothing', again: false, record: null, ...more };
}

export const progress = (doneNow: number, total: number, wrong = 0) =>
  ({ type: 'progress', done: doneNow, failed: wrong, atWork: Math.min(8, total - doneNow), total }) as const;

export const DENIED = problem('WIN32 5', 'Failed to enumerate scopes on DHCP server dhcp-osa-01.contoso.com.', {
  where: 'dhcp-osa-01.contoso.com',
  remedy: 'The account is not in DHCP Users or DHCP Administrators there.',
  record:
    'Get-DhcpServerv4Scope : Failed to enumerate scopes on DHCP server dhcp-osa-01.contoso.com.\n    + CategoryInfo : PermissionDenied',
});
const SILENT = problem('ERR_CONNECTION', 'dhcp-bos-02.contoso.com refuses connections on port 5985.', {
  where: 'dhcp-bos-02.contoso.com',
  remedy: 'Is WinRM running there?',
  again: true,
});

/** Everything is there. */
export const FULL: Scripts = {
  state: () => [done<'state'>(given.STATE)],
  signOut: () => [done<'signOut'>({ ...given.STATE, signedIn: null })],
  servers: () => [
    done<'servers'>({ added: [], refused: [{ text: 'dhcp_?', why: 'A host name or an IPv4 address.' }] }),
  ],
  fleet: () => [
    { type: 'rows', rows: given.FLEET },
    progress(given.FLEET.length, given.FLEET.length),
    done<'fleet'>(given.FLEET_RESULT),
  ],
  pairs: () => [
    { type: 'rows', rows: given.PAIRS },
    { type: 'problem', problem: SILENT },
    done<'pairs'>(given.PAIRS_RESULT),
  ],
  pair: () => [done<'pair'>(given.PAIR)],
  compare: () => [{ type: 'rows', rows: given.DIFFERENCES }, done<'compare'>(given.COMPARED)],
  entries: (params) =>
    params.kind === 'scopes'
      ? [{ type: 'rows', rows: given.SCOPES }, done<'entries'>({ ...plans.ENTRIES_RESULT, scope: null, pool: null })]
      : [
          ...plans.entryBatches(plans.ENTRIES).map((rows) => ({ type: 'rows', rows }) as const),
          done<'entries'>(plans.ENTRIES_RESULT),
        ],
  find: () => [
    { type: 'rows', rows: plans.HITS },
    done<'find'>({
      hits: plans.HITS.length,
      asked: 64,
      silent: 1,
      sentence: '3 hits on 63 servers; 1 did not answer.',
    }),
  ],
  check: (params) => [
    { type: 'rows', rows: params.kind === 'why' ? plans.REASONS : plans.CHECKS },
    done<'check'>(params.kind === 'why' ? plans.WHY_RESULT : plans.CHECK_RESULT),
  ],
  plan: ({ change }) => [done<'plan'>(plans.planFor(change))],
  activity: ({ id }) => [
    { type: 'rows', rows: plans.ACTIVITY.filter((row) => id === null || row.id === id) },
    done<'activity'>({ total: plans.ACTIVITY.length, keptDays: 30 }),
  ],
  apply: () => [],
};

/** There is nothing of anything. */
export const EMPTY: Scripts = {
  ...FULL,
  fleet: () => [done<'fleet'>({ ...given.FLEET_RESULT, answered: 0, silent: 0 })],
  pairs: () => [done<'pairs'>({ ...given.PAIRS_RESULT, attention: 0, answered: 12, silent: 0, outside: [] })],
  compare: () => [
    done<'compare'>({
      ...given.COMPARED,
      verdict: 'inStep',
      counts: { same: 412, differences: 0, never: 0, notKnown: 0 },
    }),
  ],
  entries: () => [done<'entries'>({ ...plans.ENTRIES_RESULT, total: 0, pool: null })],
  find: () => [
    done<'find'>({ hits: 0, asked: 64, silent: 0, sentence: 'No server of the list has a scope with 10.9.9.9.' }),
  ],
  activity: () => [done<'activity'>({ total: 0, keptDays: 30 })],
};

/** Everybody is still being asked. */
export const LOADING: Scripts = {
  ...FULL,
  fleet: () => [progress(412, 1000)],
  pairs: () => [progress(12, 64)],
  pair: () => [progress(0, 2)],
  compare: () => [progress(3, 20)],
  entries: () => [progress(1, 2)],
  find: () => [progress(12, 64)],
  check: () => [],
  plan: () => [progress(4, 20)],
  activity: () => [],
};

/** What came is usable; who did not answer is named. */
export const PARTIAL: Scripts = {
  ...FULL,
  state: () => [done<'state'>({ ...given.STATE, uncovered: 3 })],
  pair: () => [done<'pair'>(given.SILENT_PAIR)],
  compare: () => [
    { type: 'rows', rows: given.NOT_KNOWN },
    done<'compare'>({
      ...given.COMPARED,
      verdict: 'notKnown',
      counts: { same: 12, differences: 0, never: 0, notKnown: 2 },
    }),
  ],
  entries: (params) => [
    { type: 'rows', rows: params.kind === 'scopes' ? given.SCOPES.slice(0, 2) : plans.ENTRIES.slice(0, 12) },
    { type: 'problem', problem: SILENT },
    { type: 'problem', problem: DENIED },
    done<'entries'>({ ...plans.ENTRIES_RESULT, answered: 1, silent: 1 }),
  ],
};

/** Nobody lets this account in, or to its partner. */
export const REFUSED: Scripts = {
  ...FULL,
  fleet: () => [
    {
      type: 'rows',
      rows: given.FLEET.slice(-3).map((row) => ({ ...row, state: 'noAnswer', problem: DENIED }) as const),
    },
    done<'fleet'>({ ...given.FLEET_RESULT, answered: 0, silent: 3, offline: DENIED }),
  ],
  pairs: () => [
    { type: 'problem', problem: DENIED },
    done<'pairs'>({ ...given.PAIRS_RESULT, attention: 0, answered: 0, silent: 64, outside: [], offline: DENIED }),
  ],
  pair: () => [
    done<'pair'>({
      ...given.PAIR,
      offers: {
        partnerDown: [],
        changes: problem('ERR_AUTHORIZATION', 'This logon does not reach the partner.', {
          remedy: 'Sign in with CredSSP or delegated Kerberos.',
        }),
      },
    }),
  ],
  compare: () => [failed(DENIED)],
  entries: () => [failed(DENIED)],
  find: () => [
    { type: 'problem', problem: DENIED },
    done<'find'>({ hits: 0, asked: 64, silent: 64, sentence: 'No server answered.' }),
  ],
  plan: () => [failed(DENIED)],
  activity: () => [failed(DENIED)],
};
