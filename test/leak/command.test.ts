// What the command prints, with everything switched on, holds no secret: not the password, and not the shared secret of its own line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { defaultLabDescription } from '../../lib/emulator/lab/lab-description.js';
import { type CommandRun, runCommand } from '../cli/command-harness.js';
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

function run(argv: readonly string[], password: string, answers?: readonly string[]): Promise<CommandRun> {
  const { http, https } = emulator.servers[0] ?? {};
  const connections = [`:5985:127.0.0.1:${http?.port}`, `:5986:127.0.0.1:${https?.port}`];
  return runCommand(
    [
      ...['--verbose', '--user', USER, '--password-env', 'CIMLET_PASSWORD'],
      ...connections.flatMap((connection) => ['--connect-to', connection]),
      ...argv,
    ],
    { env: { CIMLET_PASSWORD: password }, ...(answers && { answers }) },
  );
}

/** Runs the command and gives the secrets in what it prints. */
async function printed(argv: readonly string[], password: string, answers?: readonly string[]): Promise<string[]> {
  using witness = new Witness();
  witness.keepSecret('the password', PASSWORD);
  witness.keepSecret('the wrong password', WRONG_PASSWORD);
  witness.keepSecret('the shared secret', SHARED_SECRET);
  const { stdout, stderr } = await run(argv, password, answers);
  expect(stdout + stderr).not.toBe('');
  witness.see(stdout);
  witness.see(stderr);
  return witness.leaks;
}

const WAYS = [
  ['--use-ssl', '--ca', caFile, '--auth', 'Basic'],
  ['--auth', 'Ntlm'],
  ['--ca', caFile, '--auth', 'CredSsp'],
];

describe.each(WAYS.map((options) => [options.at(-1), options] as const))('cimlet --auth %s', (_name, options) => {
  it.each([
    ['the right password', PASSWORD],
    ['a wrong password', WRONG_PASSWORD],
  ])('prints no secret with %s', async (_password, password) => {
    // That the lines come as far as the server, and no further than the password lets them.
    const get = await run([...options, 'Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com'], password);
    expect([get.code, get.stderr]).toEqual(
      password === PASSWORD
        ? [0, expect.stringContaining('Connected')]
        : [1, expect.stringContaining('BrokenCimSession')],
    );
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
