import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCommandLine } from '../../../lib/cli/language/command-line-parser.js';
import { parseCommandWords } from '../../../lib/cli/language/command-words.js';
import { bindArguments } from '../../../lib/cli/pipeline/bind-arguments.js';
import { findCmdlet } from '../../../lib/cli/pipeline/find-cmdlet.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { cmdletDefinitions } from '../../../lib/dhcp-server/index.js';
import { HELP_EXAMPLES } from '../help-examples.js';

function bound(line: string | readonly string[]) {
  const { pipelines } = typeof line === 'string' ? parseCommandLine(line) : parseCommandWords(line);
  const stage = pipelines[0]?.stages[0];
  if (!stage) throw new Error('no stage');
  return bindArguments(findCmdlet(cmdletDefinitions, stage.name), stage);
}

describe('bindArguments', () => {
  it('binds each help example to the parameters it names', () => {
    for (const { line, elements } of HELP_EXAMPLES) {
      const names = elements.flatMap((element) => (element.kind === 'parameter' ? [element.name] : []));
      expect(Object.keys(bound(line))).toEqual(names);
    }
  });

  // dhcp-cmdlets: Name 1, ScopeId 2, PartnerServer 3.
  it('binds by position, whatever is named between', () => {
    expect(bound('Add-DhcpServerv4Failover rel -ReservePercent 5 10.1.0.0,10.2.0.0 -Force partner')).toEqual({
      Name: 'rel',
      ReservePercent: '5',
      ScopeId: ['10.1.0.0', '10.2.0.0'],
      Force: true,
      PartnerServer: 'partner',
    });
    expect(bound('Add-DhcpServerv4Failover -ScopeId 10.1.0.0 rel partner')).toEqual({
      ScopeId: '10.1.0.0',
      Name: 'rel',
      PartnerServer: 'partner',
    });
  });

  it('takes aliases, beginnings of names, and attached values', () => {
    expect(bound('Set-DhcpServerv4Failover rel -cn a -load 5 -sh $null -wi -force:$false -auto:$true')).toEqual({
      Name: 'rel',
      ComputerName: 'a',
      LoadBalancePercent: '5',
      SharedSecret: null,
      WhatIf: true,
      Force: false,
      AutoStateTransition: true,
    });
    expect(bound('Get-DhcpServerv4Failover -Session a,b')).toEqual({ CimSession: ['a', 'b'] });
  });

  it('takes a word with commas for what the parameter is', () => {
    expect(
      bound(['Add-DhcpServerv4Failover', '-Name', 'a,b', '-SharedSecret', 'x,y', '-ScopeId', '1.0.0.0, 2.0.0.0']),
    ).toEqual({
      Name: 'a,b',
      SharedSecret: 'x,y',
      ScopeId: ['1.0.0.0', '2.0.0.0'],
    });
    expect(bound('Add-DhcpServerv4Failover -Name a,b')).toEqual({ Name: ['a', 'b'] });
  });

  it.each([
    ['Set-DhcpServerv4Failover rel -AutoStateTransition -Force', 'MissingArgument'],
    ['Set-DhcpServerv4Failover rel -S x', 'AmbiguousParameter'],
    ['Set-DhcpServerv4Failover rel other', 'PositionalParameterNotFound'],
    ['Set-DhcpServerv4Failover rel -Name rel', 'PositionalParameterNotFound'],
    ['Set-DhcpServerv4Failover -Name a -na b', 'ParameterAlreadyBound'],
    ['Set-DhcpServerv4Failover -Nmae a', 'NamedParameterNotFound'],
  ])('%s: %s', (line, errorId) => {
    expect(() => bound(line)).toThrow(ParameterBindingError);
    expect(() => bound(line)).toThrow(expect.objectContaining({ errorId }));
  });

  it('binds the same whatever the order of the named parameters', () => {
    const named = [
      ['-Name', 'rel'],
      ['-ScopeId', '10.1.0.0'],
      ['-PartnerServer', 'partner'],
      ['-Force'],
      ['-LoadBalancePercent', '70'],
      ['-MaxClientLeadTime', '2:00:00'],
    ];
    const expected = bound(['Add-DhcpServerv4Failover', ...named.flat()]);
    fc.assert(
      fc.property(fc.shuffledSubarray(named, { minLength: named.length }), (order) => {
        expect(bound(['Add-DhcpServerv4Failover', ...order.flat()])).toEqual(expected);
      }),
    );
  });
});
