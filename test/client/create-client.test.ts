// Defaults in one place and sessions that are kept: what a service or a console writes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CimInstanceJson } from '../../lib/cim/instance/instance-json.js';
import type { CimSession } from '../../lib/cim/session/cim-session.js';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import { type ClientOptions, createClient } from '../../lib/client/create-client.js';
import type { DhcpServerv4Failover } from '../../lib/dhcp-server/index.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';

const BOTH = ['dhcpserver.contoso.com', 'dhcpserver2.contoso.com'];

let lab: Lab;
let opened: CimSession[];
beforeEach(() => {
  lab = createLab();
  opened = [];
});
afterEach(() => lab.close());

const client = (options: Omit<ClientOptions, 'sessionFactory'> = {}) =>
  createClient({
    ...options,
    sessionFactory: async (computerName) => {
      const session = await newCimSession(computerName, { transport: () => lab.transport(computerName) });
      opened.push(session);
      return session;
    },
  });

describe('a client', () => {
  it('calls its computers when a call names none', async () => {
    await using dhcp = client({ computers: BOTH });
    const versions = await dhcp.getDhcpServerVersion();
    expect(versions.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(BOTH);
  });

  it.each([{ ComputerName: BOTH[1] }, { CimSession: BOTH[1] }, { cimsession: [BOTH[1]] }, { Cn: BOTH[1] }])(
    'leaves alone a call that names its target: %j',
    async (parameters) => {
      await using dhcp = client({ computers: BOTH });
      const scopes = await dhcp.getDhcpServerv4Scope(parameters);
      expect(scopes).toEqual([]);
      expect(opened.map(({ computerName }) => computerName)).toEqual([BOTH[1]]);
    },
  );

  it('lets an instance go to its own server, by the session that is open', async () => {
    await using dhcp = client({ computers: BOTH, callOptions: { confirmPreference: 'None' } });
    await dhcp.addDhcpServerv4Failover({
      ComputerName: 'dhcpserver.contoso.com',
      Name: 'A',
      PartnerServer: 'dhcpserver2.contoso.com',
      ScopeId: '10.10.10.0',
      LoadBalancePercent: 70,
    });
    const [first] = await dhcp.getDhcpServerv4Failover({ ComputerName: 'dhcpserver.contoso.com' });
    if (first === undefined) throw new Error('No relationship.');
    const copy = first.toJSON() as CimInstanceJson<DhcpServerv4Failover>;
    await dhcp.setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: copy });
    const shares = await dhcp.getDhcpServerv4Failover();
    expect(shares.map(({ LoadBalancePercent }) => LoadBalancePercent).sort()).toEqual([40, 60]);
    expect(opened).toHaveLength(2);
  });

  it('gives one computer as one session, which is what Export-DhcpServer takes', async () => {
    await using dhcp = client({ computers: ['dhcpserver.contoso.com'] });
    const File = join(mkdtempSync(join(tmpdir(), 'cimlet-client-')), 'all.xml');
    await dhcp.exportDhcpServer({ File });
    expect(readFileSync(File, 'utf8')).toContain('10.10.10.0');
    rmSync(dirname(File), { recursive: true });
  });

  it('opens a session once, for calls at the same time too and in whatever case its name is written', async () => {
    await using dhcp = client();
    await Promise.all(
      ['dhcpserver.contoso.com', 'DHCPSERVER.contoso.com'].map((ComputerName) =>
        dhcp.getDhcpServerv4Scope({ ComputerName }),
      ),
    );
    await dhcp.getDhcpServerv4Scope({ ComputerName: 'dhcpserver.contoso.com' });
    expect(opened).toHaveLength(1);
    expect(opened[0]?.isClosed).toBe(false);
    expect(await dhcp.session('dhcpserver.contoso.com')).toBe(opened[0]);
  });

  it('opens another one in place of one that was closed', async () => {
    await using dhcp = client({ computers: 'dhcpserver.contoso.com' });
    await dhcp.getDhcpServerv4Scope();
    await opened[0]?.close();
    expect(await dhcp.getDhcpServerv4Scope()).toHaveLength(2);
    expect(opened).toHaveLength(2);
  });

  it('tries again what could not be opened', async () => {
    let isUp = false;
    await using dhcp = createClient({
      computers: 'dhcpserver.contoso.com',
      sessionFactory: async (name) => {
        if (!isUp) throw new Error('not yet');
        return newCimSession(name, { transport: () => lab.transport(name) });
      },
    });
    await expect(dhcp.getDhcpServerv4Scope()).rejects.toMatchObject({ code: 'ERR_CMDLET' });
    isUp = true;
    expect(await dhcp.getDhcpServerv4Scope()).toHaveLength(2);
  });

  it('closes its sessions, and calls nobody any more', async () => {
    const dhcp = client({ computers: BOTH });
    await dhcp.getDhcpServerv4Scope();
    await dhcp.close();
    await dhcp.close();
    expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, true]);
    await expect(dhcp.getDhcpServerv4Scope()).rejects.toMatchObject({
      errors: [{ exception: { code: 'ERR_SESSION_CLOSED' } }, { exception: { code: 'ERR_SESSION_CLOSED' } }],
    });
    expect(opened).toHaveLength(2);
  });

  it('has the CIM cmdlets but those that make and list sessions', () => {
    const dhcp = client();
    expect(typeof dhcp.getCimInstance).toBe('function');
    expect('newCimSession' in dhcp || 'getCimSession' in dhcp || 'removeCimSession' in dhcp).toBe(false);
  });

  it('gives the options of its calls, which those of a call go before', async () => {
    const said: string[] = [];
    const say = (by: string) => () => void said.push(by);
    await using dhcp = client({ computers: BOTH[0] as string, callOptions: { onWhatIf: say('client') } });
    await dhcp.removeDhcpServerv4Scope({ ScopeId: '10.10.10.0', WhatIf: true });
    await dhcp.removeDhcpServerv4Scope({ ScopeId: '10.10.10.0', WhatIf: true }, { onWhatIf: say('call') });
    expect(said).toEqual(['client', 'call']);
  });

  it.each([
    [{ computers: [] }, /computers must be the names of computers/],
    [{ computers: ['a', ''] }, /computers must be/],
    [{ useSSL: true }, /useSSL/],
    [{ callOptions: { timeoutMS: 1 } }, /timeoutMS/],
    [{ callOptions: { sessionOptions: {} } }, /callOptions\.sessionOptions has no effect/],
    [{ sessionFactory: async () => undefined, useSsl: true }, /useSsl has no effect beside it/],
  ])('refuses %j before anything is sent', (options, message) => {
    expect(() => createClient(options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });

  it('refuses session options of a call, which would have no effect', () => {
    const dhcp = client();
    expect(() => dhcp.getDhcpServerv4Scope({}, { sessionOptions: { useSsl: true } })).toThrow(
      /sessionOptions has no effect/,
    );
  });
});
