// Servers that are not there or do not let the caller in, over real sockets: each error names what was wrong and what to do.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { GssProvider, GssSession } from '../../lib/auth/kerberos/gss-provider.js';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { addDhcpServerv4Failover, getDhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { startEmulator } from '../../lib/emulator/emulator.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { httpServer, reply } from '../transport/servers.js';
import { recordsOf } from './lab-sessions.js';

const SERVER = 'dhcpserver.contoso.com';
const SECRET = 'sEcReT-41f7';
const PASSWORD = 'pa55-c0de';
const credential = { userName: 'CONTOSO\\dhcpadmin', password: PASSWORD };

/** Creates a relationship, with a shared secret, and gives the one record of the failure and all that can be printed of it. */
async function failure(sessionOptions: CimSessionOptions, ComputerName = SERVER) {
  const call = addDhcpServerv4Failover(
    {
      ComputerName,
      Name: 'SFO-SIN-Failover',
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: ['10.10.10.0', '10.20.20.0'],
      SharedSecret: SECRET,
      Force: true,
    },
    { sessionOptions },
  );
  const [record, ...more] = await recordsOf(call);
  expect(more).toEqual([]);
  const error = await rejectionOf(call);
  const printed = [
    String(record),
    JSON.stringify(record),
    inspect(error, { depth: 12, showHidden: true }),
    error.stack,
  ];
  for (const text of printed) {
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(Buffer.from(`${credential.userName}:${PASSWORD}`).toString('base64'));
  }
  const exception = record?.exception as {
    readonly code?: string;
    readonly hint?: string;
    readonly message: string;
    readonly cause?: unknown;
  };
  return {
    record,
    code: exception.code,
    hint: exception.hint ?? '',
    message: exception.message,
    origin: originOf(exception),
  };
}

/** The innermost cause. */
function originOf(error: { readonly cause?: unknown }): unknown {
  const { cause } = error;
  return cause instanceof Error && cause.cause !== undefined ? originOf(cause) : cause;
}

describe('a server that cannot be reached', () => {
  it('an unknown name', async () => {
    // RFC 6761: names in .invalid never resolve.
    const { code, message, hint, record } = await failure({ credential, authentication: 'Ntlm' }, 'dhcpserver.invalid');
    expect(code).toBe('ERR_NAME_NOT_RESOLVED');
    expect(message).toContain('dhcpserver.invalid');
    expect(hint).not.toBe('');
    expect(record?.categoryInfo.category).toBe('ResourceUnavailable');
  });

  it('a closed port', async () => {
    const { port, server } = await httpServer(() => {});
    await new Promise((resolve) => server.close(resolve));
    const connectTo = { host: '127.0.0.1', port };
    const { code, message, hint, record } = await failure({ credential, authentication: 'Ntlm', connectTo });
    expect(code).toBe('ERR_CONNECTION_REFUSED');
    expect(message).toMatch(/refused the connection/);
    expect(hint).toMatch(/WinRM.*5985.*5986/);
    expect(record?.fullyQualifiedErrorId).toBe('CimJob_BrokenCimSession,Add-DhcpServerv4Failover');
  });

  it('TLS with an unknown authority', async () => {
    await using emulator = await startEmulator();
    const connectTo = emulator.servers[0]?.https;
    const { code, message, hint } = await failure({ credential, authentication: 'Basic', useSsl: true, connectTo });
    expect(code).toBe('ERR_TLS');
    expect(message).toContain(SERVER);
    expect(hint).toMatch(/tls\.ca|ca/);
  });
});

describe('what the application brings', () => {
  // As of a vault, or a KDC, that is down: it must not be taken for an error of the connection to the server.
  const down = Object.assign(new Error('connect ECONNREFUSED vault.contoso.com'), { code: 'ECONNREFUSED' });
  const provider = (failing: 'load' | 'initiate' | 'step'): GssProvider | (() => Promise<GssProvider>) => {
    const rejects = async () => {
      throw down;
    };
    const session = { complete: false, peer: undefined, delegated: false, step: rejects, dispose: () => {} };
    const initiate = async () => session as unknown as GssSession;
    return failing === 'load'
      ? rejects
      : { name: 'own', initiate: failing === 'step' ? initiate : rejects, accept: rejects };
  };

  it.each([
    ['Kerberos', 'load'],
    ['Kerberos', 'initiate'],
    ['Kerberos', 'step'],
    ['Negotiate', 'initiate'],
    ['Negotiate', 'step'],
  ] as const)('a Kerberos provider that fails: %s, %s', async (authentication, failing) => {
    await using emulator = await startEmulator();
    const connectTo = emulator.servers[0]?.http;
    const kerberos = { provider: provider(failing) };
    const { code, message, hint, origin } = await failure({ credential, authentication, kerberos, connectTo });
    expect(code).toBe('ERR_AUTHENTICATION');
    expect(message).toBe(`${SERVER}: Kerberos: the logon failed on this side: connect ECONNREFUSED vault.contoso.com`);
    expect(hint).toMatch(/kerberos\.provider/);
    expect(origin).toBe(down);
  });

  it('a credential function that fails', async () => {
    await using emulator = await startEmulator();
    const ask = async () => {
      throw down;
    };
    const { code, message, hint, origin } = await failure({ credential: ask, connectTo: emulator.servers[0]?.http });
    expect(code).toBe('ERR_AUTHENTICATION');
    expect(message).toBe(`There is no credential for ${SERVER}: connect ECONNREFUSED vault.contoso.com`);
    expect(hint).toMatch(/credential function.*nothing was sent/);
    expect(origin).toBe(down);
  });
});

describe('a server that does not let the caller in', () => {
  it('Basic over http is refused here, before anything leaves', async () => {
    let requests = 0;
    const { port } = await httpServer(() => {
      requests++;
    });
    const connectTo = { host: '127.0.0.1', port };
    const { code, hint } = await failure({ credential, authentication: 'Basic', connectTo });
    expect(code).toBe('ERR_INSECURE_CHANNEL');
    expect(hint).toMatch(/allowUnencrypted|https|useSsl/);
    expect(requests).toBe(0);
  });

  it.each(['Ntlm', 'CredSsp'] as const)(
    'a wrong password is one logon, whoever listens to the server meanwhile: %s',
    async (authentication) => {
      await using emulator = await startEmulator();
      const refused: unknown[] = [];
      const note = (message: unknown) => refused.push(message);
      subscribe('cimlet:auth:failed', note);
      try {
        await using session = await newCimSession(SERVER, { ...emulator.sessionOptions, credential, authentication });
        const call = getDhcpServerv4Failover({ CimSession: session }, { onWarning: () => {} });
        const [record] = await recordsOf(call);
        expect(record?.exception).toMatchObject({ code: 'ERR_AUTHENTICATION' });
        // What is done in the background, too.
        for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
      } finally {
        unsubscribe('cimlet:auth:failed', note);
      }
      expect(refused).toHaveLength(1);
    },
  );

  it('a wrong password is one 401 and no loop', async () => {
    let requests = 0;
    const { port } = await httpServer((request, response) => {
      requests++;
      reply(401, '', { 'WWW-Authenticate': 'Negotiate, Basic realm="WSMAN"' })(request, response);
    });
    const connectTo = { host: '127.0.0.1', port };
    const { code, message, hint } = await failure({
      credential,
      authentication: 'Basic',
      connectTo,
      allowUnencrypted: true,
    });
    expect(code).toBe('ERR_AUTHENTICATION');
    expect(message).toMatch(/refused the credential/);
    expect(hint).toMatch(/password/);
    expect(requests).toBe(1);
  });

  it.each(['Ntlm', 'CredSsp'] as const)('a wrong password over %s', async (authentication) => {
    await using emulator = await startEmulator();
    const { code, message, hint } = await failure({ ...emulator.sessionOptions, credential, authentication });
    expect(code).toBe('ERR_AUTHENTICATION');
    expect(message).toMatch(/refused|did not accept|logon/i);
    expect(hint).toMatch(/password/);
  });

  it('a mechanism that it does not offer', async () => {
    await using emulator = await startEmulator({ authentication: { basic: 'off' } });
    const tls = { ca: emulator.ca };
    const connectTo = emulator.servers[0]?.https;
    const { code, message } = await failure({ credential, authentication: 'Basic', tls, connectTo });
    expect(code).toBe('ERR_AUTHENTICATION');
    expect(message).toMatch(/does not accept Basic.*It offers: .*Negotiate/);
  });
});
