import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../../lib/cim/session/cim-session.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import type { LabEvent } from '../../../lib/emulator/dhcp/lab-event.js';
import { createLab, type Lab, readLab } from '../../../lib/emulator/lab/lab.js';
import { fleetDescription, type LabDescription } from '../../../lib/emulator/lab/lab-description.js';
import { propertiesOf } from '../../support/values-of.js';
import { call } from '../call.js';
import { A, B, hours, NAME, Pair, seconds } from '../pair.js';

describe('a lab', () => {
  it('is described by JSON: servers, scopes, leases, users, cut links and faults', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cimlet-lab-'));
    const path = join(directory, 'lab.json');
    const description = {
      now: '2026-11-24T08:00:00Z',
      users: [{ userName: 'LAB\\root', password: 'x' }],
      servers: [
        {
          name: 'one.example.org',
          address: '192.0.2.1',
          scopes: [
            {
              scopeId: '192.0.2.0',
              leases: [{ ipAddress: '192.0.2.50', clientId: 'a', expiresAt: '2026-11-25T08:00:00Z' }],
            },
          ],
        },
        { name: 'two.example.org', address: '192.0.2.2', clockSkewMs: 1500, version: { major: 6, minor: 1 } },
      ],
      cutLinks: [['one.example.org', 'two']],
      faults: [{ kind: 'quota', server: 'two', times: 1 }],
    };
    await writeFile(path, JSON.stringify(description));
    const lab = await readLab(path, { follow: null });
    expect(lab.clock.now()).toBe(Date.UTC(2026, 10, 24, 8));
    expect(lab.server('192.0.2.1').scopes.get('192.0.2.0')?.leases.get('192.0.2.50')).toMatchObject({
      serverIp: '192.0.2.1',
      expiresAt: Date.UTC(2026, 10, 25, 8),
    });
    expect(lab.server('TWO')).toMatchObject({ clockSkewMs: 1500, supportsFailover: false });
    const added = await call(lab.transport('one'), 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      Name: 'n',
      PartnerServer: 'two',
      ScopeId: ['192.0.2.0'],
    });
    expect(propertiesOf(added.errors[0])?.['MessageID']).toBe('WIN32 1722');
    const wrong = { code: 'ERR_INVALID_ARGUMENT', message: expect.stringContaining(path) };
    for (const text of ['{', '[]', 'null']) {
      await writeFile(path, text);
      await expect(readLab(path)).rejects.toMatchObject(wrong);
    }
    await expect(readLab(`${path}.none`)).rejects.toMatchObject({ ...wrong, cause: { code: 'ENOENT' } });
    await rm(directory, { recursive: true });
  });

  it('keeps the password that it made for an account when it is saved', () => {
    const first = createLab();
    const again = createLab(first.save());
    const labs = [first, again, createLab()];
    const [one, other, third] = labs.map(({ users }) => users.all[0]?.password.reveal());
    expect(other).toBe(one);
    expect(third).not.toBe(one);
    for (const lab of labs) lab.close();
  });

  it.each([
    [{ servers: [{ name: 'a.x', address: '1.2.3' }] }, /servers.address: "1.2.3" is not valid/],
    [
      {
        servers: [
          { name: 'a.x', address: '1.2.3.4' },
          { name: 'A.X', address: '1.2.3.5' },
        ],
      },
      /unique/,
    ],
    [{ servers: [{ name: 'a.x', address: '1.2.3.4', scopes: [{ scopeId: '10.10.10' }] }] }, /scopes.scopeId/],
    [{ cutLinks: [['dhcpserver', 'nobody']] as [string, string][] }, /Name two servers/],
    [{ now: 'yesterday' }, /ISO 8601/],
    [{ faults: [{ kind: 'latency' as const, ms: 1, server: 'nobody' }] }, /The lab has dhcpserver.contoso.com/],
  ])('says what is wrong with a description: %j', (description, message) => {
    expect(() => createLab(description, { follow: null })).toThrow(message);
  });

  it('has the test namespace only when it is asked for, and still after it was saved', async () => {
    const groups = async (lab: Lab) => {
      await using session = await newCimSession(A, { transport: () => lab.transport(A) });
      const names: unknown[] = [];
      for await (const group of session.enumerateInstances({
        namespace: 'root/cimlet/test',
        className: 'Cimlet_Group',
      })) {
        names.push(propertiesOf(group)['Name']);
      }
      return names;
    };
    const description = { testNamespace: true };
    const asked = createLab(description, { follow: null });
    expect(await groups(asked)).toEqual(['red', 'blue']);
    expect(await groups(createLab(asked.save(), { follow: null }))).toEqual(['red', 'blue']);
    expect(await groups(createLab(undefined, { follow: null }))).toEqual(['red', 'blue']);
    await expect(groups(createLab({}, { follow: null }))).rejects.toMatchObject({ code: 'ERR_CIM' });
    const untyped: unknown = JSON.parse('{ "testNamespace": "yes" }');
    expect(() => createLab(untyped as LabDescription)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_ARGUMENT',
        message: expect.stringMatching(/testNamespace.*yes.*true or false/),
      }),
    );
  });

  it('goes on from a saved state as if nothing had happened', async () => {
    const pair = new Pair();
    await pair.add({ SharedSecret: 'hidden', StateSwitchInterval: TimeSpan.from('2:00:00') });
    pair.lab.skewClock(B, 5);
    pair.lab.powerOff(B);
    pair.lab.clock.advance(hours(1));
    const directory = await mkdtemp(join(tmpdir(), 'cimlet-lab-'));
    const path = join(directory, 'state.json');
    await pair.lab.saveTo(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const restored = await readLab(path, { follow: null });
    expect(restored.save()).toEqual(pair.lab.save());
    expect(JSON.stringify(restored.save())).not.toContain('hidden');
    for (const lab of [pair.lab, restored]) {
      lab.clock.advance(hours(1) - 1);
      expect(lab.server(A).relationships.get(NAME.toLowerCase())?.state).toBe('CommunicationInterrupted');
      lab.clock.advance(1);
      expect(lab.server(A).relationships.get(NAME.toLowerCase())?.state).toBe('PartnerDown');
      lab.powerOn(B);
      lab.clock.advance(seconds(1));
      expect(lab.server(B).relationships.get(NAME.toLowerCase())?.state).toBe('RecoverWait');
    }
    await rm(directory, { recursive: true });
  });

  it('tells observers what happens, until they leave', async () => {
    const pair = new Pair();
    const events: LabEvent[] = [];
    const leave = pair.lab.observe((event) => events.push(event));
    await pair.add({ ScopeId: ['10.10.10.0'] });
    expect(events.map(({ type }) => type)).toEqual([
      'scope-created',
      'scope-changed',
      'relationship-created',
      'relationship-created',
      ...Array(6).fill('state-changed'),
    ]);
    expect(events.every(({ time }) => time === pair.lab.clock.now())).toBe(true);
    leave();
    pair.lab.powerOff(B);
    expect(events).toHaveLength(10);
  });

  it('holds 1,000 servers', async () => {
    const lab = createLab(fleetDescription(1000, { paired: true }), { follow: null });
    expect(lab.servers).toHaveLength(1000);
    const { errors } = await call(lab.transport('dhcp0999'), 'PS_DhcpServerv4Failover.AddByLoadBalance', {
      Name: 'pair',
      PartnerServer: 'dhcp1000.contoso.com',
      ScopeId: [...lab.server('dhcp0999').scopes.keys()],
    });
    expect(errors).toEqual([]);
  });

  it('names the servers that it has when asked for another', () => {
    expect(() => createLab().transport('nobody')).toThrow(
      /The lab has dhcpserver.contoso.com, dhcpserver2.contoso.com/,
    );
  });
});
