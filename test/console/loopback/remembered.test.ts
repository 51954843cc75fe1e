// What is remembered is not shown to a server that a page has added since, whatever the page then asks for. Raw requests, as a page that was taken over
// sends them; the server that it adds is a listener of its own, which counts who comes.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';
import type { Method, RunEvent } from '../../../examples/console/bridge.js';
import { Engine } from '../../../examples/console/engine/engine.js';
import type { KeyStore, StoredLogon } from '../../../examples/console/engine/key-store-door.js';
import { consoleLabDescription } from '../../../examples/console/lab/console-lab.js';
import { type Loopback, startLoopback } from '../../../examples/console/loopback/server.js';
import { SIGN_IN } from '../console-fixture.js';

const ADMIN = 'CONTOSO\\dhcpadmin';
const ADDED = 'dhcp-added.example';
const KNOWN = 'dhcp-ber-01.contoso.com';

let kept: StoredLogon | undefined;
const keyStore: KeyStore = {
  canRemember: async () => true,
  remembered: async () => (kept === undefined ? null : { account: kept.account, logon: kept.logon }),
  load: async () => kept,
  save: async (logon) => {
    kept = logon;
  },
  forget: async () => {
    kept = undefined;
  },
};

let password = '';
let visits = 0;
let onContact: (() => void) | undefined;
let listener: Server;
let loopback: Loopback;
let bearer = '';
let close: () => Promise<void>;

beforeAll(async () => {
  listener = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const emulator = await startEmulator({ lab: consoleLabDescription() });
  const { sessionOptions } = emulator;
  password = emulator.lab.users.find(ADMIN)?.password.reveal() ?? '';
  const engine = await Engine.open({
    folder: null,
    window: 'browser',
    keyStore,
    base: {
      ...sessionOptions,
      connectTo: (target) => {
        onContact?.();
        onContact = undefined;
        return target.computerName.toLowerCase() === ADDED
          ? { host: '127.0.0.1', port }
          : sessionOptions.connectTo(target);
      },
    },
  });
  loopback = await startLoopback({ bridge: engine, files: new Map() });
  const [, token = ''] = loopback.link.split('#token=');
  ({ bearer } = (await (await post('/token', { token })).json()) as { readonly bearer: string });
  close = async () => {
    await loopback.close();
    await engine.close();
    await emulator.close();
    listener.close();
  };
});
afterAll(() => close());

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${loopback.origin}${path}`, {
    method: 'POST',
    headers: {
      Origin: loopback.origin,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/json',
      Authorization: `Bearer ${bearer}`,
    },
    body: JSON.stringify(body),
  });
}

let last = 0;
async function run<M extends Method>(method: M, params: unknown) {
  last += 1;
  const text = await (await post('/run', { id: `run-${last}`, method, params })).text();
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent<M>);
  const end = events.find((event) => event.type === 'end');
  if (end?.type !== 'end') throw new Error(text);
  return { ...end, rows: events.flatMap((event) => (event.type === 'rows' ? event.rows : [])) };
}

const remembered = { ...SIGN_IN, how: 'remembered' };

describe('rule 9: what is remembered is for the servers of its day', () => {
  it('rule 9: it is kept with the list that a person saw when the password was given', async () => {
    await run('servers', { add: KNOWN, remove: [] });
    const signedIn = await run('signIn', { ...SIGN_IN, how: 'password', user: ADMIN, password, remember: true });
    expect([signedIn.problem, signedIn.how]).toEqual([null, 'done']);
    expect(kept?.servers).toEqual([KNOWN]);
    expect(kept?.password).toBeInstanceOf(Secret);
    await run('signOut', { forget: false });
  });

  it('rule 9: a server that was added since is shown nothing, by none of the ways to it', async () => {
    expect((await run('servers', { add: ADDED, remove: [] })).result?.added).toEqual([ADDED]);
    for (const onlyThere of [true, false]) {
      const { problem } = await run('signIn', { ...remembered, server: ADDED, onlyThere });
      expect([problem?.code, problem?.where]).toEqual(['NOT_SIGNED_IN', ADDED]);
    }
    expect((await run('signIn', remembered)).how).toBe('done');
    const fleet = await run('fleet', { servers: null });
    expect(fleet.rows.map(({ server, problem }) => [server, problem?.what ?? null])).toEqual(
      expect.arrayContaining([
        [KNOWN, null],
        [ADDED, `${ADDED} was added after this logon was given, so that it is not shown to it.`],
      ]),
    );
    // In its own spelling, and in place of the one that it was given for.
    await run('servers', { add: ADDED.toUpperCase(), remove: [KNOWN] });
    for (const [method, params] of [
      ['signIn', remembered],
      ['signIn', { ...remembered, server: ADDED.toUpperCase(), onlyThere: true }],
      ['pairs', { servers: null, compare: true }],
      ['find', { text: '10.0.0.1', servers: null }],
      ['entries', { kind: 'scopes', servers: [ADDED] }],
      ['entries', { kind: 'addresses', server: ADDED, scopeId: '10.30.0.0' }],
      ['plan', { change: { kind: 'lease', server: ADDED, scopeId: '10.30.0.0', address: '10.30.0.9', on: null } }],
    ] as const) {
      await run(method, params);
    }
    expect(visits).toBe(0);
  });

  it('rule 9: and is asked once a person has given the password anew', async () => {
    await run('servers', { add: KNOWN, remove: [] });
    const params = { ...SIGN_IN, how: 'password', user: ADMIN, password, server: KNOWN, remember: true };
    expect((await run('signIn', params)).how).toBe('done');
    expect(kept?.servers).toEqual([ADDED, KNOWN]);
    await run('fleet', { servers: null });
    expect(visits).toBeGreaterThan(0);
  });
});

describe('rule 9: a logon of this session is for the servers that were listed when it was given', () => {
  it.each([
    ['a password that was typed', { onlyThere: false }],
    ['one that was typed for a single server', { onlyThere: true, server: KNOWN }],
  ])('rule 9: %s is not shown to a server that is added later', async (_what, more) => {
    await run('servers', { add: KNOWN, remove: [ADDED, ADDED.toUpperCase()] });
    const typed = { ...SIGN_IN, how: 'password', user: ADMIN, password };
    // A main logon first: one for a single server stands beside it.
    expect((await run('signIn', typed)).how).toBe('done');
    expect((await run('signIn', { ...typed, ...more })).how).toBe('done');
    expect((await run('state', {})).result?.uncovered).toBe(0);
    await run('servers', { add: ADDED, remove: [] });
    const before = visits;
    const fleet = await run('fleet', { servers: null });
    expect(fleet.rows.find(({ server }) => server === ADDED)?.problem).toMatchObject({
      code: 'NOT_SIGNED_IN',
      what: `${ADDED} was added after this logon was given, so that it is not shown to it.`,
      remedy: 'Sign in again.',
    });
    expect(fleet.rows.find(({ server }) => server === KNOWN)?.problem).toBeNull();
    for (const [method, params] of [
      ['pairs', { servers: null, compare: true }],
      ['find', { text: '10.0.0.1', servers: null }],
      ['entries', { kind: 'addresses', server: ADDED, scopeId: '10.30.0.0' }],
    ] as const) {
      await run(method, params);
    }
    expect(visits).toBe(before);
    expect((await run('state', {})).result?.uncovered).toBe(1);
  });

  it('rule 9: not to one that is added while the first server is being asked', async () => {
    await run('servers', { add: KNOWN, remove: [ADDED] });
    const added = new Promise<unknown>((resolve) => {
      onContact = () => resolve(run('servers', { add: ADDED, remove: [] }));
    });
    expect((await run('signIn', { ...SIGN_IN, how: 'password', user: ADMIN, password })).how).toBe('done');
    await added;
    const before = visits;
    await run('fleet', { servers: null });
    expect(visits).toBe(before);
  });

  it('rule 9: and is, once it was typed again', async () => {
    expect((await run('signIn', { ...SIGN_IN, how: 'password', user: ADMIN, password, server: KNOWN })).how).toBe(
      'done',
    );
    expect((await run('state', {})).result?.uncovered).toBe(0);
    const before = visits;
    await run('fleet', { servers: null });
    expect(visits).toBeGreaterThan(before);
  });
});

it('rule 9: a short name in the list is not the leave for a longer one', async () => {
  await run('servers', { add: 'dhcp-added', remove: [ADDED] });
  const before = visits;
  const { problem } = await run('entries', { kind: 'addresses', server: ADDED, scopeId: '10.30.0.0' });
  expect(problem?.code).toBe('NOT_FOUND');
  expect(visits).toBe(before);
});
