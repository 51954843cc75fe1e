// What crosses is plain: each method's events, through JSON and through a structured clone, are what they were. And no secret is among them.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CimletError } from 'cimlet';
import { METHODS, type Method, type Params, type RunEvent } from '../../../examples/console/bridge.js';
import { problemsOf } from '../../../examples/console/engine/problem.js';
import { type Fixture, passwordOf, SIGN_IN, startFixture } from '../console-fixture.js';
import { runToEnd } from '../engine-run.js';

const SFO = 'dhcp-sfo-01.contoso.com';
const KEY = 'SFO-SIN-Failover|10.10.0.2|10.20.0.2';
const ADMIN = 'CONTOSO\\dhcpadmin';
const CANARY = 'canary-shared-secret-2b7';
const folder = mkdtempSync(join(tmpdir(), 'cimlet-console-'));

let fixture: Fixture;
const told: { readonly method: Method; readonly events: readonly RunEvent<Method>[] }[] = [];

async function run<M extends Method>(method: M, params: Params[M]) {
  const done = await runToEnd(fixture.engine, method, params);
  told.push({ method, events: done.events as unknown as readonly RunEvent<Method>[] });
  return done;
}

const SETTINGS: Extract<Params['check'], { kind: 'protect' }> = {
  kind: 'protect',
  server: 'dhcp-par-01.contoso.com',
  scopeIds: ['10.70.0.0'],
  partner: 'dhcp-lys-01.contoso.com',
  name: 'PAR-LYS',
  existing: null,
  mode: 'LoadBalance',
  share: 50,
  reserve: 5,
  role: 'Active',
  mcltSeconds: 3600,
  switchAfterSeconds: 3600,
  secret: { how: 'typed', text: CANARY },
};

beforeAll(async () => {
  fixture = await startFixture(undefined, { folder });
  const { lab } = fixture;
  await run('fleet', { servers: null });
  await run('signIn', { ...SIGN_IN, how: 'password', user: ADMIN, password: 'canary-wrong-password' });
  await run('signIn', { ...passwordOf(fixture, ADMIN), remember: true });
  await run('state', {});
  await run('servers', { add: 'dhcp-new-01 # Somewhere\n<b>', remove: ['dhcp-new-01'] });
  lab.cutLink('dhcp-nyc-01', 'dhcp-bos-01');
  lab.powerOff('dhcp-muc-01');
  await run('fleet', { servers: null });
  await run('pairs', { servers: null, compare: false });
  await run('pair', { key: KEY });
  await run('compare', { key: KEY, reservationOptions: [] });
  await run('entries', { kind: 'scopes', servers: [SFO] });
  await run('entries', { kind: 'addresses', server: SFO, scopeId: '10.10.0.0' });
  await run('find', { text: 'printer', servers: [SFO] });
  await run('check', { kind: 'why', key: 'NYC-BOS|10.50.0.2|10.60.0.2' });
  await run('check', SETTINGS);
  const { kind: _, ...settings } = SETTINGS;
  const { result: plan } = await run('plan', { change: { kind: 'protect', ...settings } });
  await run('apply', { id: plan?.id ?? '', typed: null });
  await run('activity', { key: null, id: null });
  await run('save', { what: 'fleet' });
  await run('signOut', { forget: true });
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('what crosses the bridge', () => {
  it('is of every method, with rows where a method has some', () => {
    expect(new Set(told.map(({ method }) => method))).toEqual(new Set(METHODS));
    const withRows = new Set(
      told.filter(({ events }) => events.some(({ type }) => type === 'rows')).map(({ method }) => method),
    );
    expect([...withRows].sort()).toEqual(
      ['activity', 'apply', 'check', 'compare', 'entries', 'find', 'fleet', 'pairs', 'servers'].sort(),
    );
    const protectedOnes = told.find(({ method }) => method === 'apply')?.events.at(-1);
    expect(protectedOnes).toMatchObject({ type: 'end', how: 'done', problem: null });
  });

  it.each(METHODS)('%s: the same through JSON and through a structured clone, and ended once', (method) => {
    const all = told.filter((one) => one.method === method);
    expect(all.length).toBeGreaterThan(0);
    for (const { events } of all) {
      expect(JSON.parse(JSON.stringify(events))).toStrictEqual(events);
      expect(structuredClone(events)).toEqual(events);
      expect(events.filter(({ type }) => type === 'end')).toHaveLength(1);
      expect(events.at(-1)?.type).toBe('end');
    }
  });

  it.each([
    'ERR_INVALID_ARGUMENT',
    'ERR_AUTHENTICATION',
    'ERR_AUTHORIZATION',
    'ERR_CONNECTION_REFUSED',
    'ERR_TIMEOUT',
    'ERR_ABORTED',
    'ERR_TLS',
    'ERR_CHANGED',
    'ERR_NOT_SOAP',
  ] as const)('an error of code %s', (code) => {
    const cause = new Error('within', { cause: new Map([['a', () => 1]]) });
    const [problem] = problemsOf(new CimletError(code, 'It failed.', { hint: 'Try again.', cause }), 'dhcp1');
    expect(problem).toMatchObject({ code, where: 'dhcp1', what: 'It failed.' });
    expect(JSON.parse(JSON.stringify(problem))).toStrictEqual(problem);
    expect(structuredClone(problem)).toEqual(problem);
  });

  it.each([undefined, null, 'text', 7, new TypeError('x'), { toString: () => 'y' }])(
    'whatever is thrown is a problem: %p',
    (thrown) => {
      const [problem] = problemsOf(thrown, null);
      expect(JSON.parse(JSON.stringify(problem))).toStrictEqual(problem);
    },
  );
});

describe('rule 10: passwords and secrets go one way', () => {
  it('rule 10: none is in an event, in Activity, or in a file', () => {
    const password = fixture.lab.users.find(ADMIN)?.password.reveal() ?? 'none';
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(files.length).toBeGreaterThan(0);
    const all = JSON.stringify(told) + files.join('');
    expect(all).toContain('PAR-LYS');
    for (const secret of [CANARY, password, 'canary-wrong-password']) expect(all).not.toContain(secret);
  });

  it('Activity can be read by its owner alone', () => {
    expect(readdirSync(folder)).toEqual(['activity.json']);
    expect(statSync(join(folder, 'activity.json')).mode & 0o777).toBe(0o600);
  });
});

describe('a page that was taken over', () => {
  it('can run only what was planned, and typed, in this sign-in', async () => {
    const { engine, lab } = fixture;
    await runToEnd(engine, 'signIn', passwordOf(fixture, ADMIN));
    const remove = { kind: 'remove', key: KEY, keeper: SFO, force: false } as const;
    const { result: plan } = await runToEnd(engine, 'plan', { change: remove });
    if (plan === null) throw new Error('no plan');
    const before = JSON.stringify(lab.save().servers);
    const tries: [unknown, string][] = [
      [{ id: plan.id, typed: null }, 'TYPED'],
      [{ id: plan.id, typed: 'yes' }, 'TYPED'],
      [{ id: plan.id, typed: plan.type?.toLowerCase() }, 'TYPED'],
      [{ id: 'made-up', typed: plan.type }, 'NO_PLAN'],
      [{ id: plan.id, typed: plan.type, change: remove }, 'REFUSED'],
      [{ change: remove, typed: plan.type }, 'REFUSED'],
    ];
    for (const [params, code] of tries) {
      const { how, problem } = await runToEnd(engine, 'apply', params as Params['apply']);
      expect([how, problem?.code]).toEqual(['failed', code]);
    }
    await runToEnd(engine, 'signOut', { forget: false });
    await runToEnd(engine, 'signIn', passwordOf(fixture, ADMIN));
    const late = await runToEnd(engine, 'apply', { id: plan.id, typed: plan.type });
    expect(late.problem?.code).toBe('NO_PLAN');
    expect(JSON.stringify(lab.save().servers)).toBe(before);
  });

  it('is not helped by a partner that a server names: who is not in the list gets no logon', async () => {
    const { engine, emulator } = fixture;
    const { port } = emulator.servers.find(({ name }) => name === 'dhcp-sin-01.contoso.com')?.http ?? { port: 0 };
    let opened = 0;
    const count = (message: unknown) => {
      const { host, port: at } = Object(message) as { readonly host?: string; readonly port?: number };
      if (at === port || host === 'dhcp-sin-01.contoso.com') opened += 1;
    };
    subscribe('cimlet:connection:open', count);
    await runToEnd(engine, 'signOut', { forget: false });
    await runToEnd(engine, 'signIn', passwordOf(fixture, ADMIN));
    await runToEnd(engine, 'fleet', { servers: null });
    // The count can count.
    expect(opened).toBeGreaterThan(0);
    await runToEnd(engine, 'servers', { add: null, remove: ['dhcp-sin-01.contoso.com'] });
    await runToEnd(engine, 'signOut', { forget: false });
    await runToEnd(engine, 'signIn', passwordOf(fixture, ADMIN));
    opened = 0;
    await runToEnd(engine, 'pairs', { servers: null, compare: true });
    const compared = await runToEnd(engine, 'compare', { key: KEY, reservationOptions: [] });
    expect(compared.result?.verdict).toBe('notKnown');
    const { problem } = await runToEnd(engine, 'plan', {
      change: { kind: 'replicate', relationships: [{ key: KEY, from: 'dhcp-sin-01.contoso.com' }], scopeIds: null },
    });
    expect(problem).not.toBeNull();
    unsubscribe('cimlet:connection:open', count);
    expect(opened).toBe(0);
  });
});

it('a plan ends after ten minutes', async () => {
  let now = Date.now();
  const own = await startFixture(undefined, { now: () => now });
  await runToEnd(own.engine, 'signIn', SIGN_IN);
  const { result } = await runToEnd(own.engine, 'plan', {
    change: {
      kind: 'exclusion',
      action: 'add',
      server: 'dhcp-par-01.contoso.com',
      scopeId: '10.70.0.0',
      start: '10.70.0.200',
      end: '10.70.0.201',
      on: null,
    },
  });
  expect(result?.blocked).toBeNull();
  now += 10 * 60_000;
  const late = await runToEnd(own.engine, 'apply', { id: result?.id ?? '', typed: null });
  expect(late.problem?.code).toBe('NO_PLAN');
});
