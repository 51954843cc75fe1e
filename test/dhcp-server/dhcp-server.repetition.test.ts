// What may be done with a call of the module of which nobody knows whether it got through: the rows in schemas/dhcp-server.
import { describe, expect, it } from '@jest/globals';
import { repetitionOf } from '../../lib/cmdlet/repeat/repetition-of.js';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';

const all = [...cmdletDefinitions.values()];
const changes = all.filter(({ verb }) => verb !== 'Get');
const asked = all.flatMap((definition) => {
  const { question } = repetitionOf(definition);
  return question === undefined ? [] : [{ name: definition.name, definition, question }];
});

describe('the rows of the module', () => {
  it('are there for every cmdlet that changes something, and for no other', () => {
    expect(changes.length).toBeGreaterThan(70);
    expect(changes.filter(({ repetition }) => repetition === undefined).map(({ name }) => name)).toEqual([]);
    expect(changes.filter((definition) => repetitionOf(definition).kind === 'read')).toEqual([]);
    expect(
      all.filter(({ verb }) => verb === 'Get').filter((definition) => repetitionOf(definition).kind !== 'read'),
    ).toEqual([]);
  });

  it('ask before what is added or removed is done again, and leave to a person what cannot be asked', () => {
    const kinds = (verb: string) => [
      ...new Set(
        changes.filter((one) => one.verb === verb && one.parameters.length > 3).map((one) => repetitionOf(one).kind),
      ),
    ];
    expect([kinds('Add'), kinds('Remove'), kinds('Set')]).toEqual([['ask'], ['ask'], ['repeatable']]);
    expect(changes.filter((one) => repetitionOf(one).kind === 'once').map(({ name }) => name)).toEqual([
      'Restore-DhcpServer',
    ]);
    const [, importing] = scriptCmdletDefinitions.values();
    expect(importing && [importing.name, repetitionOf(importing).kind]).toEqual(['Import-DhcpServer', 'once']);
  });

  it('never repeat by themselves what turns a partner off or changes the mode', () => {
    const set = cmdletDefinitions.get('set-dhcpserverv4failover');
    const kinds = ['MaxClientLeadTime', 'Mode', 'PartnerDown', 'StateSwitchInterval'].map(
      (parameter) => set && repetitionOf(set, ['Name', parameter]).kind,
    );
    expect(kinds).toEqual(['repeatable', 'once', 'once', 'once']);
  });

  it.each(asked)(
    '$name asks a cmdlet that reads, by parameters that it has, about properties that it writes',
    (row) => {
      const { definition, question } = row;
      const reader = cmdletDefinitions.get(question.cmdlet.toLowerCase());
      if (reader === undefined) throw new Error(`There is no ${question.cmdlet}.`);
      expect(repetitionOf(reader).kind).toBe('read');
      const names = reader.parameters.map(({ name }) => name);
      const output = reader.outputClasses.find(({ className }) => className === reader.outputType);
      const properties = output?.properties.map(({ name }) => name) ?? [];
      const { partner } = repetitionOf(definition);
      const told = partner !== undefined && 'property' in partner ? [partner.property] : [];
      expect(Object.keys(question.parameters ?? {}).filter((name) => !names.includes(name))).toEqual([]);
      const wanted = [...Object.keys(question.key ?? {}), ...Object.keys(question.same ?? {}), ...told];
      expect(wanted.filter((name) => !properties.includes(name))).toEqual([]);
    },
  );
});
