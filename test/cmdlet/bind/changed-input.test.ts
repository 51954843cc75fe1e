// What was changed on an instance that is given as input counts as given by the caller, and nothing else of it does.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { bindCall, nameParameters } from '../../../lib/cmdlet/bind/binding.js';
import { requiredPrompts } from '../../../lib/cmdlet/confirm/confirm.js';
import type { Cmdlet } from '../../../lib/cmdlet/contract/cmdlet.js';
import { boundCall } from '../../../lib/cmdlet/run/operation-of.js';
import { targetsOf } from '../../../lib/cmdlet/run/targets.js';
import { dhcpServerv4FailoverClass } from '../../../lib/dhcp-server/generated/classes/dhcpserverv4failover.js';
import { cmdletDefinitions } from '../../../lib/dhcp-server/index.js';

const set = cmdletDefinitions.get('set-dhcpserverv4failover') as Cmdlet;
const VALUES: Readonly<Record<string, CimValue>> = {
  Name: 'F',
  LoadBalancePercent: 50,
  Mode: 'LoadBalance',
  State: 'Normal',
};

const received = (declaration: CimClassDeclaration = dhcpServerv4FailoverClass) =>
  CimInstance.create(declaration, VALUES, { computerName: 'a.contoso.com' });
const bind = (input: object, parameters: Readonly<Record<string, unknown>> = {}, cmdlet = set) => {
  const call = bindCall(cmdlet, nameParameters(cmdlet, parameters), input);
  return [...call.parameters.values()].map(({ parameter, value, fromInstance }) => [
    parameter.name,
    value,
    fromInstance,
  ]);
};

const HINT = 'Give the instance, or its copy, as the option input, and only what is to change as parameters';

/** Bound by its name, as in PowerShell, and not counted as given. */
const MODE = ['Mode', 'LoadBalance', true];

describe('an instance as input', () => {
  it('identifies the object, and gives nothing that was not changed', () => {
    expect(bind(received(), { LoadBalancePercent: 60 })).toEqual([
      ['LoadBalancePercent', 60, false],
      ['Name', 'F', true],
      MODE,
    ]);
  });

  it('gives what was changed on it, after what the caller gives', () => {
    const failover = Object.assign(received(), { LoadBalancePercent: 60 });
    expect(bind(failover)).toEqual([['LoadBalancePercent', 60, false], ['Name', 'F', true], MODE]);
    expect(bind(failover, { LoadBalancePercent: 70 })).toEqual([
      ['LoadBalancePercent', 70, false],
      ['Name', 'F', true],
      MODE,
    ]);
    expect(bind({ ...failover }, { LoadBalancePercent: 70 })).toEqual(bind(failover, { LoadBalancePercent: 70 }));
  });

  it('asks about what was changed, and not about what came along', () => {
    const asked = (input: object, parameters: Readonly<Record<string, unknown>> = {}) => {
      const named = nameParameters(set, parameters);
      return requiredPrompts(boundCall(set, bindCall(set, named, input)), named.engineParameters, {});
    };
    const changed = Object.assign(received(), { Mode: 'HotStandby' });
    expect(asked(changed)).not.toEqual(asked(received(), { LoadBalancePercent: 60 }));
    expect(asked(changed)).toEqual(asked(received(), { Mode: 'HotStandby' }));
  });

  it.each<readonly [string, object, string]>([
    [
      'a property that is no parameter',
      { State: 'PartnerDown' },
      'State was changed in the instance, and Set-DhcpServerv4Failover has no such parameter.',
    ],
    ['a misspelt name', { LoadBalancePercnt: 60 }, 'Did you mean LoadBalancePercent?'],
    ['undefined', { LoadBalancePercent: undefined }, 'Set null for no value.'],
  ])('does not lose %s', (_, change, message) => {
    expect(() => bind(Object.assign(received(), change))).toThrow(message);
  });

  it.each(['Force', 'ComputerName', 'SharedSecret', 'WhatIf'])('takes no %s from it, changed or not', (name) => {
    const own = dhcpServerv4FailoverClass;
    const type = name === 'Force' || name === 'WhatIf' ? ('boolean' as const) : ('string' as const);
    const hostile: CimClassDeclaration = {
      ...own,
      properties: [...own.properties.filter((one) => one.name !== name), { name, type }],
    };
    const instance = CimInstance.create(
      hostile,
      { ...VALUES, [name]: type === 'boolean' ? true : 'victim' },
      { computerName: 'a' },
    );
    expect(bind(instance)).toEqual([['Name', 'F', true], MODE]);
    expect(bind({ ...instance })).toEqual([['Name', 'F', true], MODE]);
    Object.assign(instance, { [name]: type === 'boolean' ? false : 'other' });
    expect(() => bind(instance)).toThrow(`${name} was changed in the instance`);
  });

  it('gives the null that a property was changed to', () => {
    expect(bind(Object.assign(received(), { StateSwitchInterval: null }))).toContainEqual([
      'StateSwitchInterval',
      null,
      false,
    ]);
    expect(() => bind(Object.assign(received(), { LoadBalancePercent: null }))).toThrow(
      'LoadBalancePercent: $null is not allowed.',
    );
  });

  it('acts on the name that its key was changed to', () => {
    expect(bind(Object.assign(received(), { Name: 'G' }))).toEqual([['Name', 'G', false], MODE]);
  });

  it('does not bind by a property that is undeclared', () => {
    const bare = { ...dhcpServerv4FailoverClass, properties: [{ name: 'State', type: 'string' as const }] };
    expect(() => bind(received(bare))).toThrow('it has no property that is one of its parameters');
  });
});

describe('where it goes', () => {
  const target = (input: object, parameters: Readonly<Record<string, unknown>> = {}) => {
    const named = nameParameters(set, { LoadBalancePercent: 60, ...parameters });
    return targetsOf(boundCall(set, bindCall(set, named, input)), named.engineParameters).map(
      ({ computerName }) => computerName,
    );
  };

  it('says the caller, else the computer that it came from, whatever was written onto it', () => {
    expect(target(received())).toEqual(['a.contoso.com']);
    expect(target(Object.assign(received(), { PSComputerName: 'victim' }))).toEqual(['a.contoso.com']);
    expect(target(received(), { ComputerName: 'b.contoso.com' })).toEqual(['b.contoso.com']);
    expect(target(received(), { CimSession: 'c.contoso.com' })).toEqual(['c.contoso.com']);
  });

  it.each<readonly [string, (value: CimInstance) => object]>([
    ['a spread', (value) => ({ ...value })],
    ['a clone', (value) => structuredClone(value)],
    ['JSON', (value) => JSON.parse(JSON.stringify(value)) as object],
  ])('says the PSComputerName of %s', (_, copy) => {
    expect(target(copy(received()))).toEqual(['a.contoso.com']);
    expect(target(copy(received()), { ComputerName: 'b.contoso.com' })).toEqual(['b.contoso.com']);
    expect(target(copy(received()), { CimSession: 'c.contoso.com' })).toEqual(['c.contoso.com']);
  });
});

it.each([...cmdletDefinitions.values()].map((definition) => [definition.name, definition] as const))(
  '%s refuses an instance among its parameters, and says what to write instead',
  (name, definition) => {
    const called = `${name.charAt(0).toLowerCase()}${name.slice(1).replace('-', '')}`;
    const call = () => nameParameters(definition, { ...received(), LoadBalancePercent: 60 });
    expect(call).toThrow(
      expect.objectContaining({
        errorId: 'NamedParameterNotFound',
        hint: `${HINT}: ${called}({ … }, { input: instance }).`,
      }),
    );
  },
);
