// A session that worked, whose server then is gone: the next call says so at once, with the connection's own error.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { getDhcpServerv4Scope, setDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { CuttingProxy } from '../support/cutting-proxy.js';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function sessionTo(
  emulator: Emulator,
  connectTo: { readonly host: string; readonly port: number } | undefined = emulator.servers[0]?.http,
): Promise<CimSession> {
  const session = await newCimSession('dhcpserver.contoso.com', {
    authentication: 'Ntlm',
    credential: emulator.credential,
    connectTo,
  });
  open.push(() => session.close());
  await getDhcpServerv4Scope({ CimSession: session });
  return session;
}

async function failureOf(call: PromiseLike<unknown>): Promise<{ readonly error: CmdletError; readonly ms: number }> {
  const startedAt = performance.now();
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error: error as CmdletError, ms: performance.now() - startedAt };
}

describe('a call on a session whose server is gone', () => {
  it('says that nothing listens there any more', async () => {
    const emulator = await startEmulator();
    const session = await sessionTo(emulator);
    await emulator.close();
    const { error, ms } = await failureOf(getDhcpServerv4Scope({ CimSession: session }));
    expect(ms).toBeLessThan(5_000);
    expect(error.message).toMatch(/refused the connection: nothing listens there/);
    expect(error.errors[0]?.exception).toMatchObject({ code: 'ERR_CONNECTION_REFUSED', retryable: true });
    let cause: unknown = error.errors[0]?.exception;
    while ((cause as Error).cause !== undefined) cause = (cause as Error).cause;
    expect(cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['a read', (session: CimSession) => getDhcpServerv4Scope({ CimSession: session }), true],
    [
      'a change, of which it says that it may have taken effect',
      (session: CimSession) => setDhcpServerv4Scope({ CimSession: session, ScopeId: '10.10.10.0', Name: 'x' }),
      false,
    ],
  ])(
    'says so where an idle connection is found dead when it is written to, and nothing listens: %s',
    async (_, call, mayRepeat) => {
      const emulator = await startEmulator();
      open.push(() => emulator.close());
      const [server] = emulator.servers;
      const proxy = await CuttingProxy.open(server?.http ?? { host: '', port: 0 });
      open.push(() => proxy[Symbol.asyncDispose]());
      const session = await sessionTo(emulator, { host: proxy.host, port: proxy.port });
      proxy.arm([{ direction: 'up', afterBytes: 0, how: 'reset' }]);
      proxy.stopListening();
      const { error, ms } = await failureOf(call(session));
      expect(proxy.made).toBe(1);
      expect(ms).toBeLessThan(5_000);
      expect(error.errors[0]?.exception).toMatchObject({
        code: mayRepeat ? 'ERR_CONNECTION_REFUSED' : 'ERR_CONNECTION_LOST',
        retryable: mayRepeat,
      });
      expect(error.message).toMatch(/refused the connection: nothing listens there/);
      if (!mayRepeat) expect(error.hint).toMatch(/ask the server for its state/);
    },
  );

  it('says that every connection is closed before it can be used', async () => {
    const emulator = await startEmulator();
    open.push(() => emulator.close());
    const [server] = emulator.servers;
    const proxy = await CuttingProxy.open(server?.http ?? { host: '', port: 0 });
    open.push(() => proxy[Symbol.asyncDispose]());
    const session = await sessionTo(emulator, { host: proxy.host, port: proxy.port });
    proxy.goAway();
    proxy.cutAll();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { error, ms } = await failureOf(getDhcpServerv4Scope({ CimSession: session }));
    expect(ms).toBeLessThan(5_000);
    expect(error.errors[0]?.exception).toMatchObject({ code: 'ERR_CONNECTION_LOST', retryable: true });
    expect(error.message).toMatch(/while it was being set up|within the logon/);
  });

  it('goes on where an idle connection is found dead and another can be had', async () => {
    const emulator = await startEmulator();
    open.push(() => emulator.close());
    const [server] = emulator.servers;
    const proxy = await CuttingProxy.open(server?.http ?? { host: '', port: 0 });
    open.push(() => proxy[Symbol.asyncDispose]());
    const session = await sessionTo(emulator, { host: proxy.host, port: proxy.port });
    proxy.arm([{ direction: 'up', afterBytes: 0, how: 'reset' }]);
    const startedAt = performance.now();
    const scopes = await getDhcpServerv4Scope({ CimSession: session });
    expect([scopes.length > 0, proxy.made]).toEqual([true, 1]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
