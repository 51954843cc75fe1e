import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { remoteSessions } from '../../../lib/cli/sessions/remote-sessions.js';
import { TerminalInput } from '../../../lib/cli/terminal/terminal-input.js';
import { parseOptions } from '../../../lib/cli/usage/options.js';
import { type Emulator, startEmulator } from '../../../lib/emulator/emulator.js';
import { runCommand } from '../command-harness.js';
import { commandIo } from '../command-io.js';

const [FIRST = '', SECOND = ''] = ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'];

let emulator: Emulator;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), 'cimlet-command-profile-'));
  const { userName, password } = emulator.credential;
  writeFileSync(join(folder, 'ca.pem'), emulator.ca);
  const branch = {
    computers: [FIRST, SECOND],
    credential: { userName, passwordEnv: 'LAB' },
    authentication: 'CredSsp',
    kerberos: false,
    useSsl: false,
    tls: { ca: 'ca.pem' },
    connectTo: emulator.servers.map(({ name, http }) => `${name}:5985:${http.host}:${http.port}`),
  };
  const path = join(folder, 'profiles.json');
  writeFileSync(path, JSON.stringify({ branch, one: { ...branch, computers: SECOND }, wrong: { useSll: true } }), {
    mode: 0o600,
  });
  env = { CIMLET_PROFILE_FILE: path, LAB: password.reveal() };
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const run = (argv: readonly string[], more: Record<string, string> = {}) =>
  runCommand(argv, { env: { ...env, ...more } });

/** The options of a session that a command line gives. */
async function optionsOf(argv: readonly string[], variables: Record<string, string> = {}) {
  const { io } = commandIo({ env: variables });
  const { optionsFor } = await remoteSessions(parseOptions(argv), io, new TerminalInput(io.stdin));
  return optionsFor('srv.contoso.com');
}

describe('a line with a profile', () => {
  it.each([
    [['--profile', 'branch'], {}],
    [[], { CIMLET_PROFILE: 'branch' }],
  ])('runs on its computers, with its account: %j', async (argv, variables) => {
    const { code, stdout, stderr } = await run([...argv, '--json', 'Get-DhcpServerVersion'], variables);
    expect([code, stderr]).toEqual([0, '']);
    const computers = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { PSComputerName: string }).PSComputerName);
    expect(computers.sort()).toEqual([FIRST, SECOND]);
  });

  it.each([
    `Get-DhcpServerv4Scope -ComputerName ${FIRST}`,
    `$s = New-CimSession ${FIRST}; Get-DhcpServerv4Scope -CimSession $s`,
    `$x = Get-DhcpServerv4Scope -ComputerName ${FIRST}; $x`,
  ])('goes where it says itself: %s', async (line) => {
    const { code, stdout, stderr } = await run(['--profile', 'one', line]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('10.10.10.0');
  });

  it('shows whose result it is where there are several', async () => {
    const several = await run(['--profile', 'branch', 'Get-DhcpServerVersion']);
    expect(several.stdout).toMatch(/PSComputerName/);
    const one = await run(['--profile', 'one', 'Get-DhcpServerVersion']);
    expect(one.stdout).not.toMatch(/PSComputerName/);
  });

  it('is told by --explain without its password', async () => {
    const { code, stdout } = await runCommand(['--profile', 'branch', '--explain', 'Get-DhcpServerv4Scope'], {
      env: { CIMLET_PROFILE_FILE: env['CIMLET_PROFILE_FILE'] ?? '' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain(`to ${FIRST}, ${SECOND}`);
  });

  it('is refused for a name that nobody has, an unknown key, and a password that is not there', async () => {
    expect(await run(['--profile', 'brach', 'Get-DhcpServerVersion'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Did you mean branch?'),
    });
    expect((await run(['--profile', 'wrong', 'Get-DhcpServerVersion'])).stderr).toContain('Write useSsl');
    expect((await run(['--profile', 'branch', 'Get-DhcpServerVersion'], { LAB: '' })).stderr).toContain(
      'LAB is not set',
    );
  });

  it('leaves the lab of --emulator alone', async () => {
    const { code, stdout } = await run(['--profile', 'wrong', '--emulator', 'Get-DhcpServerv4Scope'], {
      CIMLET_PORT: '1',
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('10.10.10.0')]);
  });
});

describe('the command line', () => {
  const variables = { CIMLET_USER: 'a', CIMLET_PASSWORD: 'of a', CIMLET_AUTH: 'Basic', CIMLET_PORT: '1' };

  it('goes before the environment', async () => {
    const options = await optionsOf(['--auth', 'Ntlm', '--port', '2'], variables);
    expect(options).toMatchObject({ authentication: 'Ntlm', port: 2, credential: { userName: 'a' } });
  });

  it('sends no password to another user than its own', async () => {
    await expect(optionsOf(['--user', 'b'], variables)).rejects.toThrow('The password of b is needed');
    const same = await optionsOf(['--user', 'a'], variables);
    const { credential } = same;
    expect(typeof credential === 'object' && Secret.from(credential.password ?? '').reveal()).toBe('of a');
  });

  it('takes nothing from elsewhere with --no-profile', async () => {
    expect(await optionsOf(['--no-profile'], variables)).toEqual({ useSsl: false });
  });

  it('says how Kerberos is used, and that no NTLM stands for a ticket', async () => {
    const argv = ['--ticket-cache', 'FILE:/tmp/x', '--spn-host', 'alias', '--spn-service', 'WSMAN', '--user', 'a@B'];
    expect(await optionsOf(argv)).toEqual({
      useSsl: false,
      allowNtlm: false,
      credential: { userName: 'a@B' },
      kerberos: { ticketCache: 'FILE:/tmp/x', spnHost: 'alias', spnService: 'WSMAN' },
    });
  });

  it.each([
    [['--ca', __filename], '--ca FILE has no meaning without https.', 'Add --use-ssl, or --auth CredSsp, whose own'],
    [['--skip-cn-check'], '--skip-cn-check has no meaning without https.', 'Add --use-ssl.'],
    [['--auth', 'CredSsp', '--ca', __filename, '--skip-ca-check'], '--skip-ca-check', 'Add --use-ssl.'],
    [['--no-profile', '--password-env', 'P'], 'A password is given without --user.', '--user NAME'],
    [
      ['--no-profile', '--proxy', 'http://me@proxy.contoso.com:3128'],
      'The password of me at the proxy is needed',
      '--proxy-password-env VAR',
    ],
    [
      ['--no-profile', '--auth', 'Ntlm', '--ticket-cache', 'FILE:/tmp/krb5cc'],
      '--ticket-cache is of Kerberos, and Ntlm takes a password.',
      '--auth Kerberos',
    ],
    [
      ['--no-profile', '--auth', 'CredSsp', '--keytab', 'k', '--user', 'me@contoso.com'],
      'The password of me@contoso.com is needed',
      '--password-env',
    ],
    [['--use-ssl', '--ca', '/nowhere'], '--ca FILE: "/nowhere" cannot be read (ENOENT).', 'path of a file'],
  ])('%j is refused', async (argv, message, hint) => {
    const refusal = await optionsOf(argv, { P: 'x' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'UsageError', message: expect.stringContaining(message) });
    expect(refusal).toMatchObject({ hint: expect.stringContaining(hint) });
  });

  it('lets --ca be of the https that the environment asks for', async () => {
    expect(await optionsOf(['--ca', __filename], { CIMLET_USE_SSL: 'true' })).toMatchObject({ useSsl: true });
  });
});

it('goes through the proxy of --proxy, which is told the user and the password', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, client) => {
    asked.push(request.headers['proxy-authorization']);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client);
      client.pipe(server);
    });
    for (const one of [server, client]) one.on('error', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const argv = ['--profile', 'one', '--proxy', `http://me@127.0.0.1:${port}`, '--proxy-password-env', 'PROXY'];
  const { code, stderr } = await run([...argv, 'Get-DhcpServerVersion'], { PROXY: 'pw' });
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  expect([code, stderr]).toEqual([0, '']);
  expect(new Set(asked)).toEqual(new Set([`Basic ${Buffer.from('me:pw').toString('base64')}`]));
});
