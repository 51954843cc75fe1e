import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { EmulatorAddresses } from '../../../lib/cli/commands/emulator-command.js';
import { main } from '../../../lib/cli/main.js';
import { type CommandRun, runCommand } from '../command-harness.js';
import { HELP_EXAMPLES, shellWords } from '../help-examples.js';

const [EXAMPLE_1 = '', , EXAMPLE_3 = ''] = HELP_EXAMPLES.map(({ line }) => line.slice('PS C:\\> '.length));
const FIRST = 'dhcpserver.contoso.com';
const SECOND = 'dhcpserver2.contoso.com';

/** Runs `cimlet emulator --json` while `use` runs, and gives what both gave. */
async function withEmulator<T>(
  use: (addresses: EmulatorAddresses) => Promise<T>,
  options: readonly string[] = [],
): Promise<[CommandRun, T]> {
  const interruption = new AbortController();
  let started: (addresses: EmulatorAddresses) => void = () => {};
  const starting = new Promise<EmulatorAddresses>((resolve) => {
    started = resolve;
  });
  const running = runCommand(['emulator', '--json', ...options], {
    signal: interruption.signal,
    onStdout: (text) => text.endsWith('\n') && started(JSON.parse(text) as EmulatorAddresses),
  });
  try {
    const result = await use(await starting);
    interruption.abort();
    return [await running, result];
  } finally {
    interruption.abort();
    await running;
  }
}

const connectTo = ({ servers }: EmulatorAddresses, scheme: 'http' | 'https') =>
  servers.flatMap((server) => [
    '--connect-to',
    `${server.name}:${scheme === 'http' ? 5985 : 5986}:${server[scheme].host}:${server[scheme].port}`,
  ]);

describe('cimlet emulator', () => {
  it('says in one line of JSON where it listens, runs until interrupted, and cleans up', async () => {
    const [run, addresses] = await withEmulator(async (given) => {
      expect(given.servers.map(({ name }) => name)).toEqual([FIRST, SECOND]);
      expect(readFileSync(given.ca, 'utf8')).toContain('BEGIN CERTIFICATE');
      return given;
    });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout.trimEnd()).not.toContain('\n');
    expect(existsSync(addresses.ca)).toBe(false);
  });

  it('tells people a line that works as it stands', async () => {
    const interruption = new AbortController();
    let given: (text: string) => void = () => {};
    const printed = new Promise<string>((resolve) => {
      given = resolve;
    });
    const running = runCommand(['emulator'], { signal: interruption.signal, onStdout: (text) => given(text) });
    const line = /^ {2}LAB_PASSWORD='(.+?)' cimlet (.+)$/m.exec(await printed);
    const argv = [...(line?.[2] ?? '').matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
    const run = await runCommand(argv, { env: { LAB_PASSWORD: line?.[1] ?? '' } });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('10.20.20.0');
    interruption.abort();
    await running;
  });

  it('goes on with the state of the run before', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'cimlet-state-'));
    const state = join(directory, 'lab.json');
    const on = async (line: string) => {
      const [run, done] = await withEmulator(
        async (addresses) => {
          const { userName, password } = addresses.credential;
          const argv = [
            '--auth',
            'CredSsp',
            '--ca',
            addresses.ca,
            '--user',
            userName,
            '--password-env',
            'LAB_PASSWORD',
          ];
          const env = { LAB_PASSWORD: password };
          return await runCommand([...argv, ...connectTo(addresses, 'http'), line], { env });
        },
        ['--state', state],
      );
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(done).toMatchObject({ code: 0, stderr: '' });
      return done;
    };
    try {
      const names = 'CONTOSO';
      await on(
        `Add-DhcpServerv4Reservation -ComputerName ${FIRST} -ScopeId 10.10.10.0 -IPAddress 10.10.10.77 -ClientId aa -Name ${names}`,
      );
      await on(`Set-DhcpServerv4OptionValue -ComputerName ${FIRST} -OptionId 42 -Value 10.0.0.9`);
      const { stdout } = await on(
        `(Get-DhcpServerv4Reservation -ComputerName ${FIRST} -IPAddress 10.10.10.77).Name; (Get-DhcpServerv4OptionValue -ComputerName ${FIRST} -OptionId 42).Value`,
      );
      expect(stdout).toBe('CONTOSO\n10.0.0.9\n');
      expect(statSync(state).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('seeds the lab of branch offices', async () => {
    const line = '(Get-DhcpServerv4Scope | Get-DhcpServerv4Lease -AllLeases | Measure-Object).Count';
    const argv = ['--seed', 'branch-office', '--emulator', line];
    // With the lab that the options name, not with that of the tests.
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    expect(await main(argv, { stdin, stdout, stderr, env: {}, signal: new AbortController().signal })).toBe(0);
    expect(Number(String(stdout.read()))).toBeGreaterThanOrEqual(12_000);
  });

  it.each([
    [['emulator', '--seed', 'moon'], 'branch-office'],
    [['emulator', '--seed', 'branch-office', '--lab', 'x.json'], 'Give one of them'],
    [['--emulator', '--state', 'x.json', 'Get-DhcpServerVersion'], 'cimlet emulator --state'],
  ])('refuses %j', async (argv, remedy) => {
    const { code, stderr } = await runCommand(argv);
    expect(code).toBe(2);
    expect(stderr).toContain(remedy);
  });

  it('refuses what it does not take', async () => {
    expect(await runCommand(['emulator', 'now'])).toMatchObject({ code: 2, stdout: '' });
    expect(await runCommand(['emulator', '--lab', '/does/not/exist.json'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('the command against a listening lab', () => {
  it('works over verified TLS, with the password from the environment', async () => {
    await withEmulator(async (addresses) => {
      const { userName, password } = addresses.credential;
      const options = ['--json', '--use-ssl', '--ca', addresses.ca, '--auth', 'Basic', '--user', userName];
      const env = { LAB_PASSWORD: password };
      const argv = [...options, '--password-env', 'LAB_PASSWORD', ...connectTo(addresses, 'https')];
      const add = await runCommand([...argv, ...shellWords(EXAMPLE_3), '-PassThru'], { env });
      expect(add).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(add.stdout)).toMatchObject({ LoadBalancePercent: 70, PSComputerName: FIRST });
      const get = await runCommand([...argv, `Get-DhcpServerv4Failover -ComputerName ${SECOND}`], { env });
      expect(JSON.parse(get.stdout)).toMatchObject({ LoadBalancePercent: 30, PSComputerName: SECOND });
    });
  });

  it('works over sealed http, with the password from standard input or from the terminal', async () => {
    await withEmulator(async (addresses) => {
      const { userName, password } = addresses.credential;
      const argv = ['--json', '--auth', 'Ntlm', '--user', userName, ...connectTo(addresses, 'http')];
      const line = `Get-DhcpServerv4Scope -ComputerName ${FIRST}`;
      const piped = await runCommand([...argv, '--password-stdin', line], { stdin: `${password}\n` });
      expect(piped).toMatchObject({ code: 0, stderr: '' });
      expect(piped.stdout.trimEnd().split('\n')).toHaveLength(2);
      const typed = await runCommand([...argv, '--verbose', line], { answers: [password] });
      expect(typed.code).toBe(0);
      expect(typed.stdout).toBe(piped.stdout);
      expect(typed.stderr).toContain(`Password for ${userName}: `);
      expect(typed.stderr).toMatch(/VERBOSE: Logged on to dhcpserver\.contoso\.com with NTLM/);
      expect(typed.stderr).not.toContain(password);
    });
  });

  it('reports wrong passwords, unknown authorities, closed ports and unprotected passwords', async () => {
    await withEmulator(async (addresses) => {
      const { userName, password } = addresses.credential;
      const env = { GOOD: password, BAD: 'wrong' };
      const line = `Get-DhcpServerv4Scope -ComputerName ${FIRST}`;
      const https = ['--json', '--use-ssl', '--auth', 'Basic', '--user', userName, ...connectTo(addresses, 'https')];
      const run = async (argv: string[]) => {
        const { code, stdout, stderr } = await runCommand([...argv, line], { env });
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        expect(stderr).not.toContain(password);
        return JSON.parse(stderr) as { code: string };
      };
      expect(await run([...https, '--ca', addresses.ca, '--password-env', 'BAD'])).toMatchObject({
        code: 'ERR_AUTHENTICATION',
      });
      expect(await run([...https, '--password-env', 'GOOD'])).toMatchObject({ code: 'ERR_TLS' });
      const http = ['--json', '--auth', 'Basic', '--user', userName, '--password-env', 'GOOD'];
      expect(await run([...http, ...connectTo(addresses, 'http')])).toMatchObject({ code: 'ERR_INSECURE_CHANNEL' });
      expect(await run([...http, '--allow-unencrypted', '--connect-to', '::127.0.0.1:1'])).toMatchObject({
        code: 'ERR_CONNECTION_REFUSED',
      });
    });
  });

  it.each([
    [['--password-env', 'NOT_SET'], 'NOT_SET'],
    [['--password-stdin'], 'holds no password'],
    [[], '--password-env VAR'],
    [['--use-ssl', '--ca', '/does/not/exist.pem'], '/does/not/exist.pem'],
  ])('refuses %j before anything is sent', async (options, text) => {
    const run = await runCommand(['--user', 'a', ...options, 'Get-DhcpServerv4Scope']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });
});

describe('cimlet demo', () => {
  it('answers the prompt of example 1 visibly and shows both servers', async () => {
    const run = await runCommand(['demo']);
    expect(run.code).toBe(0);
    const logon = /^\[dhcpserver2?\.contoso\.com: CredSSP, messages encrypted, credential delegated\]$/;
    const told = run.stderr.trimEnd().split('\n');
    expect(told.filter((line) => !logon.test(line))).toEqual([]);
    expect(told).toHaveLength(3);
    expect(run.stdout).toContain(`PS C:\\> ${EXAMPLE_1}\n\nConfirm\n`);
    expect(run.stdout).toMatch(/\[Y\] Yes .+\(default is "Y"\): Y\n/);
    expect(run.stdout.match(/^Name {16}: SFO-SIN-Failover$/gm)).toHaveLength(2);
    expect(run.stdout).toMatch(/^PartnerServer {7}: dhcpserver2\.contoso\.com$/m);
    expect(run.stdout.match(/^ScopeId {13}: \{10\.10\.10\.0, 10\.20\.20\.0\}$/gm)).toHaveLength(2);
  });

  it('logs on with CredSSP, so that the second hop works', async () => {
    const logons: unknown[] = [];
    const listener = (message: unknown) => logons.push(message);
    subscribe('cimlet:auth:complete', listener);
    await runCommand(['demo']);
    unsubscribe('cimlet:auth:complete', listener);
    expect(logons).toHaveLength(3);
    for (const logon of logons) expect(logon).toMatchObject({ mechanism: 'CredSSP', encrypts: true, delegates: true });
  });

  it('keeps to JSON on standard output with --json', async () => {
    const run = await runCommand(['demo', '--json']);
    expect(run.code).toBe(0);
    const names = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { PSComputerName: string }).PSComputerName);
    expect(names).toEqual([FIRST, SECOND]);
  });
});
