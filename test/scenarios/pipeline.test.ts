// Objects that do not fit, or whose counterpart has gone, between two cmdlets of a pipeline.
import { describe, expect, it } from '@jest/globals';
import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CmdletFunction } from '../../lib/cmdlet/cmdlet-function.js';
import type { EngineParameters } from '../../lib/cmdlet/contract/engine-parameters.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import {
  addDhcpServerv4Failover,
  cmdletDefinitions,
  type DhcpServerv4FailoverInstance,
  getDhcpServerVersion,
  getDhcpServerv4Failover,
  getDhcpServerv4Scope,
  removeDhcpServerv4Failover,
  setDhcpServerv4Failover,
} from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition } from '../../lib/schema/definition/cmdlet-definition.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { A, B, Pair, SCOPES } from '../emulator/pair.js';
import { labSessions, recordsOf } from './lab-sessions.js';

function definition(name: string): CmdletDefinition {
  const found = cmdletDefinitions.get(name.toLowerCase());
  if (found === undefined) throw new Error(`No cmdlet ${name}`);
  return found;
}

/** Two relationships with one scope each, and the way to the pair. */
async function twoRelationships() {
  const pair = new Pair();
  const names = ['one', 'two'] as const;
  for (const [index, Name] of names.entries()) await pair.add({ Name, ScopeId: [SCOPES[index] ?? ''] });
  return { pair, ...labSessions(pair.lab) };
}

describe('piping the wrong class', () => {
  it.each([
    ['a version', getDhcpServerVersion, 'Set-DhcpServerv4Failover', { LoadBalancePercent: 60 }, 'InputObjectNotBound'],
    ['a version', getDhcpServerVersion, 'Remove-DhcpServerv4Failover', {}, 'InputObjectNotBound'],
    ['a scope', getDhcpServerv4Scope, 'Add-DhcpServerv4Failover', {}, 'InputObjectMissingMandatory'],
  ] as const)('%s: a record for each object, and nothing sent', async (_, get, cmdlet, given, errorId) => {
    const { pair, sessionOptions, counter } = await twoRelationships();
    const read: CmdletFunction<EngineParameters, CimInstance, never> = get;
    const objects = await read({ CimSession: [A] }, { sessionOptions });
    const [before, sent] = [pair.snapshot(), counter.sent];
    const records = await recordsOf(invokeCmdlet(definition(cmdlet), given, { input: objects, sessionOptions }));
    expect(records).toHaveLength(objects.length);
    for (const record of records) {
      expect(record.fullyQualifiedErrorId).toBe(`${errorId},${cmdlet}`);
      expect(record.categoryInfo.category).toBe('InvalidArgument');
      expect(record.message).toContain(cmdlet);
    }
    expect(records[0]?.message).toMatch(/DhcpServerVersion|DhcpServerv4Scope/);
    expect(counter.sent).toBe(sent);
    expect(pair.snapshot()).toBe(before);
  });

  it('among the right ones: they are done, it is told', async () => {
    const { pair, sessionOptions } = await twoRelationships();
    const [one, two] = await getDhcpServerv4Failover({ ComputerName: A }, { sessionOptions });
    const error = (await rejectionOf(
      invokeCmdlet<DhcpServerv4FailoverInstance>(
        definition('Set-DhcpServerv4Failover'),
        { LoadBalancePercent: 60, PassThru: true },
        { input: [one, 42, { Colour: 'red' }, two], sessionOptions },
      ),
    )) as CmdletError<DhcpServerv4FailoverInstance>;
    expect(error).toBeInstanceOf(CmdletError);
    expect(error.output.map(({ Name, LoadBalancePercent }) => [Name, LoadBalancePercent]).sort()).toEqual([
      ['one', 60],
      ['two', 60],
    ]);
    expect(error.errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
      'InputObjectNotBound,Set-DhcpServerv4Failover',
      'InputObjectNotBound,Set-DhcpServerv4Failover',
    ]);
    expect((await pair.relationships(B)).map(({ LoadBalancePercent }) => LoadBalancePercent)).toEqual([40, 40]);
  });
});

describe('a relationship that vanishes between Get and Set', () => {
  it('is one record; the others are changed', async () => {
    const { sessionOptions } = await twoRelationships();
    const found = await getDhcpServerv4Failover({ ComputerName: A }, { sessionOptions });
    await removeDhcpServerv4Failover({ ComputerName: B, Name: 'one', Force: true }, { sessionOptions });
    const error = (await rejectionOf(
      invokeCmdlet<DhcpServerv4FailoverInstance>(
        definition('Set-DhcpServerv4Failover'),
        { LoadBalancePercent: 60, PassThru: true },
        { input: found, sessionOptions },
      ),
    )) as CmdletError<DhcpServerv4FailoverInstance>;
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]).toMatchObject({
      fullyQualifiedErrorId: 'DHCP 20115,Set-DhcpServerv4Failover',
      categoryInfo: { category: 'ObjectNotFound' },
      message: expect.stringMatching(/failover relationship one/),
      PSComputerName: A,
    });
    expect(error.output.map(({ Name }) => Name)).toEqual(['two']);
  });

  it('is not made anew by a change', async () => {
    const { pair, sessionOptions } = await twoRelationships();
    const [one] = await getDhcpServerv4Failover({ ComputerName: A, Name: 'one' }, { sessionOptions });
    if (one === undefined) throw new Error('no relationship');
    await removeDhcpServerv4Failover({ ComputerName: A, Name: 'one', Force: true }, { sessionOptions });
    const change = setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: one, sessionOptions });
    const records = await recordsOf(change);
    expect(records.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
      'DHCP 20115,Set-DhcpServerv4Failover',
    ]);
    expect((await pair.relationships(A)).map(({ Name }) => Name)).toEqual(['two']);
    // A copy of another name is made on purpose, by Add.
    const { PartnerServer = '', ScopeId } = one;
    const copy = { ComputerName: A, Name: 'three', PartnerServer, ScopeId: [...(ScopeId ?? [])] };
    await addDhcpServerv4Failover(copy, { sessionOptions });
    expect((await pair.relationships(B)).map(({ Name }) => Name).sort()).toEqual(['three', 'two']);
  });
});
