import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { bindCall, nameParameters } from '../../../lib/cmdlet/bind/binding.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { boundCall } from '../../../lib/cmdlet/run/operation-of.js';
import type { CmdletDefinition } from '../../../lib/schema/definition/cmdlet-definition.js';
import { propertiesOf } from '../../support/values-of.js';
import {
  addFailover,
  cmdlet,
  getFailover,
  parameter,
  removeFailover,
  setFailover,
  testCmdlet,
} from '../definitions.js';
import { thrownBy } from '../thrown-by.js';

const [failoverClass] = getFailover.outputClasses;
const [scopeClass] = cmdlet('Get-DhcpServerv4Scope').outputClasses;
if (failoverClass === undefined || scopeClass === undefined) throw new Error('no class');

const failover = CimInstance.create(failoverClass, {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  Mode: 'LoadBalance',
  ServerRole: null,
  LoadBalancePercent: 50,
  ReservePercent: null,
  ScopeId: ['10.10.10.0'],
  MaxClientLeadTime: TimeSpan.from('1:00:00'),
  AutoStateTransition: false,
  StateSwitchInterval: null,
  State: 'Normal',
  EnableAuth: true,
  ServerType: 'PrimaryServer',
});
const scope = CimInstance.create(scopeClass, {
  ScopeId: '10.10.10.0',
  Name: 'Office',
  State: 'Active',
  LeaseDuration: TimeSpan.from('8.00:00:00'),
});

function bind(definition: CmdletDefinition, parameters: Record<string, unknown>, input?: unknown) {
  const call = boundCall(definition, bindCall(definition, nameParameters(definition, parameters), input));
  const of = (fromInstance: boolean) =>
    Object.fromEntries(
      [...call.parameters]
        .filter(([, bound]) => bound.fromInstance === fromInstance)
        .map(([name, { value }]) => [name, value]),
    );
  return { ...call, given: of(false), piped: of(true) };
}

const errorOf = (definition: CmdletDefinition, parameters: Record<string, unknown>, input?: unknown) => {
  const error = thrownBy(() => bind(definition, parameters, input));
  expect(error).toBeInstanceOf(ParameterBindingError);
  return error as ParameterBindingError;
};

const BY_PROPERTY_NAME = {
  Name: 'SFO-SIN-Failover',
  Mode: 'LoadBalance',
  AutoStateTransition: false,
  MaxClientLeadTime: propertiesOf(failover)['MaxClientLeadTime'],
};

describe('an instance among the parameters', () => {
  const received = CimInstance.create(failover.cimClass, propertiesOf(failover), {
    computerName: 'dhcpserver.contoso.com',
  });

  it.each([
    ['spread', { ...propertiesOf(received), LoadBalancePercent: 60 }],
    ['by way of JSON', { ...JSON.parse(JSON.stringify(received)), LoadBalancePercent: 60 }],
    ['cloned', structuredClone({ ...propertiesOf(received), MaxClientLeadTime: null })],
    ['with its computer in other letters', { Name: 'a', pscomputername: 'x' }],
  ])('is refused, with the line to write instead: %s', (_, parameters) => {
    const error = errorOf(setFailover, parameters);
    expect(error).toMatchObject({
      errorId: 'NamedParameterNotFound',
      message:
        'Set-DhcpServerv4Failover has no parameter named "PSComputerName": an instance was spread into the parameters.',
      hint: 'Give the instance, or its copy, as the option input, and only what is to change as parameters: setDhcpServerv4Failover({ … }, { input: instance }).',
    });
  });

  it('leaves no property that is not a parameter without effect', () => {
    const error = errorOf(setFailover, { Name: 'a', LoadBalancePercent: 60, ServerRole: 'Standby' });
    expect(error.errorId).toBe('NamedParameterNotFound');
    expect(error.message).toContain('"ServerRole"');
    expect(errorOf(setFailover, { Name: 'a', LoadBalancePercent: 60, State: 'Normal' }).errorId).toBe(
      'NamedParameterNotFound',
    );
  });
});

describe('piped objects', () => {
  it('bind only what is flagged for it', () => {
    const call = bind(setFailover, { LoadBalancePercent: 60 }, failover);
    expect(call.piped).toEqual(BY_PROPERTY_NAME);
    expect(bind(removeFailover, {}, failover).piped).toEqual({ Name: ['SFO-SIN-Failover'] });
  });

  it('bind plain objects too, without case', () => {
    expect(bind(removeFailover, {}, { NAME: 'a' }).piped).toEqual({ Name: ['a'] });
  });

  it('fill the default set first', () => {
    expect(bind(getFailover, {}, scope)).toMatchObject({ parameterSet: 'Name', piped: { Name: ['Office'] } });
    expect(bind(getFailover, {}, { ScopeId: '10.10.10.0' })).toMatchObject({
      parameterSet: 'ScopeId',
      piped: { ScopeId: ['10.10.10.0'] },
    });
  });

  it('give way to what the caller gives', () => {
    const call = bind(setFailover, { Name: 'mine', LoadBalancePercent: 60 }, failover);
    expect(call.given).toMatchObject({ Name: 'mine', LoadBalancePercent: 60 });
    expect(call.piped).not.toHaveProperty('Name');
  });

  it('are refused where everything that could come from them was given, so that a leftover name removes nothing', () => {
    expect(errorOf(removeFailover, { Name: 'mine' }, failover).fullyQualifiedErrorId).toBe(
      'InputObjectNotBound,Remove-DhcpServerv4Failover',
    );
  });

  it('leave conflicts to the caller’s parameter: -PartnerDown goes alone', () => {
    const call = bind(setFailover, { PartnerDown: true }, failover);
    expect(call.given).toEqual({ PartnerDown: true });
    expect(call.piped).toEqual({ Name: 'SFO-SIN-Failover' });
  });

  it('leave conflicts to the caller’s parameter: an interval turns the transition on', () => {
    const call = bind(setFailover, { StateSwitchInterval: '2:00:00' }, failover);
    expect(call.piped).not.toHaveProperty('AutoStateTransition');
  });

  it.each([[{ Colour: 'red' }], ['text'], [42], [null]])('of the wrong kind are refused: %p', (input) => {
    const error = errorOf(removeFailover, {}, input);
    expect(error.fullyQualifiedErrorId).toBe('InputObjectNotBound,Remove-DhcpServerv4Failover');
    expect(error.hint).toContain('Name');
  });

  // Recorded from PowerShell: without its null such a call would be about all superscopes, all leases of a scope, …
  it('with a null that PowerShell refuses are refused', () => {
    const getSuperscope = cmdlet('Get-DhcpServerv4Superscope');
    const withoutName = CimInstance.create(scope.cimClass, { ScopeId: '10.10.10.0', SuperscopeName: null });
    const error = errorOf(getSuperscope, {}, withoutName);
    expect(error.errorId).toBe('ParameterArgumentValidationError');
    expect(error.message).toContain('SuperscopeName');
    expect(errorOf(cmdlet('Remove-DhcpServerv4Lease'), {}, { ScopeId: '10.10.10.0', ClientId: null }).errorId).toBe(
      'ParameterArgumentValidationError',
    );
  });

  it('tell the state of a switch that is a property of what the cmdlet makes, and no other switch', () => {
    const [definitionClass] = cmdlet('Get-DhcpServerv4OptionDefinition').outputClasses;
    if (definitionClass === undefined) throw new Error('no class');
    const given = { Name: 'x', OptionId: 200, Type: 'Byte', MultiValued: true, Force: true, PassThru: true };
    const option = CimInstance.create(definitionClass, given);
    expect(bind(cmdlet('Add-DhcpServerv4OptionDefinition'), {}, option).piped).toEqual({
      Name: 'x',
      OptionId: 200,
      Type: 'Byte',
      MultiValued: true,
    });
  });

  it('without what is mandatory are refused', () => {
    const error = errorOf(addFailover, {}, scope);
    expect(error.fullyQualifiedErrorId).toBe('InputObjectMissingMandatory,Add-DhcpServerv4Failover');
    expect(error.parameterNames).toEqual(['PartnerServer']);
    expect(error.message).toContain('DhcpServerv4Scope');
  });
});

describe('rules', () => {
  it.each<[Record<string, unknown>, readonly string[]]>([
    [{ PartnerDown: true, LoadBalancePercent: 1 }, ['PartnerDown', 'LoadBalancePercent']],
    [{ LoadBalancePercent: 1, ReservePercent: 1 }, ['LoadBalancePercent', 'ReservePercent']],
    [{ Mode: 'hotstandby', LoadBalancePercent: 1 }, ['Mode', 'LoadBalancePercent']],
    [{ Mode: 'LoadBalance', ReservePercent: 1 }, ['Mode', 'ReservePercent']],
    [{ AutoStateTransition: false, StateSwitchInterval: '1:00:00' }, ['AutoStateTransition', 'StateSwitchInterval']],
    [{ PartnerDown: true, SharedSecret: null }, ['PartnerDown', 'SharedSecret']],
  ])('refuse %j', (parameters, names) => {
    const error = errorOf(setFailover, { Name: 'a', ...parameters });
    expect(error.errorId).toBe('ParameterArgumentValidationError');
    expect(error.parameterNames).toEqual(names);
  });

  it('leave what the instance brought where the parameter that excludes it goes itself, in whatever order they stand', () => {
    const fromPipeline = { valueFromPipelineByPropertyName: true };
    for (const excludes of [
      ['B', 'C'],
      ['C', 'B'],
    ]) {
      const definition = testCmdlet(
        [parameter('A', 'String', fromPipeline), parameter('B', 'String'), parameter('C', 'String', fromPipeline)],
        { rules: [{ kind: 'excludes', parameter: 'A', excludes }] },
      );
      const call = boundCall(
        definition,
        bindCall(definition, nameParameters(definition, { B: 'mine' }), { A: 'a', C: 'c' }),
      );
      expect([...call.parameters.keys()].sort()).toEqual(['B', 'C']);
    }
  });

  it.each([
    ['Byte', { enumeration: { flags: false, values: { Red: 1, Blue: 2 } } }, 'Red', ['red', 1], ['Blue', 2]],
    ['UInt32', {}, '5', [5, '5', '0x5'], [6, 50]],
  ] as const)('know a value of type %s by its name or its digits', (type, more, value, hits, misses) => {
    const definition = testCmdlet([parameter('Colour', type, more), parameter('Fade', 'String')], {
      rules: [{ kind: 'excludesWhen', parameter: 'Colour', value, excludes: ['Fade'] }],
    });
    for (const Colour of hits) {
      expect(errorOf(definition, { Colour, Fade: 'x' }).parameterNames).toEqual(['Colour', 'Fade']);
    }
    for (const Colour of misses) expect(bind(definition, { Colour, Fade: 'x' }).given).toMatchObject({ Fade: 'x' });
  });

  it('refuse a call that changes nothing; a switch that is off does not count', () => {
    expect(errorOf(setFailover, { Name: 'a' }).message).toContain('nothing to do');
    expect(errorOf(setFailover, { Name: 'a', PartnerDown: false }).message).toContain('nothing to do');
    expect(bind(setFailover, { Name: 'a', SharedSecret: null }).given).toHaveProperty('SharedSecret');
  });

  it('let a switch that is off exclude nothing', () => {
    expect(bind(setFailover, { Name: 'a', PartnerDown: false, LoadBalancePercent: 1 }).given).toMatchObject({
      LoadBalancePercent: 1,
    });
  });

  it('let the transition be on with its interval', () => {
    expect(
      bind(setFailover, { Name: 'a', AutoStateTransition: true, StateSwitchInterval: '1:00:00' }).given,
    ).toMatchObject({
      AutoStateTransition: true,
    });
  });
});
