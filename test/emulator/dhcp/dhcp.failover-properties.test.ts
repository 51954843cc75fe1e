import { describe, expect, it } from '@jest/globals';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { failoverView } from '../../../lib/emulator/dhcp/provider/failover-view.js';
import type { FailoverRelationship } from '../../../lib/emulator/dhcp/relationship.js';
import type { Lab } from '../../../lib/emulator/lab/lab.js';
import fc from '../../fast-check.js';
import { A, B, Pair, type Parameters } from '../pair.js';

type LabHappening =
  | 'cut'
  | 'restore'
  | 'off-a'
  | 'on-a'
  | 'off-b'
  | 'on-b'
  | 'stop-b'
  | 'run-b'
  | 'hour'
  | 'skew'
  | 'sync'
  | 'die';

/** One step of a random history: an operation of an administrator, or something that happens to the lab. */
type Step =
  | {
      readonly kind: 'call';
      readonly server: string;
      readonly method: string;
      readonly parameters: Parameters;
      readonly delegated: boolean;
    }
  | {
      readonly kind: 'event';
      readonly event: LabHappening;
    };

const happenings: Readonly<Record<LabHappening, (lab: Lab) => void>> = {
  cut: (lab) => lab.cutLink(A, B),
  restore: (lab) => lab.restoreLink(A, B),
  'off-a': (lab) => lab.powerOff(A),
  'off-b': (lab) => lab.powerOff(B),
  'on-a': (lab) => lab.powerOn(A),
  'on-b': (lab) => lab.powerOn(B),
  'stop-b': (lab) => lab.setService(B, 'stopped'),
  'run-b': (lab) => lab.setService(B, 'running'),
  hour: (lab) => lab.clock.advance(3_600_000),
  skew: (lab) => lab.skewClock(B, 90_000),
  sync: (lab) => lab.skewClock(B, 0),
  die: (lab) => {
    lab.injectFault({
      kind: 'partner-dies',
      partner: B,
      step: 'relationship-created-on-partner',
      action: '/AddByLoadBalance',
      times: 1,
    });
  },
};

const server = fc.constantFrom(A, B);
/** Mostly what can succeed, so that histories get somewhere. */
const rarely = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
const name = rarely(fc.constantFrom('one', 'TWO'), fc.constantFrom('three', 'x'.repeat(127)));
const scopeIds = rarely<string[]>(
  fc.uniqueArray(fc.constantFrom('10.10.10.0', '10.20.20.0'), { minLength: 1, maxLength: 2 }),
  fc.uniqueArray(fc.constantFrom('10.99.99.0', '10.10.10.0'), { minLength: 2, maxLength: 2 }),
);
const percent = rarely(fc.constantFrom(0, 1, 37, 50, 100), fc.constant(101));
const time = rarely(fc.constantFrom(TimeSpan.from('0:01:00'), TimeSpan.from('2:00:00')), fc.constant(TimeSpan.zero));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const call = (method: string, parameters: fc.Arbitrary<Parameters>): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constant('call' as const),
    server,
    method: fc.constant(method),
    parameters,
    delegated: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  });

const partner = rarely(fc.constantFrom(A, B), fc.constantFrom('third', 'nowhere'));
const common = {
  AutoStateTransition: optional(fc.boolean()),
  StateSwitchInterval: optional(time),
  MaxClientLeadTime: optional(time),
  SharedSecret: optional(fc.constantFrom('s', '')),
};
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: call(
      'PS_DhcpServerv4Failover.AddByLoadBalance',
      fc.record({
        Name: name,
        PartnerServer: partner,
        ScopeId: scopeIds,
        LoadBalancePercent: optional(percent),
        ...common,
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: call(
      'PS_DhcpServerv4Failover.AddByHotStandby',
      fc.record({
        Name: name,
        PartnerServer: partner,
        ScopeId: scopeIds,
        ReservePercent: optional(percent),
        ServerRole: optional(fc.constantFrom('Active', 'Standby')),
        ...common,
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: call(
      'PS_DhcpServerv4Failover.Set',
      fc.record({
        Name: name,
        LoadBalancePercent: optional(percent),
        ReservePercent: optional(percent),
        Mode: optional(fc.constantFrom('LoadBalance', 'HotStandby')),
        PartnerDown: optional(fc.boolean()),
        ...common,
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: call(
      'PS_DhcpServerv4Failover.Remove',
      fc.record({ Name: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }), Force: optional(fc.boolean()) }),
    ),
  },
  { weight: 3, arbitrary: call('PS_DhcpServerv4FailoverScope.Add', fc.record({ Name: name, ScopeId: scopeIds })) },
  {
    weight: 2,
    arbitrary: call(
      'PS_DhcpServerv4FailoverScope.Remove',
      fc.record({ Name: name, ScopeId: scopeIds, Force: optional(fc.boolean()) }),
    ),
  },
  {
    weight: 1,
    arbitrary: call(
      'PS_DhcpServerv4FailoverReplication.InvokeByName',
      fc.record({ Name: optional(fc.uniqueArray(name, { maxLength: 2 })) }),
    ),
  },
  {
    weight: 1,
    arbitrary: call('PS_DhcpServerv4FailoverReplication.InvokeByScopeId', fc.record({ ScopeId: optional(scopeIds) })),
  },
  { weight: 1, arbitrary: call('PS_DhcpServerv4Failover.GetByScopeId', fc.record({ ScopeId: scopeIds })) },
  { weight: 1, arbitrary: call('PS_DhcpServerv4Scope.Remove', fc.record({ ScopeId: scopeIds, Force: fc.boolean() })) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      event: fc.constantFrom(...(Object.keys(happenings) as LabHappening[])),
    }),
  },
);

/** What every history keeps true. */
function checkInvariants(pair: Pair, history: string): void {
  for (const server of pair.lab.servers) {
    const seen = new Set<string>();
    expect(server.relationships.size).toBeLessThanOrEqual(31);
    for (const relationship of server.relationships.values()) {
      for (const scopeId of relationship.scopes) {
        // A scope is in at most one relationship, and is there.
        expect([history, seen.has(scopeId), server.scopes.has(scopeId)]).toEqual([history, false, true]);
        seen.add(scopeId);
      }
      expect(relationship.percentage).toBeGreaterThanOrEqual(0);
      expect(relationship.percentage).toBeLessThanOrEqual(100);
      expect(relationship.mcltSeconds).toBeGreaterThan(0);
    }
  }
}

/** Copies of one relationship agree but for role and state; called where both exist and were never parted by force. */
function checkAgreement(own: FailoverRelationship, other: FailoverRelationship): void {
  const agreed = ({
    serverType: _t,
    state: _s,
    prevState: _p,
    stateSince: _c,
    isNew: _n,
    wasOff: _w,
    sharedSecret,
    ...rest
  }: FailoverRelationship) => ({ ...rest, secret: sharedSecret !== undefined });
  expect(agreed(own)).toEqual(agreed(other));
  expect(own.serverType).not.toBe(other.serverType);
  const [here, there] = [failoverView(own), failoverView(other)];
  if (here.mode === 'LoadBalance') expect((here.loadBalancePercent ?? 0) + (there.loadBalancePercent ?? 0)).toBe(100);
  else expect(new Set([here.serverRole, there.serverRole])).toEqual(new Set(['Active', 'Standby']));
}

describe('random histories of a pair', () => {
  it('keep the invariants', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const pair = new Pair();
        const forced = new Set<string>();
        for (const one of steps) {
          const history = JSON.stringify(one);
          if (one.kind === 'event') {
            happenings[one.event](pair.lab);
          } else if (pair.lab.server(one.server).poweredOn) {
            const before = pair.snapshot();
            const dies = pair.lab.save().faults?.length ?? 0;
            const { ids } = await pair.call(one.server, one.method, one.parameters, { delegated: one.delegated });
            const perItem = /Remove$|FailoverScope\.|InvokeBy/.test(one.method);
            // A refusal changes nothing; where the partner died on the way, what is stored does not change.
            if (ids.length > 0 && !perItem && dies === 0) expect([history, pair.snapshot()]).toEqual([history, before]);
            if (ids.length > 0 && /AddBy/.test(one.method)) expectNoTrace(pair, before, history);
            if (one.parameters['Force'] === true) forced.add('parted');
          }
          checkInvariants(pair, history);
          if (!forced.has('parted')) checkCopies(pair);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('end Normal on both when everything is well for long enough', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        const pair = new Pair();
        await pair.add({ Name: 'base', ScopeId: ['10.10.10.0'] });
        for (const one of steps) {
          if (one.kind === 'event') happenings[one.event](pair.lab);
          else if (one.method.endsWith('.Set') && pair.lab.server(one.server).poweredOn) {
            await pair.call(one.server, one.method, { ...one.parameters, Name: 'base' });
          }
        }
        for (const name of [A, B]) {
          pair.lab.powerOn(name);
          pair.lab.setService(name, 'running');
        }
        pair.lab.restoreLink(A, B);
        pair.lab.clock.advance(24 * 3_600_000);
        expect(pair.states()).toEqual(['Normal', 'Normal']);
      }),
      { numRuns: 150 },
    );
  });
});

type SavedServer = { name: string; relationships: { name: string }[]; scopes: { scopeId: string }[] };

function expectNoTrace(pair: Pair, before: string, history: string): void {
  const names = (text: string) =>
    (JSON.parse(text) as SavedServer[]).map(({ name, relationships, scopes }) => [
      name,
      relationships.map((one) => one.name),
      scopes.map((one) => one.scopeId),
    ]);
  expect([history, names(pair.snapshot())]).toEqual([history, names(before)]);
}

function checkCopies(pair: Pair): void {
  const [a, b] = [pair.lab.server(A), pair.lab.server(B)];
  for (const [key, own] of a.relationships) {
    const other = b.relationships.get(key);
    if (other !== undefined && other.primaryServer === own.primaryServer) checkAgreement(own, other);
  }
}
