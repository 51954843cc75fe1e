import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import {
  addDhcpServerv4Failover,
  type DhcpServerv4FailoverInstance,
  getDhcpServerv4Failover,
  invokeDhcpServerv4FailoverReplication,
  setDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { removeFailover, setFailover } from './definitions.js';
import { rejectionOf } from './thrown-by.js';

const A = 'dhcpserver.contoso.com';
const B = 'dhcpserver2.contoso.com';
const ADD = { Name: 'SFO-SIN-Failover', PartnerServer: B, ScopeId: ['10.10.10.0', '10.20.20.0'] };

function start() {
  const lab = createLab();
  const sessionOptions = {
    transport: ({ computerName }: { readonly computerName: string }) => lab.transport(computerName),
  };
  return { lab, sessionOptions, session: (name: string) => newCimSession(name, sessionOptions) };
}

describe('against the emulated pair, through sessions and envelopes', () => {
  it('the design’s example: add, change, look from both sides', async () => {
    const { sessionOptions, session } = start();
    await using a = await session(A);
    const [failover] = await addDhcpServerv4Failover({
      CimSession: a,
      ...ADD,
      LoadBalancePercent: 70,
      MaxClientLeadTime: '2:00:00',
      PassThru: true,
    });
    expect(failover).toMatchObject({ Mode: 'LoadBalance', LoadBalancePercent: 70, PSComputerName: A });
    if (failover === undefined) throw new Error('no output');
    await setDhcpServerv4Failover({ CimSession: a, LoadBalancePercent: 60 }, { input: failover });
    const both = await getDhcpServerv4Failover({ CimSession: [A, B] }, { sessionOptions });
    expect(
      both.map((item) => [item.PSComputerName, item.LoadBalancePercent, String(item.MaxClientLeadTime)]).sort(),
    ).toEqual([
      [A, 60, '02:00:00'],
      [B, 40, '02:00:00'],
    ]);
  });

  it('the pipeline: what Get gives is Set’s and Remove’s input, on the server it came from', async () => {
    const { sessionOptions } = start();
    await addDhcpServerv4Failover({ ComputerName: A, ...ADD }, { sessionOptions });
    const get = () => getDhcpServerv4Failover({ ComputerName: A }, { sessionOptions });
    const changes = { LoadBalancePercent: 55, PassThru: true };
    const changed = await invokeCmdlet<DhcpServerv4FailoverInstance>(setFailover, changes, {
      input: get(),
      sessionOptions,
    });
    expect(changed.map((item) => item.LoadBalancePercent)).toEqual([55]);
    await invokeCmdlet(removeFailover, { Force: true }, { input: get(), sessionOptions });
    expect(await get()).toEqual([]);
  });

  it('a secret travels, and shows nowhere', async () => {
    const { sessionOptions } = start();
    const SECRET = 'sEcReT-7f3a';
    const asked: unknown[] = [];
    const spoken: unknown[] = [];
    const listen = (message: unknown) => spoken.push(message);
    const host = {
      confirm: (prompt: unknown) => {
        asked.push(prompt);
        return 'yes' as const;
      },
    };
    const parameters = { ComputerName: A, ...ADD, SharedSecret: SECRET, Verbose: true, Debug: true };
    const options = { sessionOptions, host, onVerbose: listen, onDebug: listen, onProgress: listen };
    await addDhcpServerv4Failover(parameters, options);
    const [failover] = await getDhcpServerv4Failover({ ComputerName: B }, { sessionOptions });
    expect(failover?.EnableAuth).toBe(true);
    const again = await rejectionOf(addDhcpServerv4Failover(parameters, options));
    expect(asked).toHaveLength(2);
    expect(inspect([asked, spoken, again, failover], { depth: 12, showHidden: true })).not.toContain(SECRET);
    expect(JSON.stringify([asked, spoken, (again as CmdletError).errors, failover])).not.toContain(SECRET);
  });

  it('errors are the server’s', async () => {
    const { sessionOptions } = start();
    const error = (await rejectionOf(
      getDhcpServerv4Failover({ ComputerName: A, Name: 'nothing' }, { sessionOptions }),
    )) as CmdletError;
    expect(error.errors[0]).toMatchObject({
      fullyQualifiedErrorId: 'DHCP 20115,Get-DhcpServerv4Failover',
      categoryInfo: { category: 'ObjectNotFound', reason: 'CimException' },
      PSComputerName: A,
    });
  });

  it('one dead target of three: the others’ results arrive', async () => {
    const { sessionOptions } = start();
    await addDhcpServerv4Failover({ ComputerName: A, ...ADD }, { sessionOptions });
    const error = (await rejectionOf(
      getDhcpServerv4Failover({ CimSession: [A, 'nowhere.contoso.com', B] }, { sessionOptions }),
    )) as CmdletError;
    expect(error.output).toHaveLength(2);
    expect(error.errors.map((record) => record.PSComputerName)).toEqual(['nowhere.contoso.com']);
  });

  it('WhatIf and a refusal change nothing; a job runs', async () => {
    const { sessionOptions } = start();
    await addDhcpServerv4Failover({ ComputerName: A, ...ADD, WhatIf: true }, { sessionOptions });
    await rejectionOf(addDhcpServerv4Failover({ ComputerName: A, ...ADD, SharedSecret: 'x' }, { sessionOptions }));
    expect(await getDhcpServerv4Failover({ CimSession: [A, B] }, { sessionOptions })).toEqual([]);
    const job = addDhcpServerv4Failover({ ComputerName: A, ...ADD, PassThru: true, AsJob: true }, { sessionOptions });
    expect(await job.wait()).toBe('Completed');
    expect(job.receive()[0]).toMatchObject({ Name: 'SFO-SIN-Failover' });
    const replication = invokeDhcpServerv4FailoverReplication({ CimSession: A, Force: true }, { sessionOptions });
    expect((await replication).sort()).toEqual(['10.10.10.0', '10.20.20.0']);
  });
});
