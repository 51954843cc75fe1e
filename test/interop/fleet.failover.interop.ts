// A failover as Sentinel and managed pairs make it: the address leads to the new primary, and the old one is a replica that keeps its connections.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import { openFleet, startFleetWorker } from '../../lib/fleet/index.js';
import { counted, FleetHouse, LOCK_MS, REDIS_SERVER, SCALE, settled, until } from './fleet/fleet-house.js';

const COUNT = 40 * SCALE;
const drill = REDIS_SERVER === undefined ? describe.skip : describe;

let primary: FleetHouse;
let replica: FleetHouse;
let lab: Lab;
/** What the address leads to; connections that are there stay where they are. */
let leadsTo = 0;
let address: Server;
const sockets = new Set<Socket>();

beforeAll(async () => {
  if (REDIS_SERVER === undefined) return;
  [primary, replica] = await Promise.all([FleetHouse.open(), FleetHouse.open()]);
  lab = createLab({ ...fleetDescription(COUNT), faults: [{ kind: 'latency', ms: 40 }] });
  leadsTo = primary.port;
  address = createServer((client) => {
    const server = connect(leadsTo, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(address, 'listening');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  (address as Server | undefined)?.close();
  (lab as Lab | undefined)?.close();
  await (primary as FleetHouse | undefined)?.close();
  await (replica as FleetHouse | undefined)?.close();
});

drill('a failover', () => {
  it('in the middle of a run is followed by its worker and by who watches it', async () => {
    replica.redisCli('replicaof', '127.0.0.1', String(primary.port));
    await until('the replica follows', () => replica.redisCli('info', 'replication').includes('master_link_status:up'));
    const redis = `redis://127.0.0.1:${(address.address() as AddressInfo).port}`;
    const shared = { redis, name: 'drill', connectTimeoutMs: 20_000 };
    await using fleet = await openFleet(shared);
    await using _worker = await startFleetWorker({
      ...shared,
      lockMs: LOCK_MS,
      throttle: 4,
      allow: { cmdlets: ['Get-*'], computers: ['*'] },
      credentials: { lab: { userName: 'x', password: 'y' } },
      sessionOptions: { transport: ({ computerName }) => lab.transport(computerName) },
    });
    const run = await fleet.start({
      cmdlet: 'Get-DhcpServerv4Scope',
      credential: 'lab',
      targets: lab.servers.map(({ name }) => name),
      stages: [{ share: 1 }],
    });
    const waited = run.wait();
    await until('some are done', async () => (await settled(run)) > 4);
    // As a failover that somebody ordered: nothing is written that is not replicated.
    primary.redisCli('client', 'pause', '2000', 'write');
    const offset = (house: FleetHouse, name: string) =>
      new RegExp(`${name}:(\\d+)`).exec(house.redisCli('info', 'replication'))?.[1];
    await until(
      'all is replicated',
      () => offset(primary, 'master_repl_offset') === offset(replica, 'slave_repl_offset'),
    );
    leadsTo = replica.port;
    replica.redisCli('replicaof', 'no', 'one');
    primary.redisCli('replicaof', '127.0.0.1', String(replica.port));
    expect(counted(await waited)).toEqual([COUNT, 0, 0, 0, COUNT]);
    expect(replica.redisCli('info', 'clients')).not.toMatch(/connected_clients:[01]\b/);
  });

  it('that nobody followed is told of, with the remedy', async () => {
    const caller = await openFleet({ redis: primary.url, name: 'drill', connectTimeoutMs: 20_000 });
    const started = caller.start({ cmdlet: 'Get-DhcpServerVersion', credential: 'lab', targets: ['dhcp1'] });
    await expect(started).rejects.toMatchObject({
      code: 'ERR_QUEUE',
      retryable: true,
      message: `Redis at ${primary.url} is a replica, and writes nothing.`,
      hint: expect.stringContaining('Give the address of the primary'),
    });
    await caller.close();
  });
});
