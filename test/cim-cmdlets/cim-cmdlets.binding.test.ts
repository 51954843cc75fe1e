// Parameter sets as PowerShell's CimCmdlets have them (about_Parameter_Sets; the attributes of its command classes).
import { describe, expect, it } from '@jest/globals';
import { cimCmdletDefinitions } from '../../lib/cim-cmdlets/index.js';
import { bindCall, nameParameters } from '../../lib/cmdlet/bind/binding.js';
import type { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import type { CallParameters } from '../../lib/cmdlet/contract/bound-call.js';
import { boundCall } from '../../lib/cmdlet/run/operation-of.js';
import { thrownBy } from '../cmdlet/thrown-by.js';
import { FakeCimSession, lamp, lampClass } from './fake-cim-session.js';

function bind(name: string, parameters: Record<string, unknown>, input?: unknown): CallParameters {
  const definition = cimCmdletDefinitions.get(name.toLowerCase());
  if (definition === undefined) throw new Error(`no ${name}`);
  return boundCall(definition, bindCall(definition, nameParameters(definition, parameters), input));
}

const session = new FakeCimSession().session;
const Property = { Power: 60 };
const lampQuery = 'select * from X_Lamp';

describe('parameter sets', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['Get-CimInstance', { ClassName: 'X_Lamp' }, 'ClassNameComputerSet'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', ComputerName: ['a', 'b'] }, 'ClassNameComputerSet'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', CimSession: session }, 'ClassNameSessionSet'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', CimSession: 'a', Filter: 'Power > 4' }, 'ClassNameSessionSet'],
    ['Get-CimInstance', { Query: lampQuery }, 'QueryComputerSet'],
    ['Get-CimInstance', { Query: lampQuery, ResourceUri: 'http://x/y/X_Lamp' }, 'QueryComputerSet'],
    ['Get-CimInstance', { Query: lampQuery, CimSession: [session, session] }, 'QuerySessionSet'],
    ['Get-CimInstance', { ResourceUri: 'http://x/y/X_Lamp' }, 'ResourceUriComputerSet'],
    ['Get-CimInstance', { ResourceUri: 'http://x/y/X_Lamp', CimSession: session }, 'ResourceUriSessionSet'],
    ['Get-CimInstance', { InputObject: lamp('a') }, 'CimInstanceComputerSet'],
    ['Get-CimInstance', { CimInstance: lamp('a'), CimSession: session }, 'CimInstanceSessionSet'],
    ['New-CimInstance', { ClassName: 'X_Lamp', Property }, 'ClassNameComputerSet'],
    ['New-CimInstance', { CimClass: lampClass, Property, ClientOnly: true }, 'CimClassComputerSet'],
    ['New-CimInstance', { CimClass: lampClass, CimSession: session }, 'CimClassSessionSet'],
    ['New-CimInstance', { ResourceUri: 'http://x/y/X_Lamp', Key: 'Name' }, 'ResourceUriComputerSet'],
    ['Set-CimInstance', { InputObject: lamp('a') }, 'CimInstanceComputerSet'],
    ['Set-CimInstance', { InputObject: lamp('a'), Arguments: Property }, 'CimInstanceComputerSet'],
    ['Set-CimInstance', { InputObject: lamp('a'), CimSession: session }, 'CimInstanceSessionSet'],
    ['Set-CimInstance', { Query: lampQuery, Property }, 'QueryComputerSet'],
    ['Set-CimInstance', { Query: lampQuery, Property, CimSession: session }, 'QuerySessionSet'],
    ['Remove-CimInstance', { InputObject: lamp('a') }, 'CimInstanceComputerSet'],
    ['Remove-CimInstance', { Query: lampQuery, Namespace: 'root/x' }, 'QueryComputerSet'],
    ['Remove-CimInstance', { Query: lampQuery, CimSession: session }, 'QuerySessionSet'],
    ['Invoke-CimMethod', { ClassName: 'X_Lamp', MethodName: 'Blink' }, 'ClassNameComputerSet'],
    ['Invoke-CimMethod', { Class: 'X_Lamp', Name: 'Blink', CimSession: session }, 'ClassNameSessionSet'],
    ['Invoke-CimMethod', { CimClass: lampClass, MethodName: 'Blink' }, 'CimClassComputerSet'],
    ['Invoke-CimMethod', { Query: lampQuery, MethodName: 'Blink' }, 'QueryComputerSet'],
    ['Invoke-CimMethod', { InputObject: lamp('a'), MethodName: 'Blink' }, 'CimInstanceComputerSet'],
    ['Invoke-CimMethod', { ResourceUri: 'http://x/y/X_Lamp', MethodName: 'Blink' }, 'ResourceUriComputerSet'],
    ['Get-CimClass', {}, 'ComputerSet'],
    ['Get-CimClass', { ClassName: 'X_*', CimSession: session }, 'SessionSet'],
    ['Get-CimAssociatedInstance', { InputObject: lamp('a'), Association: 'X_Wire' }, 'ComputerSet'],
    ['Register-CimIndicationEvent', { ClassName: 'X_Flash' }, 'ClassNameComputerSet'],
    ['Register-CimIndicationEvent', { Query: lampQuery, CimSession: session }, 'QueryExpressionSessionSet'],
    ['Get-CimSession', {}, 'ComputerNameSet'],
    ['Get-CimSession', { Id: 3 }, 'SessionIdSet'],
    ['Remove-CimSession', { CimSession: session }, 'CimSessionSet'],
    ['Remove-CimSession', { Name: 'a*' }, 'NameSet'],
    ['New-CimSessionOption', { UseSsl: true }, 'WSManParameterSet'],
    ['New-CimSession', { ComputerName: 'a', Port: 80 }, 'CredentialParameterSet'],
    ['Get-CimInstance', { Query: lampQuery, Shallow: true }, 'QueryComputerSet'],
    ['New-CimSessionOption', { Protocol: 'wsman' }, 'ProtocolTypeSet'],
  ])('%s %j is %s', (name, parameters, set) => {
    expect(bind(name, parameters).parameterSet).toBe(set);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['Get-CimInstance', {}, 'MissingMandatoryParameter'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', Query: lampQuery }, 'AmbiguousParameterSet'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', ComputerName: 'a', CimSession: session }, 'AmbiguousParameterSet'],
    ['Get-CimInstance', { Query: lampQuery, Filter: 'Power > 4' }, 'AmbiguousParameterSet'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', CimSession: 7 }, 'ParameterArgumentTransformationError'],
    ['Get-CimInstance', { ClassName: 'X_Lamp', WhatIf: true }, 'NamedParameterNotFound'],
    ['Set-CimInstance', { Query: lampQuery }, 'MissingMandatoryParameter'],
    ['Set-CimInstance', { InputObject: lamp('a'), Property: 'Power' }, 'ParameterArgumentTransformationError'],
    ['Invoke-CimMethod', { ClassName: 'X_Lamp' }, 'MissingMandatoryParameter'],
    ['New-CimInstance', { ResourceUri: 'http://x/X_Lamp', ClientOnly: true }, 'AmbiguousParameterSet'],
    ['Get-CimSession', { CimSession: session }, 'NamedParameterNotFound'],
    ['New-CimSessionOption', { Protocol: 'Rpc' }, 'ParameterArgumentValidationError'],
    ['New-CimSession', { CertificateThumbprint: 'AB', Authentication: 'Basic' }, 'AmbiguousParameterSet'],
    ['New-CimSessionOption', { UseSsl: true, PacketPrivacy: true }, 'AmbiguousParameterSet'],
  ])('%s %j is refused: %s', (name, parameters, errorId) => {
    expect((thrownBy(() => bind(name, parameters)) as ParameterBindingError).errorId).toBe(errorId);
  });

  it.each([
    ['Get-CimInstance', { ClassName: 'X_Lamp; delete' }],
    ['Get-CimInstance', { ClassName: 'X_Lamp', Property: ['Name', 'a b'] }],
    ['Invoke-CimMethod', { CimClass: lampClass, MethodName: 'Dim' }],
    ['New-CimInstance', { CimClass: lampClass, Property: { Colour: 'red' } }],
    ['Get-CimInstance', { ResourceUri: 'http://x/' }],
  ])('%s %j is refused before anything is sent', (name, parameters) => {
    expect(thrownBy(() => bind(name, parameters))).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });
});

describe('pipeline input', () => {
  it.each<[string, Record<string, unknown>, unknown, string, string[]]>([
    ['Get-CimInstance', {}, lamp('a'), 'CimInstanceComputerSet', ['InputObject']],
    ['Get-CimInstance', { ClassName: 'X_Lamp' }, session, 'ClassNameSessionSet', ['ClassName', 'CimSession']],
    [
      'Get-CimInstance',
      {},
      { ClassName: 'X_Lamp', Namespace: 'root/x' },
      'ClassNameComputerSet',
      ['ClassName', 'Namespace'],
    ],
    ['Set-CimInstance', { Property }, lamp('a'), 'CimInstanceComputerSet', ['Property', 'InputObject']],
    ['Remove-CimInstance', {}, lamp('a'), 'CimInstanceComputerSet', ['InputObject']],
    ['Invoke-CimMethod', { MethodName: 'Blink' }, lamp('a'), 'CimInstanceComputerSet', ['MethodName', 'InputObject']],
    ['Invoke-CimMethod', { MethodName: 'Blink' }, lampClass, 'CimClassComputerSet', ['MethodName', 'CimClass']],
    ['Get-CimAssociatedInstance', {}, lamp('a'), 'ComputerSet', ['InputObject']],
    ['Remove-CimSession', {}, session, 'CimSessionSet', ['CimSession']],
  ])('%s %j takes it by value first', (name, parameters, input, set, names) => {
    const call = bind(name, parameters, input);
    expect([call.parameterSet, [...call.parameters.keys()]]).toEqual([set, names]);
  });
});
