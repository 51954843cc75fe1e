import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startMetricsServer } from '../../../../lib/cli/commands/fleet/metrics-server.js';
import { readWorkerSecrets } from '../../../../lib/cli/commands/fleet/worker-secrets-file.js';
import { runCommand } from '../../command-harness.js';
import { FakeFleet, outcomeOf } from './fake-fleet.js';

const folder = mkdtempSync(join(tmpdir(), 'cimlet-worker-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};

const ALLOW = ['--allow-cmdlets', 'Get-*', '--allow-computers', '*.contoso.com'];
const CREDENTIALS = file('credentials.json', {
  credentials: {
    emea: { userName: 'CONTOSO\\dhcpadmin', passwordEnv: 'EMEA_PASSWORD' },
    ticket: { userName: 'dhcp', keytab: '/etc/dhcp.keytab' },
    own: {},
  },
  secrets: { failover: { file: file('secret.txt', 'Canary-4711\n') } },
});
const ENV = { CIMLET_REDIS: 'redis://127.0.0.1:6379', EMEA_PASSWORD: 'Canary-0815' };

describe('cimlet fleet worker', () => {
  it('works until it is interrupted, and then closes within its grace', async () => {
    const fleet = new FakeFleet();
    const controller = new AbortController();
    const words = ['--sites', 'EMEA, APAC', '--credentials', CREDENTIALS, '--throttle', '128', '--grace', '5', '--log'];
    const running = runCommand(['fleet', 'worker', ...ALLOW, ...words, '--connect-to', 'a:5985:127.0.0.1:9'], {
      fleet: fleet.door,
      env: ENV,
      signal: controller.signal,
    });
    while (fleet.workersStarted.length === 0) await new Promise(setImmediate);
    const [options] = fleet.workersStarted;
    await options?.onOutcome?.(outcomeOf('dhcp1', { output: [{ Name: 'Canary' }] }), 'run-1');
    controller.abort();
    const { code, stdout, stderr } = await running;
    expect(code).toBe(0);
    expect(options).toMatchObject({
      allow: { cmdlets: ['Get-*'], computers: ['*.contoso.com'] },
      sites: ['EMEA', 'APAC'],
      throttle: 128,
    });
    const { connectTo } = options?.sessionOptions ?? {};
    const where = (computerName: string) =>
      typeof connectTo === 'function' ? connectTo({ computerName, secure: false }) : 'none';
    expect([where('a'), where('b')]).toEqual([{ host: '127.0.0.1', port: 9 }, undefined]);
    expect(JSON.parse(stdout)).toMatchObject({ run: 'run-1', target: 'dhcp1', state: 'ok', outputs: 1 });
    expect(stdout + stderr).not.toContain('Canary');
    expect(stderr).toContain('Worker worker-1 is ready for EMEA, APAC: Get-* on *.contoso.com.');
    expect(fleet.said).toEqual(['worker closed within 5000 ms']);
  });

  it.each<[string, readonly string[], string]>([
    ['nothing that is allowed', ['--credentials', CREDENTIALS], '--allow-cmdlets is not given'],
    ['no computers', ['--credentials', CREDENTIALS, '--allow-cmdlets', 'Get-*'], '--allow-computers is not given'],
    ['no credential', ALLOW, 'The worker has no credential.'],
    ['no file', [...ALLOW, '--credentials', '/no/such'], 'ENOENT'],
    ['a throttle of nothing', [...ALLOW, '--credentials', CREDENTIALS, '--throttle', '0'], '--throttle: "0"'],
    ['words', [...ALLOW, 'Get-DhcpServerv4Scope'], 'takes no words'],
    ['a wrong place for figures', [...ALLOW, '--credentials', CREDENTIALS, '--metrics', 'here'], '--metrics: "here"'],
  ])('refuses %s', async (_, words, text) => {
    const fleet = new FakeFleet();
    const { code, stderr } = await runCommand(['fleet', 'worker', ...words], { fleet: fleet.door, env: ENV });
    expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  });
});

describe('the file of credentials', () => {
  it('says where each secret is, and has none itself', async () => {
    const { credentials, secrets } = await readWorkerSecrets(CREDENTIALS, ENV);
    const { emea, own, ticket } = credentials;
    const read = typeof emea === 'function' ? await emea({ computerName: 'x' } as never) : undefined;
    expect([read?.userName, String(read?.password)]).toEqual(['CONTOSO\\dhcpadmin', '[redacted]']);
    expect([own, ticket]).toEqual([
      { sessionOptions: {} },
      {
        sessionOptions: {
          credential: { userName: 'dhcp' },
          kerberos: { keytab: '/etc/dhcp.keytab' },
          allowNtlm: false,
        },
      },
    ]);
    const secret = typeof secrets['failover'] === 'function' ? await secrets['failover']() : undefined;
    expect(typeof secret === 'object' && 'reveal' in secret && secret.reveal()).toBe('Canary-4711');
  });

  it.each<[string, unknown, string]>([
    ['a password', { credentials: { a: { userName: 'x', password: 'Canary' } } }, 'A secret itself has no place'],
    ['no JSON', 'Canary', 'it is not JSON'],
    [
      'a variable that is not set',
      { credentials: { a: { userName: 'x', passwordEnv: 'NOT_SET' } } },
      'NOT_SET is not set',
    ],
    ['a password of nobody', { credentials: { a: { passwordEnv: 'EMEA_PASSWORD' } } }, 'no userName'],
    ['a secret from nowhere', { secrets: { a: {} } }, 'does not say where the secret is'],
    ['a text for an entry', { secrets: { a: 'Canary' } }, 'secrets.a is no object'],
    ['an unknown part', { users: {} }, 'users is not known'],
  ])('is refused with %s', async (name, content, text) => {
    const path = file(`${name.replaceAll(' ', '-')}.json`, content);
    const error = await readWorkerSecrets(path, ENV).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    const said = `${(error as Error).message} ${(error as { hint?: string }).hint}`;
    expect([said.includes(text), said.includes('Canary')]).toEqual([true, false]);
  });
});

describe('the figures', () => {
  it('are served at /metrics, and nowhere else', async () => {
    await using server = await startMetricsServer('127.0.0.1:0', async () => 'cimlet_outcomes_total 7\n');
    const at = (path: string) => fetch(`http://${server.address}${path}`);
    const [metrics, other] = [await at('/metrics'), await at('/')];
    expect([metrics.status, await metrics.text(), metrics.headers.get('content-type')]).toEqual([
      200,
      'cimlet_outcomes_total 7\n',
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(other.status).toBe(404);
    await expect(startMetricsServer(server.address, async () => '')).rejects.toThrow('EADDRINUSE');
  });

  it('are an error of the server while they cannot be had', async () => {
    await using server = await startMetricsServer('0', async () => Promise.reject(new Error('Redis is away, Canary')));
    const response = await fetch(`http://${server.address}/metrics`);
    expect([response.status, await response.text()]).toEqual([503, 'The figures cannot be had now.\n']);
  });
});
