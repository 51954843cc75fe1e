// 500 targets of which a quarter fail in five ways: nothing is lost, and everything that is said about it agrees.
import { describe, expect, it } from '@jest/globals';
import type { ErrorRecord } from '../../lib/cmdlet/contract/error-record.js';
import type { ProgressEvent } from '../../lib/cmdlet/contract/streams.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { getDhcpServerv4Scope } from '../../lib/dhcp-server/index.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { fleetDescription } from '../../lib/emulator/lab/lab-description.js';
import { runCommand } from '../cli/command-harness.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { labSessions } from './lab-sessions.js';

const COUNT = 500;
const name = (index: number): string => `dhcp${String(index + 1).padStart(4, '0')}.contoso.com`;
const NAMES = Array.from({ length: COUNT }, (_, index) => name(index));
const fails = (index: number): boolean => index % 4 === 0;
/** 25 servers for each way to fail, and the error id that it is known by. */
const WAYS = [
  'CimJob_BrokenCimSession', // no power
  'WIN32 1753', // the DHCP service is stopped
  'CimJob_ERR_NOT_SOAP', // a proxy in between
  'DHCP 20005', // the scope is gone
  'CimJob_ERR_CONNECTION_LOST', // the connection is reset inside the reply
] as const;
const wayOf = (index: number) => WAYS[(index / 4) % WAYS.length] ?? WAYS[0];

function brokenFleet() {
  const fleet = fleetDescription(COUNT);
  const lab = createLab(
    {
      ...fleet,
      servers: (fleet.servers ?? []).map((server, index) => ({
        ...server,
        scopes: fails(index) && wayOf(index) === 'DHCP 20005' ? [] : [{ scopeId: '10.1.0.0', name: `Site ${index}` }],
      })),
    },
    { follow: null },
  );
  for (const [index, server] of NAMES.entries()) {
    if (!fails(index)) continue;
    const way = wayOf(index);
    if (way === 'CimJob_BrokenCimSession') lab.powerOff(server);
    if (way === 'WIN32 1753') lab.setService(server, 'stopped');
    if (way === 'CimJob_ERR_NOT_SOAP') lab.injectFault({ kind: 'page', status: 502, server });
    if (way === 'CimJob_ERR_CONNECTION_LOST')
      lab.injectFault({ kind: 'reset', afterBytes: 200, server, action: '/Get' });
  }
  return lab;
}

const failing = NAMES.filter((_, index) => fails(index));
const working = NAMES.filter((_, index) => !fails(index));
const idOf = ({ fullyQualifiedErrorId }: Pick<ErrorRecord, 'fullyQualifiedErrorId'>) =>
  fullyQualifiedErrorId.split(',')[0];

describe('500 targets of which 125 fail', () => {
  it('every failure has its record, every success its result; the rejected error, listeners and progress agree', async () => {
    const { sessionOptions } = labSessions(brokenFleet());
    const heard: ErrorRecord[] = [];
    const progress: ProgressEvent[] = [];
    const error = (await rejectionOf(
      getDhcpServerv4Scope(
        { CimSession: NAMES, ScopeId: '10.1.0.0' },
        { sessionOptions, onError: (record) => heard.push(record), onProgress: (event) => progress.push(event) },
      ),
    )) as CmdletError<{ readonly PSComputerName?: string }>;
    expect(error).toBeInstanceOf(CmdletError);
    expect(error.output.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(working);
    expect(error.errors.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(failing);
    expect(error.skipped).toEqual([]);
    for (const record of error.errors) expect(idOf(record)).toBe(wayOf(NAMES.indexOf(record.PSComputerName ?? '')));
    expect(new Set(heard)).toEqual(new Set(error.errors));
    expect(error.message).toContain('Get-DhcpServerv4Scope failed 125 times.');
    expect(error.message).toContain('… and 120 more.');
    expect(progress.at(-1)).toMatchObject({ total: COUNT, completed: COUNT, failed: 125 });
  });

  it.each(['Continue', 'SilentlyContinue'] as const)(
    'with ErrorAction %s the same is in the result',
    async (ErrorAction) => {
      const { sessionOptions } = labSessions(brokenFleet());
      const call = getDhcpServerv4Scope({ CimSession: NAMES, ScopeId: '10.1.0.0', ErrorAction }, { sessionOptions });
      const seen: (string | undefined)[] = [];
      for await (const { PSComputerName } of call) seen.push(PSComputerName);
      expect(seen.sort()).toEqual(working);
      expect(call.errors.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(failing);
    },
  );

  it('the command prints them all, as objects and as records, and ends with 1', async () => {
    const line = `Get-DhcpServerv4Scope -ScopeId 10.1.0.0 -CimSession ${NAMES.join(',')}`;
    // The logon that costs least; which one makes no difference here.
    const run = await runCommand(['--emulator', '--auth', 'Ntlm', '--json', line], { createLab: brokenFleet });
    const lines = (text: string) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { PSComputerName: string; fullyQualifiedErrorId: string });
    expect(run.code).toBe(1);
    expect(
      lines(run.stdout)
        .map(({ PSComputerName }) => PSComputerName)
        .sort(),
    ).toEqual(working);
    const records = lines(run.stderr);
    expect(records.map(({ PSComputerName }) => PSComputerName).sort()).toEqual(failing);
    for (const record of records) {
      const way = wayOf(NAMES.indexOf(record.PSComputerName));
      // Over sockets so many servers share a port, which answers for one without power as well: by hanging up.
      expect(idOf(record)).toBe(way === 'CimJob_BrokenCimSession' ? 'CimJob_ERR_CONNECTION_LOST' : way);
    }
  });

  it('the command ends its records with a line that counts them, as the others do', async () => {
    const line = `Get-DhcpServerv4Scope -ScopeId 10.1.0.0 -CimSession ${NAMES.join(',')}`;
    const run = await runCommand(['--emulator', '--auth', 'Ntlm', line], { createLab: brokenFleet });
    expect(run.code).toBe(1);
    const told = run.stderr.trimEnd().split('\n');
    expect(told.at(-1)).toBe(
      `Get-DhcpServerv4Scope: ${working.length} of ${NAMES.length} targets succeeded, ${failing.length} failed.`,
    );
    expect(told.filter((text) => text.includes('FullyQualifiedErrorId'))).toHaveLength(failing.length);
  });
});
