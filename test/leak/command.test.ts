// What the command prints, with everything switched on, holds no secret: not the password, and not the shared secret of its own line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab-description.js';
import { runCommand } from '../cli/command-harness.js';
import { Witness } from './witness.js';

const USER = 'CONTOSO\\dhcpadmin';
const PASSWORD = 'Zebra-Pässw0rd&7';
const WRONG_PASSWORD = 'Wr0ng-Giraffe&9';
const SHARED_SECRET = 'sEcReT-Okapi<3>';
const ADD = `Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name leak -PartnerServer dhcpserver2.contoso.com -ScopeId 10.10.10.0 -SharedSecret '${SHARED_SECRET}'`;

const folder = mkdtempSync(join(tmpdir(), 'cimlet-leak-'));
const caFile = join(folder, 'ca.pem');
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    lab: { ...defaultLabDescription, users: [{ userName: USER, password: PASSWORD }] },
  });
  writeFileSync(caFile, emulator.ca);
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

async function printed(argv: readonly string[], password: string, answers?: readonly string[]): Promise<string[]> {
  const { http, https } = emulator.servers[0] ?? {};
  using witness = new Witness();
  witness.keepSecret('the password', PASSWORD);
  witness.keepSecret('the wrong password', WRONG_PASSWORD);
  witness.keepSecret('the shared secret', SHARED_SECRET);
  const run = await runCommand(
    [
      ...['--verbose', '--user', USER, '--password-env', 'CIMLET_PASSWORD', '--ca', caFile],
      ...['--connect-to', `:5985:127.0.0.1:${http?.port}`, '--connect-to', `:5986:127.0.0.1:${https?.port}`],
      ...argv,
    ],
    { env: { CIMLET_PASSWORD: password }, ...(answers && { answers }) },
  );
  expect(run.stdout + run.stderr).not.toBe('');
  witness.see(run.stdout);
  witness.see(run.stderr);
  return witness.leaks;
}

const WAYS = [
  ['--use-ssl', '--auth', 'Basic'],
  ['--auth', 'Ntlm'],
  ['--auth', 'CredSsp'],
];

describe.each(WAYS.map((options) => [options.join(' '), options] as const))('cimlet %s', (_name, options) => {
  it.each([
    ['the right password', PASSWORD],
    ['a wrong password', WRONG_PASSWORD],
  ])('prints no secret with %s', async (_password, password) => {
    expect(await printed([...options, '--json', `${ADD} -Force -Verbose -Debug -PassThru`], password)).toEqual([]);
    expect(await printed([...options, `${ADD} -Force`], password)).toEqual([]);
    expect(await printed([...options, `${ADD} -WhatIf`], password)).toEqual([]);
    expect(await printed([...options, ADD], password, ['n'])).toEqual([]);
    expect(await printed([...options, `${ADD} -ReservePercent 5 -LoadBalancePercent 5`], password)).toEqual([]);
    expect(await printed([...options, `${ADD} -NoSuchParameter 5`], password)).toEqual([]);
    expect(await printed([...options, `${ADD} '`], password)).toEqual([]);
    expect(await printed([...options, 'test', 'dhcpserver.contoso.com'], password)).toEqual([]);
    expect(
      await printed([...options, 'Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com'], password),
    ).toEqual([]);
  });
});
