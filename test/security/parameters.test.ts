// A server never chooses a parameter: instances give what binds by property name, from properties that their class declares, and nothing else.
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration } from '../../lib/cim/value/class-declaration.js';
import { bindCall, nameParameters } from '../../lib/cmdlet/bind/binding.js';
import type { Cmdlet } from '../../lib/cmdlet/contract/cmdlet.js';
import { targetsOf } from '../../lib/cmdlet/run/targets.js';
import { cmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type { CmdletParameter } from '../../lib/schema/definition/cmdlet-definition.js';

const HONEST = 'dhcpserver.contoso.com';
const cmdlets: readonly Cmdlet[] = [...cmdletDefinitions.values()];

/** What a hostile server would like to give: something for each parameter, and for what every cmdlet has. */
function everything(definition: Cmdlet): Record<string, CimValue> {
  const values: Record<string, CimValue> = {};
  const others = ['ComputerName', 'CimSession', 'Force', 'Confirm', 'WhatIf', 'ThrottleLimit', 'AsJob', 'ErrorAction'];
  for (const { name, aliases, type, validateSet, enumeration } of definition.parameters) {
    for (const spelling of [name, ...aliases])
      values[spelling] = valueFor(type, validateSet?.[0] ?? Object.keys(enumeration?.values ?? {})[0]);
  }
  for (const name of others) values[name] = name === 'ComputerName' ? 'victim.contoso.com' : true;
  values['PSComputerName'] = 'victim.contoso.com';
  return values;
}

function valueFor(type: string, first: unknown): CimValue {
  if (typeof first === 'string') return first;
  if (type === 'SwitchParameter' || type === 'Boolean') return true;
  if (/Int|Byte|Percent/.test(type)) return 1;
  if (type === 'TimeSpan') return '1:00:00';
  return type === 'IPAddress' ? '10.0.0.1' : 'known-to-the-attacker';
}

/** An instance of the class that the cmdlet is about, as it is declared here, with all else undeclared. */
function instanceFor(definition: Cmdlet, declared: boolean): CimInstance {
  const values = everything(definition);
  const own: CimClassDeclaration = definition.outputClasses[0] ?? {
    className: 'X',
    namespace: 'root',
    properties: [{ name: 'Name', type: 'string' }],
    methods: [],
  };
  const properties = declared ? Object.keys(values).map((name) => ({ name, type: 'string' as const })) : own.properties;
  return CimInstance.create({ ...own, properties }, values, { computerName: HONEST });
}

/** A switch is, where it is a property of what the cmdlet is about, as we declare it: MultiValued, NapEnable. */
function isHarmless(
  { valueFromPipelineByPropertyName, valueFromPipeline, type, secret, name, sets }: CmdletParameter,
  { outputClasses }: Cmdlet,
) {
  const takes =
    valueFromPipelineByPropertyName || valueFromPipeline || sets.some((set) => set.valueFromPipelineByPropertyName);
  const isState = outputClasses.some(({ properties }) => properties.some((property) => property.name === name));
  return (
    takes &&
    (type !== 'SwitchParameter' || isState) &&
    !secret &&
    !/^(ComputerName|CimSession|Force|Confirm|WhatIf|PassThru)$/i.test(name)
  );
}

const copies: readonly (readonly [string, (instance: CimInstance) => object])[] = [
  ['the instance', (instance) => instance],
  ['its spread', (instance) => ({ ...instance })],
  ['its JSON', (instance) => JSON.parse(JSON.stringify(instance)) as object],
  ['its clone', (instance) => structuredClone(instance)],
];

describe.each([
  ['undeclared', false],
  ['declared by the server', true],
])('a server that adds every parameter, %s', (_, declared) => {
  it.each(copies)('chooses none by %s as the input of any cmdlet', (_copy, copy) => {
    let bound = 0;
    for (const definition of cmdlets) {
      const input = copy(instanceFor(definition, declared));
      const named = nameParameters(definition, {});
      let call: ReturnType<typeof bindCall>;
      try {
        call = bindCall(definition, named, input);
      } catch {
        continue;
      }
      bound += 1;
      expect(named.engineParameters).toEqual({});
      const taken = [...call.parameters.values()].filter(({ fromInstance }) => fromInstance);
      const harmful = taken.filter(({ parameter }) => !isHarmless(parameter, definition));
      expect(harmful.map(({ parameter }) => parameter.name)).toEqual([]);
      const operation = { ...call, operation: {} } as unknown as Parameters<typeof targetsOf>[0];
      expect(targetsOf(operation, {}).map(({ computerName }) => computerName)).toEqual([HONEST]);
    }
    expect(bound).toBeGreaterThan(10);
  });

  it.each(copies.slice(1))('is refused by %s among the parameters of any cmdlet', (_copy, copy) => {
    for (const definition of cmdlets) {
      expect(() => nameParameters(definition, { ...copy(instanceFor(definition, declared)) })).toThrow(
        'an instance was spread into the parameters',
      );
    }
  });
});

it('a definition that lets dangerous parameters be taken from objects is not followed for instances', () => {
  const [first] = cmdlets.filter(({ name }) => name === 'Remove-DhcpServerv4Failover');
  if (first === undefined) throw new Error('no cmdlet');
  const definition: Cmdlet = {
    ...first,
    parameters: first.parameters.map((parameter) => ({
      ...parameter,
      valueFromPipelineByPropertyName: true,
      sets: parameter.sets.map((set) => ({ ...set, valueFromPipelineByPropertyName: true })),
    })),
  };
  const call = bindCall(definition, nameParameters(definition, {}), instanceFor(definition, true));
  expect([...call.parameters.keys()]).toContain('Name');
  const harmful = [...call.parameters.values()].filter(({ parameter }) => !isHarmless(parameter, definition));
  expect(harmful).toEqual([]);
});
