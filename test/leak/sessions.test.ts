// No password, hash, key, token or shared secret is in anything that the library shows, whatever one logs on with and whatever happens.
import './recorded-keys.js';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import {
  addDhcpServerv4Failover,
  getDhcpServerv4Failover,
  removeDhcpServerv4Failover,
  setDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { defaultLabDescription } from '../../lib/emulator/lab/lab-description.js';
import type { EmulatedEndpoints } from '../../lib/emulator/listener/lab-session-options.js';
import { recordedKeys } from './recorded-keys.js';
import { recordedAcceptors } from './recorded-tokens.js';
import { Witness } from './witness.js';

const USER = 'CONTOSO\\dhcpadmin';
const PASSWORD = 'Zebra-Pässw0rd&7';
const WRONG_PASSWORD = 'Wr0ng-Giraffe&9';
const SHARED_SECRET = 'sEcReT-Okapi<3>';
const OTHER_SECRET = 'sEcReT-Quagga&4';
const PARTNER = 'dhcpserver2.contoso.com';

let emulator: Emulator;
let server: EmulatedEndpoints;
let tokens: Uint8Array[];
beforeEach(async () => {
  tokens = [];
  const lab = createLab({ ...defaultLabDescription, users: [{ userName: USER, password: PASSWORD }] });
  emulator = await startEmulator({
    lab,
    authentication: {
      basic: 'everywhere',
      allowUnencrypted: true,
      acceptors: recordedAcceptors(lab.users, (token) => tokens.push(token)),
    },
  });
  const [first] = emulator.servers;
  if (first === undefined) throw new Error('The lab has no server');
  server = first;
});
afterEach(async () => {
  await emulator.close();
  emulator.lab.close();
});

let witness: Witness;
beforeEach(() => {
  recordedKeys.clear();
  witness = new Witness();
  witness.keepSecret('the password', PASSWORD);
  witness.keepSecret('the wrong password', WRONG_PASSWORD);
  witness.keepSecret('the shared secret', SHARED_SECRET);
  witness.keepSecret('the other shared secret', OTHER_SECRET);
});
afterEach(() => witness[Symbol.dispose]());

function expectNoLeak(): void {
  // A token's name and challenge may be said; what only this exchange has may not.
  for (const [index, token] of tokens.entries()) witness.keepSecretBytes(`token ${index}`, token);
  for (const [name, key] of recordedKeys) witness.keepSecretBytes(name, key);
  expect(witness.leaks).toEqual([]);
}

type Listener = 'http' | 'https';
interface Way {
  readonly listener: Listener;
  readonly options: CimSessionOptions;
  /** NTLM is within it. */
  readonly ntlm: boolean;
  readonly delegates: boolean;
}

/** No Kerberos, whatever the machine has. */
const noKerberos = { provider: () => Promise.reject(new CimletError('ERR_MISSING_PEER', 'no Kerberos in this test')) };
/** The acceptors have an authority of their own. */
const CREDSSP: CimSessionOptions = {
  authentication: 'CredSsp',
  kerberos: noKerberos,
  credSsp: { allowNtlmOnly: true },
};
const WAYS: Readonly<Record<string, Way>> = {
  'Basic over http': way('http', { authentication: 'Basic', allowUnencrypted: true }, { ntlm: false, delegates: true }),
  'Basic over https': way('https', { authentication: 'Basic' }, { ntlm: false, delegates: true }),
  'NTLM over http': way('http', { authentication: 'Ntlm' }, { ntlm: true, delegates: false }),
  'NTLM over https': way('https', { authentication: 'Ntlm' }, { ntlm: true, delegates: false }),
  'CredSSP over http': way('http', CREDSSP, { ntlm: true, delegates: true }),
  'CredSSP over https': way('https', CREDSSP, { ntlm: true, delegates: true }),
};

function way(listener: Listener, options: CimSessionOptions, nature: Pick<Way, 'ntlm' | 'delegates'>): Way {
  return { listener, options, ...nature };
}

function open(way: Way, password: string, more: CimSessionOptions = {}): Promise<CimSession> {
  return newCimSession(server.name, {
    connectTo: server[way.listener],
    ...(way.listener === 'https' && { tls: { ca: emulator.ca } }),
    credential: { userName: USER, password },
    ...way.options,
    ...more,
  });
}

/** Runs a cmdlet and looks at the result in each of its forms: awaited, its records, as a job, and what its listeners and host are told. */
async function watch(session: CimSession, secret: string): Promise<void> {
  const see = (value: unknown) => witness.see(value);
  const listeners = {
    onProgress: see,
    onWarning: see,
    onVerbose: see,
    onDebug: see,
    onError: see,
    host: {
      confirm(prompt: unknown) {
        see(prompt);
        return 'yes' as const;
      },
    },
  };
  const add = {
    CimSession: session,
    Name: 'leak',
    PartnerServer: PARTNER,
    ScopeId: ['10.10.10.0'],
    SharedSecret: secret,
    PassThru: true,
    Verbose: true,
    Debug: true,
  };
  const result = addDhcpServerv4Failover(add, listeners);
  see(result);
  await witness.of(() => result);
  see(result.errors);
  for (const record of result.errors) see(record.exception);
  await witness.of(() => addDhcpServerv4Failover({ ...add, WhatIf: true }, listeners));
  // Once more: there is one of that name, or again no way in.
  await witness.of(() => addDhcpServerv4Failover({ ...add, ErrorAction: 'Continue' }, listeners));
  await witness.of(() => addDhcpServerv4Failover(add));
  const change = { CimSession: session, Name: 'leak', SharedSecret: OTHER_SECRET };
  const job = setDhcpServerv4Failover({ ...change, Force: true, AsJob: true }, listeners);
  see(job);
  await witness.of(() => job.wait());
  see(job);
  see(job.childJobs);
  for await (const item of job.receive({ ErrorAction: 'SilentlyContinue' } as never)) see(item);
  await witness.of(() => setDhcpServerv4Failover({ ...change, LoadBalancePercent: 300, Force: true }, listeners));
  await witness.of(() => getDhcpServerv4Failover({ CimSession: session }));
  await witness.of(() => removeDhcpServerv4Failover({ CimSession: session, Name: 'leak', Force: true }));
}

describe.each(Object.entries(WAYS))('%s', (_name, way) => {
  it('shows no secret while all goes well', async () => {
    await using session = await open(way, PASSWORD);
    witness.see(session);
    await witness.of(() => session.testConnection());
    await watch(session, SHARED_SECRET);
    witness.see(emulator.lab.server(server.name));
    witness.see(session);
    // Without delegation most of it ends at the second hop.
    expect(witness.heard.get('cimlet:request:end')).toBeGreaterThan(way.delegates ? 4 : 1);
    expect(recordedKeys.size > 0).toBe(way.ntlm);
    expectNoLeak();
  });

  it('shows no secret when the password is wrong', async () => {
    await using session = await open(way, WRONG_PASSWORD);
    await witness.of(() => session.testConnection());
    await watch(session, SHARED_SECRET);
    witness.see(session);
    expect(witness.heard.get('cimlet:request:error')).toBeGreaterThan(0);
    expectNoLeak();
  });

  it('shows no secret when the connection is cut in the middle', async () => {
    for (const at of [1, 40, 400, 1200]) {
      const server = await cutter(way.listener, at);
      await using session = await open(way, PASSWORD, { connectTo: { host: '127.0.0.1', port: portOf(server) } });
      await witness.of(() => session.testConnection({ timeoutMs: 5000 }));
      await witness.of(() => addFailover(session, { enhanced: false }));
      server.close();
    }
    expectNoLeak();
  });

  it('shows no secret while a cut connection is being picked up', async () => {
    const server = await cutter(way.listener, 400);
    await using session = await open(way, PASSWORD, { connectTo: { host: '127.0.0.1', port: portOf(server) } });
    await witness.of(() => addFailover(session, { timeoutMs: 300 }));
    server.close();
    expectNoLeak();
  });

  it('shows no secret when the server answers nonsense', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello`));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await using session = await open(way, PASSWORD, { connectTo: { host: '127.0.0.1', port: portOf(server) } });
    await witness.of(() => addFailover(session));
    server.close();
    expectNoLeak();
  });
});

const addFailover = (session: CimSession, options: InvocationOptions = {}) =>
  addDhcpServerv4Failover(
    {
      CimSession: session,
      Name: 'leak',
      PartnerServer: PARTNER,
      ScopeId: ['10.10.10.0'],
      SharedSecret: SHARED_SECRET,
      Force: true,
    },
    options,
  );

function portOf(listening: Server): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return address.port;
}

/** Forwards to the emulator and resets both sides after so many bytes of answer. */
async function cutter(listener: Listener, bytes: number): Promise<Server> {
  const { createConnection } = await import('node:net');
  const cutting = createServer((client) => {
    const upstream = createConnection(server[listener]);
    let left = bytes;
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) {
        client.destroySoon();
        upstream.destroy();
      }
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.once('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve));
  return cutting;
}

describe('a certificate’s private key', () => {
  it.each(['dhcpadmin@contoso.com', 'nobody@contoso.com'])('is shown nowhere, for %s', async (user) => {
    const { cert, key } = emulator.authority.client(user);
    const base64 = key.replace(/-----[^-]+-----|\s/g, '');
    witness.keepSecretBytes('the key', Buffer.from(base64, 'base64'));
    witness.keepSecret('the PEM', base64.slice(0, 40));
    await using session = await newCimSession(server.name, {
      authentication: 'Certificate',
      connectTo: server.https,
      tls: { ca: emulator.ca, cert, key },
    });
    witness.see(session);
    await witness.of(() => session.testConnection());
    await watch(session, SHARED_SECRET);
    expect(witness.heard.size).toBeGreaterThan(2);
    expectNoLeak();
  });
});

describe('refusals before anything is sent show no secret', () => {
  const credential = { userName: USER, password: PASSWORD };
  it.each<[string, () => unknown]>([
    ['Basic over http', () => session({ authentication: 'Basic', credential })],
    ['an untrusted certificate', () => session({ credential, useSsl: true, connectTo: server.https })],
    ['an unknown authentication', () => session({ authentication: 'Digest' as never, credential })],
    ['a credential that is a text', () => session({ credential: PASSWORD as never })],
    ['a user name that is not a text', () => session({ credential: { userName: 5 as never, password: PASSWORD } })],
    ['a password that is not a text', () => session({ credential: { userName: USER, password: [PASSWORD] as never } })],
    ['a provider that gives nonsense', () => session({ credential: (() => PASSWORD) as never })],
    ['a secret that is a list', () => add({ SharedSecret: [SHARED_SECRET] })],
    ['a secret that is an object', () => add({ SharedSecret: { value: SHARED_SECRET } })],
    ['an unknown parameter', () => add({ SharedSecret: SHARED_SECRET, Sharedsecert: SHARED_SECRET })],
    ['an empty name beside', () => add({ SharedSecret: SHARED_SECRET, Name: null })],
    ['two parameter sets', () => add({ SharedSecret: SHARED_SECRET, LoadBalancePercent: 50, ReservePercent: 5 })],
    ['no host to confirm', () => add({ SharedSecret: SHARED_SECRET, Force: false })],
  ])('%s', async (_name, call) => {
    await witness.of(call);
    expect(witness.size).toBeGreaterThan(0);
    expectNoLeak();
  });

  async function session(options: CimSessionOptions): Promise<unknown> {
    await using opened = await newCimSession(server.name, { connectTo: server.http, ...options });
    return await opened.testConnection();
  }

  async function add(parameters: Record<string, unknown>): Promise<unknown> {
    const lab = createLab();
    await using opened = await newCimSession(server.name, { transport: () => lab.transport(server.name) });
    try {
      return await addDhcpServerv4Failover({
        ...{ CimSession: opened, Name: 'leak', PartnerServer: PARTNER, ScopeId: ['10.10.10.0'], Force: true },
        ...(parameters as Record<string, never>),
      });
    } finally {
      lab.close();
    }
  }
});
