// What a session says of its server: by its state, to whoever listens, and on the diagnostics channel; over the emulator's sockets and without any.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:net';
import { expect, it, jest } from '@jest/globals';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import type { CimSessionStateChange } from '../../../lib/cim/session/session-state.js';
import { getDhcpServerv4Failover, getDhcpServerv4Scope } from '../../../lib/dhcp-server/index.js';
import { startEmulator } from '../../../lib/emulator/emulator.js';
import { createLab } from '../../../lib/emulator/lab/lab.js';

const A = 'dhcpserver.contoso.com';
const shown = ({ previous, state, error }: CimSessionStateChange): string =>
  `${previous} ${state} ${error?.code ?? '-'}`;

it('is idle, connected, unreachable, connected again and closed for good; each change is told once', async () => {
  const emulator = await startEmulator();
  const session = await newCimSession(A, emulator.sessionOptions);
  const changes: CimSessionStateChange[] = [];
  const silent: string[] = [];
  session.onStateChange((change) => changes.push(change));
  const stop = session.onStateChange((change) => silent.push(shown(change)));
  stop();
  expect(session.state).toBe('idle');
  await session.testConnection();
  await session.testConnection();
  expect(session.state).toBe('connected');
  emulator.lab.powerOff(A);
  await expect(session.testConnection()).rejects.toThrow();
  await expect(session.testConnection()).rejects.toThrow();
  expect(session.state).toBe('unreachable');
  emulator.lab.powerOn(A);
  await session.testConnection();
  await session.close();
  await session.close();
  await expect(session.testConnection()).rejects.toThrow('is closed');
  expect(session.state).toBe('closed');
  expect(changes.map(shown)).toEqual([
    'idle connected -',
    expect.stringMatching(/^connected unreachable ERR_CONNECTION_(REFUSED|LOST)$/),
    'unreachable connected -',
    'connected closed -',
  ]);
  const { error: _error, ...plain } = changes[1] ?? {};
  const whose = { computerName: A, instanceId: session.instanceId };
  expect(structuredClone(plain)).toEqual({ session: whose, state: 'unreachable', previous: 'connected' });
  expect(silent).toEqual([]);
  await emulator.close();
});

it('is connected when the server answers with an error, and refused by a logon that is; without a credential nothing is shown', async () => {
  const emulator = await startEmulator();
  const session = await newCimSession(A, emulator.sessionOptions);
  await session.testConnection({ anonymous: true });
  expect(session.state).toBe('idle');
  const missing = { namespace: 'root/cimv2', className: 'Win32_NoSuchThing', keys: { Name: 'x' } };
  await expect(session.getInstance(missing)).rejects.toMatchObject({ code: 'ERR_CIM' });
  expect(session.state).toBe('connected');
  const credential = { userName: 'CONTOSO\\dhcpadmin', password: 'not the password' };
  const refused = await newCimSession(A, { ...emulator.sessionOptions, credential });
  await expect(refused.testConnection()).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' });
  expect(refused.state).toBe('refused');
  await Promise.all([session.close(), refused.close()]);
  await emulator.close();
});

it('a limit of time and an abort show nothing', async () => {
  const silence = createServer();
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  const { port } = silence.address() as { port: number };
  const credential = { userName: 'CONTOSO\\dhcpadmin', password: 'x' };
  const options = {
    connectTo: { host: '127.0.0.1', port },
    credential,
    authentication: 'Ntlm',
    useSsl: false,
  } as const;
  const session = await newCimSession(A, { ...options, trustedHosts: ['*'] });
  await expect(session.testConnection({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  await expect(session.testConnection({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  expect(session.state).toBe('idle');
  await session.close();
  silence.close();
});

it('is kept without sockets, too', async () => {
  const lab = createLab();
  const session = await newCimSession(A, { transport: () => lab.transport(A) });
  await getDhcpServerv4Failover({ CimSession: session });
  expect(session.state).toBe('connected');
  await session.close();
});

it('no listener makes a call fail, nor the other listeners deaf', async () => {
  const lab = createLab();
  const session = await newCimSession(A, { transport: () => lab.transport(A) });
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue(undefined);
  const states: string[] = [];
  const listen = (): void => {
    states.push(session.state);
    throw new Error('a mistake of the console');
  };
  const stop = session.onStateChange(listen);
  session.onStateChange(listen);
  await session.testConnection();
  stop();
  stop();
  await session.close();
  expect(states).toEqual(['connected', 'connected', 'closed']);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('a mistake of the console'));
  warn.mockRestore();
  expect(() => session.onStateChange('state' as never)).toThrow('Give a function.');
});

/** What is published on the channels while `work` runs. */
async function heardWhile(channels: readonly string[], work: () => Promise<unknown>) {
  const heard: { readonly channel: string; readonly message: Readonly<Record<string, unknown>> }[] = [];
  const listen = (message: unknown, channel: string | symbol): void =>
    void heard.push({ channel: String(channel), message: message as Readonly<Record<string, unknown>> });
  for (const channel of channels) subscribe(channel, listen);
  await work().finally(() => {
    for (const channel of channels) unsubscribe(channel, listen);
  });
  return heard;
}

it('diagnostics name the computer, the session and the cmdlet of each message, and each change of state', async () => {
  const emulator = await startEmulator();
  const session = await newCimSession(A, emulator.sessionOptions);
  const channels = ['cmdlet:start', 'cmdlet:end', 'request:start', 'request:end', 'session:state'];
  const heard = await heardWhile(
    channels.map((name) => `cimlet:${name}`),
    async () => {
      await getDhcpServerv4Failover({ CimSession: session });
      await session.testConnection();
      await session.close();
    },
  );
  await emulator.close();
  const whose = { computerName: A, session: session.instanceId };
  const mark = { ...whose, cmdlet: 'Get-DhcpServerv4Failover', invocation: heard[0]?.message['invocation'] };
  expect(mark.invocation).toEqual(expect.any(Number));
  expect(heard).toEqual(
    [
      ['cmdlet:start', mark],
      ['request:start', { ...mark, bytes: expect.any(Number), messageId: expect.stringMatching(/^uuid:/) }],
      ['session:state', { ...whose, state: 'connected', previous: 'idle' }],
      ['request:end', { ...mark, status: 200 }],
      ['cmdlet:end', { ...mark, failed: false, durationMs: expect.any(Number) }],
      ['request:start', whose],
      ['request:end', whose],
      ['session:state', { ...whose, state: 'closed', previous: 'connected' }],
    ].map(([name, message]) => ({
      channel: `cimlet:${name as string}`,
      message: expect.objectContaining(message as object),
    })),
  );
  expect(heard[5]?.message).not.toHaveProperty('cmdlet');
});

it('what is said beside an operation is told of, as part of its cmdlet', async () => {
  const emulator = await startEmulator();
  const session = await newCimSession(A, emulator.sessionOptions);
  const heard = await heardWhile(['cimlet:request:control', 'cimlet:cmdlet:end'], async () => {
    // Only what may have been delivered is cancelled: the connection is there before, and the limit is far longer than writing to it takes.
    await session.testConnection();
    emulator.lab.injectFault({ kind: 'silence', times: 1 });
    await expect(getDhcpServerv4Scope({ CimSession: session }, { timeoutMs: 2000 })).rejects.toThrow();
    await session.close();
  });
  await emulator.close();
  const mark = { cmdlet: 'Get-DhcpServerv4Scope', computerName: A, session: session.instanceId };
  const cancel = heard.find(({ message }) => String(message['action']).endsWith('/Cancel'));
  expect(cancel).toEqual({ channel: 'cimlet:request:control', message: expect.objectContaining(mark) });
  // On a machine with no time to spare, the limit of what is said at parting is up before a second logon.
  expect(cancel?.message['status'] ?? cancel?.message['code']).toEqual(cancel?.message['code'] ?? 204);
  expect(heard).toContainEqual({
    channel: 'cimlet:cmdlet:end',
    message: expect.objectContaining({ ...mark, failed: true, code: 'ERR_TIMEOUT' }),
  });
});
