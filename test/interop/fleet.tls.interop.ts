// rediss:// against Debian's Redis, with certificates that OpenSSL made: trusted where its authority is given, and refused otherwise.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import type { FleetTls } from '../../lib/fleet/index.js';
import { openFleet, startFleetWorker } from '../../lib/fleet/index.js';
import { counted, FleetHouse, REDIS_SERVER, SCALE } from './fleet/fleet-house.js';
import { freePort } from './kdc.js';

const path = (name: string) => join(__dirname, '../transport/fixtures', name);
const pem = (name: string) => readFileSync(path(name), 'utf8');
const CA = pem('ca.pem');
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let house: FleetHouse;
let port = 0;
beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  port = await freePort();
  const files = ['--tls-cert-file', path('server.pem'), '--tls-key-file', path('server.key')];
  const tls = ['--tls-port', String(port), ...files, '--tls-ca-cert-file', path('ca.pem'), '--tls-auth-clients', 'no'];
  house = await FleetHouse.open(undefined, tls);
});
afterAll(async () => {
  await (house as FleetHouse | undefined)?.close();
});

const open = (tls: FleetTls | undefined) =>
  openFleet({ redis: `rediss://:hunter2@127.0.0.1:${port}`, name: 'drill', connectTimeoutMs: 20_000, tls });

drill('a Redis that speaks TLS', () => {
  it('is trusted by its authority, and a run goes through it', async () => {
    const lab = createLab(fleetDescription(20 * SCALE));
    const redis = `rediss://127.0.0.1:${port}`;
    const shared = { redis, name: 'drill', tls: { ca: CA }, connectTimeoutMs: 20_000 };
    await using fleet = await openFleet(shared);
    await using _worker = await startFleetWorker({
      ...shared,
      allow: { cmdlets: ['Get-*'], computers: ['*'] },
      credentials: { lab: { userName: 'x', password: 'y' } },
      sessionOptions: { transport: ({ computerName }) => lab.transport(computerName) },
    });
    const run = await fleet.start({
      cmdlet: 'Get-DhcpServerv4Scope',
      credential: 'lab',
      targets: lab.servers.map(({ name }) => name),
    });
    expect(counted(await run.wait())).toEqual([lab.servers.length, 0, 0, 0, lab.servers.length]);
    lab.close();
  });

  it.each<[string, FleetTls | undefined, RegExp]>([
    ['without its authority', undefined, /unable to verify|self.signed certificate/],
    ['with another authority', { ca: pem('verdict-ca.pem') }, /unable to verify|self.signed certificate/],
    ['under another name', { ca: CA, serverName: 'redis.contoso.com' }, /Hostname\/IP does not match/],
  ])('is refused %s, at once, and the message says why', async (_, tls, reason) => {
    const begun = performance.now();
    const refusal: unknown = await open(tls).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'ERR_TLS',
      message: expect.stringMatching(reason),
      hint: 'Trust the authority of its certificate, or give redis:// where it speaks no TLS.',
    });
    expect(String(refusal)).toContain(`Redis at rediss://127.0.0.1:${port} was refused by TLS`);
    expect(JSON.stringify([refusal, String(refusal)])).not.toContain('hunter2');
    // Not after the whole time that may be waited: it would be the same again.
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('is told of where the address says that it speaks none', async () => {
    const address = { redis: `redis://127.0.0.1:${port}`, connectTimeoutMs: 3_000 };
    const refusal: unknown = await openFleet(address).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ hint: expect.stringContaining('rediss://') });
    expect((refusal as { readonly code: string }).code).toMatch(/^ERR_(?:TLS|CONNECTION_LOST|TIMEOUT)$/);
  });

  it('that asks for the client certificate is given it, and its refusal is told', async () => {
    house.redisCli('config', 'set', 'tls-auth-clients', 'yes');
    try {
      const given = await openFleet({
        redis: `rediss://127.0.0.1:${port}`,
        name: 'drill',
        connectTimeoutMs: 20_000,
        tls: { ca: CA, cert: pem('client.pem'), key: pem('client.key') },
      });
      expect((await given.check()).find(({ what }) => what === 'version')?.verdict).toBe('ok');
      await given.close();
      await expect(
        openFleet({ redis: `rediss://127.0.0.1:${port}`, name: 'drill', connectTimeoutMs: 5_000, tls: { ca: CA } }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_(?:TLS|CONNECTION_LOST|TIMEOUT)$/) });
    } finally {
      house.redisCli('config', 'set', 'tls-auth-clients', 'no');
    }
  });
});
