import { beforeAll, describe, expect, it } from '@jest/globals';
import { driftDescription } from 'cimlet/emulator';
import type { Change, Plan } from '../../../examples/console/bridge.js';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { type Fixture, passwordOf, SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';

const ONE = 'dhcpserver.contoso.com';
const OTHER = 'dhcpserver2.contoso.com';
const NAME = 'SFO-SIN-Failover';
const KEY = `${NAME}|10.10.10.2|10.10.10.3`;
const REPLICATE: Change = { kind: 'replicate', relationships: [{ key: KEY, from: ONE }], scopeIds: null };

const plan = (fixture: Fixture, change: Change): Promise<Plan> => resultOf(fixture.engine, 'plan', { change });
const apply = ({ engine }: Fixture, { id, type }: Plan, typed: string | null = type) =>
  runToEnd(engine, 'apply', { id, typed });

async function drifted(): Promise<Fixture> {
  const fixture = await startFixture(driftDescription());
  await resultOf(fixture.engine, 'signIn', SIGN_IN);
  return fixture;
}

/** Scopes with all that is in them, as the lab has them: what a change may have touched. */
const stateOf = ({ lab }: Fixture, server: string) =>
  structuredClone(lab.save().servers?.find(({ name }) => name === server));

describe('replicate', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await drifted();
  });

  it('names what it adds, changes and removes, runs it once, and puts back what it took', async () => {
    const made = await plan(fixture, REPLICATE);
    expect(made.counts).toEqual({ adds: 1, changes: 4, removes: 2 });
    expect(made.effects.map(({ verb, what }) => `${verb} ${what}`)).toContain('remove reservation 10.10.10.43');
    expect([made.level, made.isRed, made.saved, made.blocked]).toEqual([2, true, 'putBack', null]);
    expect(made.line).toBe(`Invoke-DhcpServerv4FailoverReplication -ComputerName '${ONE}' -Name '${NAME}'`);
    const wrong = await apply(fixture, made, 'something');
    expect([wrong.how, wrong.problem?.code]).toEqual(['failed', 'TYPED']);
    const before = stateOf(fixture, OTHER);
    const done = await apply(fixture, made);
    expect([done.how, done.problem, done.result?.differencesNow, done.result?.canPutBack]).toEqual([
      'done',
      null,
      0,
      true,
    ]);
    const twice = await apply(fixture, made);
    expect(twice.problem?.code).toBe('NO_PLAN');
    const back = await plan(fixture, { kind: 'putBack', id: done.result?.activityId ?? '' });
    const put = await apply(fixture, back);
    expect(put.how).toBe('done');
    const reservations = (one: typeof before) => one?.scopes?.[0]?.reservations?.map(({ ipAddress }) => ipAddress);
    expect(reservations(stateOf(fixture, OTHER))).toEqual(expect.arrayContaining(reservations(before) ?? []));
    const history = await runToEnd(fixture.engine, 'activity', { key: KEY, id: null });
    const changes = history.rows.filter(({ kind }) => kind !== 'state');
    expect(changes.map(({ kind, how, putBackBy }) => [kind, how, putBackBy !== null])).toEqual([
      ['putBack', 'done', false],
      ['replicate', 'done', true],
    ]);
  });

  it('a server that changes under an open plan: refused, and nothing sent', async () => {
    const made = await plan(fixture, { ...REPLICATE, relationships: [{ key: KEY, from: OTHER }] });
    await resultOf(fixture.engine, 'fleet', { servers: null });
    const behind = await plan(fixture, {
      kind: 'exclusion',
      action: 'add',
      server: ONE,
      scopeId: '10.30.30.0',
      start: '10.30.30.200',
      end: '10.30.30.201',
      on: [ONE],
    });
    expect((await apply(fixture, behind)).how).toBe('done');
    const before = [stateOf(fixture, ONE), stateOf(fixture, OTHER)];
    const refused = await apply(fixture, made);
    expect([refused.how, refused.problem?.code, refused.problem?.changed]).toEqual(['failed', 'CHANGED', 'nothing']);
    expect([stateOf(fixture, ONE), stateOf(fixture, OTHER)]).toEqual(before);
  });
});

describe('settings', () => {
  it('share, MCLT and interval need no dialog, and Activity puts them back', async () => {
    const fixture = await drifted();
    const made = await plan(fixture, {
      kind: 'set',
      key: KEY,
      server: ONE,
      mode: null,
      share: 70,
      reserve: null,
      role: null,
      mcltSeconds: 7200,
      automaticSwitch: true,
      switchAfterSeconds: 1800,
      secret: { how: 'keep', text: null },
    });
    expect([made.level, made.counts.changes, made.type]).toEqual([0, 8, null]);
    const done = await apply(fixture, made);
    expect([done.how, done.problem]).toEqual(['done', null]);
    const shown = () =>
      [ONE, OTHER].map((server) => {
        const relationship = [...fixture.lab.server(server).relationships.values()][0];
        return [relationship?.percentage, relationship?.mcltSeconds, relationship?.safePeriodSeconds];
      });
    expect(shown()).toEqual([
      [70, 7200, 1800],
      [70, 7200, 1800],
    ]);
    expect(done.result?.sentence).toBe('Both servers have it now.');
    expect(made.effects.filter(({ server }) => server === OTHER).map(({ what, from, to }) => [what, from, to])).toEqual(
      [
        ['share of the clients', '50 %', '30 %'],
        ['maximum client lead time', '1 h', '2 h'],
        ['automatic switch', 'off', 'on'],
        ['switch after', 'never', '30 min'],
      ],
    );
    const back = await plan(fixture, { kind: 'putBack', id: done.result?.activityId ?? '' });
    expect((await apply(fixture, back)).how).toBe('done');
    expect(shown().map(([percentage, mclt]) => [percentage, mclt])).toEqual([
      [50, 3600],
      [50, 3600],
    ]);
  });

  it('a mode is a dialog, and a secret is in no line and no event', async () => {
    const fixture = await drifted();
    const canary = 'canary-7f3a-secret';
    const { rows, events } = await runToEnd(fixture.engine, 'plan', {
      change: {
        kind: 'set',
        key: KEY,
        server: ONE,
        mode: 'HotStandby',
        share: null,
        reserve: 10,
        role: null,
        mcltSeconds: null,
        automaticSwitch: null,
        switchAfterSeconds: null,
        secret: { how: 'typed', text: canary },
      },
    });
    expect(rows).toEqual([]);
    const end = events.at(-1);
    const made = end?.type === 'end' ? end.result : null;
    if (made === null) throw new Error(JSON.stringify(end));
    expect([made.level, made.title, made.button]).toEqual([
      1,
      `Change ${NAME} to hot standby?`,
      'Change to hot standby',
    ]);
    expect(made.line).toContain('-SharedSecret $env:DHCP_SHARED_SECRET');
    const done = await apply(fixture, made);
    expect([done.how, done.problem, done.result?.refused]).toEqual(['done', null, []]);
    const history = await runToEnd(fixture.engine, 'activity', { key: null, id: null });
    expect(JSON.stringify([events, done.events, history.events])).not.toContain(canary);
    expect([...fixture.lab.server(OTHER).relationships.values()][0]?.mode).toBe('HotStandby');
  });
});

describe('partner down', () => {
  it('is refused while both see each other; with a partner that answers its name is typed', async () => {
    const fixture = await drifted();
    const change: Change = { kind: 'partnerDown', key: KEY, survivor: ONE };
    const normal = await plan(fixture, change);
    expect(normal.blocked?.what).toContain('Normal');
    expect((await apply(fixture, normal)).problem?.code).toBe('REFUSED');
    fixture.lab.cutLink(ONE, OTHER);
    const answering = await plan(fixture, change);
    expect([answering.level, answering.type, answering.box, answering.blocked]).toEqual([
      2,
      OTHER,
      `The DHCP service of ${OTHER} is off`,
      null,
    ]);
    fixture.lab.powerOff(OTHER);
    const silent = await plan(fixture, change);
    expect([silent.level, silent.type]).toEqual([1, null]);
    // The one from before stands on a partner that answered.
    expect((await apply(fixture, answering)).problem?.code).toBe('CHANGED');
    const done = await apply(fixture, silent);
    expect([done.how, done.result?.sentence]).toEqual(['done', `${ONE} is now in the state Partner down.`]);
  });
});

describe('a silent partner', () => {
  it('removal needs force, says so, and leaves the stale copy', async () => {
    const fixture = await drifted();
    await resultOf(fixture.engine, 'pairs', { servers: null, compare: false });
    fixture.lab.powerOff(OTHER);
    const ordinary = await runToEnd(fixture.engine, 'plan', {
      change: { kind: 'remove', key: KEY, keeper: ONE, force: false },
    });
    expect(ordinary.how).toBe('failed');
    const forced = await plan(fixture, { kind: 'remove', key: KEY, keeper: ONE, force: true });
    expect([forced.type, forced.button]).toEqual([ONE, `Remove on ${ONE} alone`]);
    expect((await apply(fixture, forced)).how).toBe('done');
    fixture.lab.powerOn(OTHER);
    const pairs = await runToEnd(fixture.engine, 'pairs', { servers: null, compare: false });
    expect(pairs.rows.map(({ staleOn, severity }) => [staleOn, severity])).toEqual([[OTHER, 'attention']]);
    const stale = await plan(fixture, { kind: 'remove', key: KEY, keeper: OTHER, force: false });
    expect((await apply(fixture, stale)).how).toBe('done');
    expect((await runToEnd(fixture.engine, 'pairs', { servers: null, compare: false })).rows).toEqual([]);
  });
});

describe('one thing in a scope', () => {
  it('goes to both servers, and each side that fails is told', async () => {
    const fixture = await drifted();
    const change: Change = {
      kind: 'reservation',
      action: 'add',
      server: ONE,
      scopeId: '10.30.30.0',
      address: '10.30.30.50',
      clientId: '00-15-5d-00-00-32',
      name: "it's `$a`",
      description: 'line\nbreak',
      on: null,
    };
    const made = await plan(fixture, change);
    expect([made.level, made.effects.map(({ server }) => server)]).toEqual([0, [ONE, OTHER]]);
    for (const line of made.line.split('\n')) expect(() => parseCommandLine(line)).not.toThrow();
    // The client has another address at the other server, which then refuses this one.
    const elsewhere = { ...change, address: '10.30.30.51', name: 'other', on: [OTHER] };
    expect((await apply(fixture, await plan(fixture, elsewhere))).problem).toBeNull();
    const half = await apply(fixture, made);
    expect([half.how, half.result?.changed]).toEqual(['failed', 'something']);
    expect(half.rows.map(({ title, state }) => [title, state])).toEqual([
      [ONE, 'done'],
      [OTHER, 'failed'],
    ]);
    await apply(fixture, await plan(fixture, { ...elsewhere, action: 'delete' }));
    const again = await plan(fixture, { ...change, on: [OTHER] });
    expect((await apply(fixture, again)).problem).toBeNull();
    const has = (server: string) =>
      fixture.lab
        .save()
        .servers?.find(({ name }) => name === server)
        ?.scopes?.[2]?.reservations?.map(({ name }) => name);
    expect([has(ONE), has(OTHER)]).toEqual([["it's `$a`"], ["it's `$a`"]]);
    const gone = await plan(fixture, { ...change, action: 'delete' });
    expect([gone.level, gone.saved]).toEqual([1, 'putBack']);
    const done = await apply(fixture, gone);
    const back = await plan(fixture, { kind: 'putBack', id: done.result?.activityId ?? '' });
    expect((await apply(fixture, back)).how).toBe('done');
    expect([has(ONE), has(OTHER)]).toEqual([["it's `$a`"], ["it's `$a`"]]);
  });
});

describe('a call that fails', () => {
  it('is told as what it is, and never as done', async () => {
    const fixture = await drifted();
    const made = await plan(fixture, {
      kind: 'exclusion',
      action: 'add',
      server: ONE,
      scopeId: '10.30.30.0',
      start: '10.30.30.110',
      end: '10.30.30.111',
      on: [ONE],
    });
    fixture.lab.injectFault({ kind: 'quota', code: 0x80338104, action: 'PS_DhcpServerv4ExclusionRange/Add' });
    const done = await apply(fixture, made);
    expect([done.how, done.result?.changed, done.rows[0]?.state]).toEqual(['failed', 'nothing', 'failed']);
    expect(done.result?.sentence).toBe(done.problem?.what);
  });
});

describe('a call whose answer is lost', () => {
  it('is not known, and no success and no failure', async () => {
    const fixture = await drifted();
    const made = await plan(fixture, {
      kind: 'exclusion',
      action: 'add',
      server: ONE,
      scopeId: '10.30.30.0',
      start: '10.30.30.100',
      end: '10.30.30.101',
      on: [ONE],
    });
    fixture.lab.injectFault({ kind: 'page', status: 503, action: 'PS_DhcpServerv4ExclusionRange/Add' });
    const done = await apply(fixture, made);
    expect([done.how, done.problem?.changed, done.rows[0]?.state]).toEqual(['failed', 'not known', 'notKnown']);
  });
});

describe('rule: what an account may not do is said before anything is sent', () => {
  it('a reader is told the group, for every kind of change', async () => {
    const { users = [], ...description } = driftDescription();
    const fixture = await startFixture({
      ...description,
      choices: { readersMayGetFailover: true },
      users: [...users, { userName: 'CONTOSO\\helpdesk', access: 'reader' }],
    });
    await resultOf(fixture.engine, 'signIn', passwordOf(fixture, 'CONTOSO\\helpdesk'));
    const fleet = await runToEnd(fixture.engine, 'fleet', { servers: null });
    expect(fleet.rows.map(({ problem }) => problem)).toEqual([null, null]);
    const before = [stateOf(fixture, ONE), stateOf(fixture, OTHER)];
    const made = await plan(fixture, REPLICATE);
    expect(made.blocked?.remedy).toContain('DHCP Administrators');
    expect((await apply(fixture, made)).how).toBe('failed');
    expect([stateOf(fixture, ONE), stateOf(fixture, OTHER)]).toEqual(before);
  });

  it('Negotiate reads, and changes of pairs say CredSSP or delegation', async () => {
    const fixture = await startFixture(driftDescription());
    await resultOf(fixture.engine, 'signIn', { ...SIGN_IN, logon: 'Negotiate' });
    const made = await plan(fixture, REPLICATE);
    expect(made.blocked?.remedy).toMatch(/CredSSP.*Kerberos/);
  });
});
