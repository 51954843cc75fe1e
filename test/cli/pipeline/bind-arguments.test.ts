import { describe, expect, it } from '@jest/globals';
import { parseCommandWords } from '../../../lib/cli/language/command-words.js';
import { parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { argumentValues } from '../../../lib/cli/pipeline/argument-values.js';
import { bindArguments } from '../../../lib/cli/pipeline/bind-arguments.js';
import { findCmdlet } from '../../../lib/cli/pipeline/find-cmdlet.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { cmdletDefinitions } from '../../../lib/dhcp-server/index.js';
import fc from '../../fast-check.js';
import { HELP_EXAMPLES } from '../help-examples.js';

async function bound(line: string | readonly string[]) {
  const { statements } = typeof line === 'string' ? parseCommandLine(line) : parseCommandWords(line);
  const command = statements[0]?.pipeline.commands[0];
  if (!command) throw new Error('no command');
  const definition = findCmdlet(cmdletDefinitions, command.name);
  const named = bindArguments(definition, command);
  const nothing = {
    variable: () => undefined,
    run: () => {
      throw new Error('nothing runs');
    },
  };
  return await argumentValues(named, nothing);
}

describe('bindArguments', () => {
  it('binds each help example to the parameters it names', async () => {
    for (const { line, elements } of HELP_EXAMPLES) {
      const names = elements.flatMap((element) => ('parameter' in element ? [element.parameter] : []));
      expect(Object.keys(await bound(line))).toEqual(names);
    }
  });

  // dhcp-cmdlets: Name 1, ScopeId 2, PartnerServer 3.
  it('binds by position, whatever is named between', async () => {
    expect(await bound('Add-DhcpServerv4Failover rel -ReservePercent 5 10.1.0.0,10.2.0.0 -Force partner')).toEqual({
      Name: 'rel',
      ReservePercent: 5,
      ScopeId: ['10.1.0.0', '10.2.0.0'],
      Force: true,
      PartnerServer: 'partner',
    });
    expect(await bound('Add-DhcpServerv4Failover -ScopeId 10.1.0.0 rel partner')).toEqual({
      ScopeId: '10.1.0.0',
      Name: 'rel',
      PartnerServer: 'partner',
    });
  });

  it('takes $null where the type has it', async () => {
    expect(await bound('Set-DhcpServerv4Scope 10.10.10.0 -ActivatePolicies $null')).toEqual({
      ScopeId: '10.10.10.0',
      ActivatePolicies: null,
    });
  });

  it('takes aliases, beginnings of names, and attached values', async () => {
    expect(await bound('Set-DhcpServerv4Failover rel -cn a -load 5 -sh $null -wi -force:$false -auto:$true')).toEqual({
      Name: 'rel',
      ComputerName: 'a',
      LoadBalancePercent: 5,
      // [string]$null is an empty text.
      SharedSecret: '',
      WhatIf: true,
      Force: false,
      AutoStateTransition: true,
    });
    expect(await bound('Get-DhcpServerv4Failover -Session a,b')).toEqual({ CimSession: ['a', 'b'] });
  });

  it('takes a word with commas for what the parameter is', async () => {
    expect(
      await bound(['Add-DhcpServerv4Failover', '-Name', 'a,b', '-SharedSecret', 'x,y', '-ScopeId', '1.0.0.0, 2.0.0.0']),
    ).toEqual({
      Name: 'a,b',
      SharedSecret: 'x,y',
      ScopeId: ['1.0.0.0', '2.0.0.0'],
    });
    expect(await bound('Add-DhcpServerv4Failover -Name a,b')).toEqual({ Name: ['a', 'b'] });
  });

  it.each([
    ['Set-DhcpServerv4Failover rel -AutoStateTransition -Force', 'MissingArgument'],
    ['Set-DhcpServerv4Failover rel -S x', 'AmbiguousParameter'],
    ['Set-DhcpServerv4Failover rel other', 'PositionalParameterNotFound'],
    ['Set-DhcpServerv4Failover rel -Name rel', 'PositionalParameterNotFound'],
    ['Set-DhcpServerv4Failover -Name a -na b', 'ParameterAlreadyBound'],
    ['Set-DhcpServerv4Failover -Nmae a', 'NamedParameterNotFound'],
  ])('%s: %s', async (line, errorId) => {
    const failure = await bound(line).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ParameterBindingError);
    expect(failure).toMatchObject({ errorId });
  });

  it('binds the same whatever the order of the named parameters', async () => {
    const named = [
      ['-Name', 'rel'],
      ['-ScopeId', '10.1.0.0'],
      ['-PartnerServer', 'partner'],
      ['-Force'],
      ['-LoadBalancePercent', '70'],
      ['-MaxClientLeadTime', '2:00:00'],
    ];
    const expected = await bound(['Add-DhcpServerv4Failover', ...named.flat()]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(named, { minLength: named.length }), async (order) => {
        expect(await bound(['Add-DhcpServerv4Failover', ...order.flat()])).toEqual(expected);
      }),
    );
  });
});
