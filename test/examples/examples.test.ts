import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dhcpClasses } from '../../lib/emulator/dhcp/dhcp-classes.js';
import { ROOT, runExample } from './run-example.js';

describe('the examples, on the emulated lab', () => {
  it('create-failover.mjs shows both sides', async () => {
    const { code, stdout, stderr } = await runExample('create-failover.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('dhcpserver.contoso.com (PrimaryServer): Normal, 70 % of the clients');
    expect(stdout).toContain('dhcpserver2.contoso.com (SecondaryServer): Normal, 30 % of the clients');
    expect(stdout.match(/scopes 10\.10\.10\.0, 10\.20\.20\.0; .* 02:00:00 /g)).toHaveLength(2);
  });

  it('roll-out.mjs protects 140 of 200 servers and says what the other 60 suffer from', async () => {
    const { code, stdout, stderr } = await runExample('roll-out.mjs');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('140 of 200 servers are protected now');
    const counts = [...stdout.matchAll(/^(\d+) × (.*)$/gm)].map(([, count, id]) => `${id}: ${count}`);
    expect(counts.sort()).toEqual([
      'CimJob_ERR_CONNECTION_LOST: 10',
      'CimJob_ERR_NOT_SOAP: 10',
      'DHCP 20052: 20',
      'DHCP 20119: 10',
      'WIN32 1722: 10',
    ]);
    expect(stdout).toContain('The RPC server is unavailable.');
  });

  it('audit.mjs finds what went wrong', async () => {
    const { code, stdout, stderr } = await runExample('audit.mjs');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^Relationship +Mode +Shares +Primary +Secondary +Scopes +Remark$/m);
    expect(stdout).toMatch(/^site-01 +LoadBalance +50 : 50 +Normal +Normal +1$/m);
    expect(stdout).toMatch(
      /^site-02 +LoadBalance +50 : \? +CommunicationInterrupted +\(no answer\) +1 +only one server/m,
    );
    expect(stdout).toMatch(/^site-03 +HotStandby +5 % reserved +Normal +Normal +1$/m);
    expect(stdout).toMatch(/^site-04 +LoadBalance +95 : 5 +Normal +Normal +1 +lopsided$/m);
    expect(stdout).toMatch(/^site-05 .* CommunicationInterrupted +CommunicationInterrupted +1 +not in contact$/m);
    expect(stdout).toContain('11 relationships on 24 servers, 8 of them healthy.\ndhcp0004.contoso.com: ');
  });

  it('in-step.mjs says in what a pair differs, and what would become of it', async () => {
    const { code, stdout, stderr } = await runExample('in-step.mjs');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^10\.10\.10\.0 +reservation 10\.10\.10\.43 +onlyThere$/m);
    expect(stdout).toContain('Replicating to dhcpserver2.contoso.com adds 1, changes 4, removes 2:');
    expect(stdout).toContain('remove reservation 10.10.10.43');
    expect(stdout).toContain('In the lab: done, 0 differences left; put back: done');
  });

  it('maintenance.mjs takes a server out and brings it back', async () => {
    const { code, stdout, stderr } = await runExample('maintenance.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const shown = [...stdout.matchAll(/^ {2}(\S+)\.contoso\.com {2}SFO-SIN {2}(.*)$/gm)].map(([, ...row]) =>
      row.join(' '),
    );
    expect(shown).toEqual([
      'dhcpserver Normal  50 %',
      'dhcpserver2 Normal  50 %',
      'dhcpserver Normal  0 %',
      'dhcpserver2 Normal  100 %',
      'dhcpserver2 PartnerDown  100 %',
      'dhcpserver Normal  50 %',
      'dhcpserver2 Normal  50 %',
    ]);
  });
});

describe('the examples of the CIM client, on the emulated lab', () => {
  it('watch-pair.mjs tells of each change, from both ends', async () => {
    const { code, stdout, stderr } = await runExample('watch-pair.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const seen = [...stdout.matchAll(/ {2}(\S+)\.contoso\.com {2}SFO-SIN: (.*)$/gm)].map(
      ([, server, change]) => `${server} ${change}`,
    );
    for (const server of ['dhcpserver', 'dhcpserver2']) {
      expect(seen.filter((line) => line.startsWith(`${server} `))).toEqual([
        `${server} Normal → CommunicationInterrupted`,
        `${server} CommunicationInterrupted → Normal`,
      ]);
    }
  });

  it('network-cut.mjs loses and doubles nothing', async () => {
    const { code, stdout, stderr } = await runExample('network-cut.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const scopes = ['10.1.1.0', '10.1.2.0', '10.1.3.0', '10.1.4.0'];
    expect([...stdout.matchAll(/^(\S+) is replicated$/gm)].map(([, scope]) => scope)).toEqual(scopes);
    const onServer = [...stdout.matchAll(/replicated (\S+), its scope number (\d)\)$/gm)];
    expect(onServer.map(([, scope, number]) => [scope, number])).toEqual(
      scopes.map((scope, at) => [scope, `${at + 1}`]),
    );
    expect(stdout.match(/a connection opened/g)?.length).toBeGreaterThan(1);
  });

  it('inventory.mjs counts the classes and instances of each server', async () => {
    const { code, stdout, stderr } = await runExample('inventory.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, ofSecond = ''] = stdout.split(/^dhcpserver2\.contoso\.com: /m);
    const listed = new Set([...ofSecond.matchAll(/^(\w+) +\d+ +\d+/gm)].map(([, className]) => className));
    expect(ofSecond).toMatch(new RegExp(`^${listed.size} classes in root/Microsoft/Windows/DHCP$`, 'm'));
    expect(dhcpClasses.filter(({ className }) => !listed.has(className))).toEqual([]);
    expect([...stdout.matchAll(/^DhcpServerv4Scope +15 +0 +(\d+)$/gm)].map(([, count]) => count)).toEqual(['2', '0']);
    expect(stdout).toMatch(/^PS_DhcpServerv4Failover +0 +6 +NotSupported$/m);
  });
});

describe('the example of telemetry, without OpenTelemetry', () => {
  it('prints a span for each cmdlet on each computer, those of its messages below it, and the states of the sessions', async () => {
    const { code, stdout, stderr } = await runExample('telemetry.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const server of ['dhcpserver', 'dhcpserver2']) {
      expect(stdout).toMatch(
        new RegExp(`^ {2}Get on ${server}\\.contoso\\.com: \\d+ ms$[^]*^Get-DhcpServerv4Scope on ${server}\\.`, 'm'),
      );
      expect(stdout.match(new RegExp(`^${server}\\.contoso\\.com is .*$`, 'gm'))).toEqual([
        `${server}.contoso.com is connected`,
        `${server}.contoso.com is closed`,
      ]);
    }
    expect(stdout).toMatch(/^ {2}GetByName on dhcpserver\.contoso\.com: \d+ ms, failed: ERR_WSMAN_FAULT$/m);
    expect(stdout).toMatch(/^Get-DhcpServerv4Failover on dhcpserver\.contoso\.com: \d+ ms, failed: ERR_CIM$/m);
  });
});

describe('the example for node-soap', () => {
  it('adds, shows both sides, tells a fault and removes', async () => {
    const { code, stdout, stderr } = await runExample('node-soap.mjs');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('dhcpserver.contoso.com (PrimaryServer): Normal, 70 % of the clients');
    expect(stdout).toContain('dhcpserver2.contoso.com (SecondaryServer): Normal, 30 % of the clients');
    expect(stdout.match(/scopes 10\.10\.10\.0, 10\.20\.20\.0; lead time P0DT2H0M0S/g)).toHaveLength(2);
    expect(stdout).toContain('DHCP 20115: Failed to get failover relationship SFO-NYC-Failover');
  });
});

describe('the examples, on servers of the user’s', () => {
  it('go where CIMLET_SERVERS says, and report what fails as PowerShell does', async () => {
    // No WinRM listens on loopback: the connection is refused, which nothing but a real connection can find out.
    const password = 'nobody-9b1d';
    const { code, stdout, stderr } = await runExample('create-failover.mjs', {
      CIMLET_SERVERS: '127.0.0.1, 127.0.0.2',
      CIMLET_USER: 'CONTOSO\\nobody',
      CIMLET_PASSWORD: password,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Get-DhcpServerv4Scope : .*127\.0\.0\.1:5985/);
    expect(stderr).toContain('FullyQualifiedErrorId : CimJob_BrokenCimSession,Get-DhcpServerv4Scope');
    expect(stderr).not.toContain(password);
  });
});

it('every example is in the index', () => {
  const index = readFileSync(join(ROOT, 'examples/README.md'), 'utf8');
  const files = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.mjs'));
  expect(files.length).toBeGreaterThan(4);
  for (const name of files) expect(index).toContain(`[\`${name}\`](${name})`);
});
