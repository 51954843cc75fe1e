import type { Clock } from '../../base/clock.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import { CimNamespace } from '../cim/cim-namespace.js';
import type { ClassDefinition, MethodImplementation } from '../cim/class-definition.js';
import { extrinsicEventClass, fileTime } from '../cim/event-classes.js';
import { EventSource } from '../cim/event-source.js';
import { instanceValues } from '../cim/instance-values.js';
import { MemoryInstances } from '../cim/memory-instances.js';
import { allTypesClass, allTypesInstances, pointClass, spacePointClass, thingClass } from './all-types.js';
import { declareClass, declareMethod, input, output, TEST_NAMESPACE } from './declare.js';
import { operationMethods, operationsClass } from './operations.js';

const itemClass = declareClass('Cimlet_Item', {
  superClass: thingClass,
  description: 'A thing that can be created, changed and deleted.',
  properties: [
    { name: 'Size', type: 'uint64' },
    { name: 'Enabled', type: 'boolean', required: true },
    { name: 'Created', type: 'datetime', readOnly: true },
    { name: 'Tags', type: 'string', isArray: true },
  ],
  methods: [
    declareMethod('Resize', [input('Size', 'uint64'), output('Before', 'uint64')], { isStatic: false }),
    declareMethod('Nothing', [], { description: 'A method that is declared only.' }),
  ],
});
const specialItemClass = declareClass('Cimlet_SpecialItem', {
  superClass: itemClass,
  properties: [{ name: 'Speciality', type: 'string' }],
});
const groupClass = declareClass('Cimlet_Group', { superClass: thingClass });
const memberClass = declareClass('Cimlet_GroupMember', {
  properties: [
    { name: 'Group', type: 'reference', className: 'Cimlet_Group', key: true },
    { name: 'Member', type: 'reference', className: 'Cimlet_Thing', key: true },
    { name: 'Since', type: 'datetime' },
  ],
});
const settingClass = declareClass('Cimlet_Setting', {
  description: 'A class without key: it has one instance.',
  properties: [{ name: 'Level', type: 'uint16' }],
});
const sequenceClass = declareClass('Cimlet_Sequence', {
  description: 'A long row of instances that are made when they are asked for.',
  properties: [
    { name: 'Number', type: 'uint32', key: true },
    { name: 'Square', type: 'uint64' },
    { name: 'Text', type: 'string' },
  ],
});
const slowClass = declareClass('Cimlet_Slow', {
  description: 'Instances that come one at a time.',
  properties: [{ name: 'Number', type: 'uint32', key: true }],
});
const oddNamesClass = declareClass('Cimlet_OddNames', {
  description: 'Names that mean something in some language.',
  properties: [
    { name: 'Id', type: 'uint32', key: true },
    ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'properties', 'select'].map((name) => ({
      name,
      type: 'string' as const,
    })),
  ],
});

/** Sizes of the test namespace. */
const SEQUENCE_LENGTH = 10_000;
const SLOW_COUNT = 5;
const SLOW_INTERVAL_MS = 1_000;

/**
 * The namespace `root/cimlet/test` of one server: classes of every CIM type, writable instances, associations, events, and methods that
 * use all of the enhanced operations. It is the emulator's own.
 */
export function testNamespace(clock: Clock): CimNamespace {
  const created = CimDateTime.from('2026-01-01T00:00:00Z');
  const item = (name: string, size: bigint, tags: readonly string[] | null) =>
    CimInstance.create(itemClass, {
      Name: name,
      Description: null,
      Size: size,
      Enabled: true,
      Created: created,
      Tags: tags,
    });
  const items = new MemoryInstances([item('alpha', 1n, ['a', 'b']), item('beta', 2n, []), item('gamma', 3n, null)]);
  const special = new MemoryInstances([
    CimInstance.create(specialItemClass, {
      Name: 'delta',
      Description: 'The special one',
      Size: 4n,
      Enabled: false,
      Created: created,
      Tags: null,
      Speciality: 'rare',
    }),
  ]);
  const named = (className: 'group' | 'item' | 'special', name: string) =>
    CimInstance.create({ group: groupClass, item: itemClass, special: specialItemClass }[className], { Name: name });
  const member = (group: string, target: CimInstance) =>
    CimInstance.create(memberClass, { Group: named('group', group), Member: target, Since: null });
  const events = new EventSource();
  const eventClass = extrinsicEventClass(TEST_NAMESPACE, 'Cimlet_Event', [
    { name: 'Text', type: 'string' },
    { name: 'Number', type: 'uint32' },
  ]);
  const raise = (text: string, number: number) =>
    events.report(
      CimInstance.create(eventClass.declaration, {
        SECURITY_DESCRIPTOR: null,
        TIME_CREATED: fileTime(clock.now()),
        Text: text,
        Number: number,
      }),
    );
  const resize = resizer(items, special);
  const definitions: readonly ClassDefinition[] = [
    { declaration: pointClass },
    { declaration: spacePointClass },
    { declaration: thingClass, abstract: true },
    { declaration: itemClass, defaults: { Enabled: true, Size: 0n }, source: items, methods: { Resize: resize } },
    {
      declaration: specialItemClass,
      defaults: { Enabled: true, Size: 0n },
      source: special,
      methods: { Resize: resize },
    },
    {
      declaration: groupClass,
      source: new MemoryInstances(
        ['red', 'blue'].map((name) => CimInstance.create(groupClass, { Name: name, Description: null })),
      ),
    },
    {
      declaration: memberClass,
      association: true,
      source: new MemoryInstances([
        member('red', named('item', 'alpha')),
        member('red', named('special', 'delta')),
        member('blue', named('item', 'alpha')),
        member('blue', named('group', 'red')),
      ]),
    },
    { declaration: settingClass, source: new MemoryInstances([CimInstance.create(settingClass, { Level: 3 })]) },
    { declaration: sequenceClass, source: { instances: sequence } },
    { declaration: slowClass, source: { instances: () => slowly(clock) } },
    {
      declaration: oddNamesClass,
      source: new MemoryInstances([CimInstance.create(oddNamesClass, oddValues())]),
    },
    { declaration: allTypesClass, source: new MemoryInstances(allTypesInstances()) },
    { declaration: operationsClass, methods: operationMethods(raise) },
    eventClass,
  ];
  return new CimNamespace(TEST_NAMESPACE, definitions, events);
}

function resizer(items: MemoryInstances, special: MemoryInstances): MethodImplementation {
  return ({ instance, parameters }) => {
    if (instance === undefined) throw new Error('Resize is a method of an instance.');
    const { Size: before = null, ...rest } = instanceValues(instance);
    const changed = CimInstance.create(instance.cimClass, { ...rest, Size: parameters['Size'] ?? null });
    (instance.cimClass === specialItemClass ? special : items).replace(changed);
    return { outParameters: { Before: before } };
  };
}

function oddValues(): Record<string, string | number> {
  const values: Record<string, string | number> = Object.create(null);
  for (const { name, key } of oddNamesClass.properties) values[name] = key === true ? 1 : `value of ${name}`;
  return values;
}

function* sequence(): Generator<CimInstance, void> {
  for (let number = 0; number < SEQUENCE_LENGTH; number++) {
    yield CimInstance.create(sequenceClass, {
      Number: number,
      Square: BigInt(number) * BigInt(number),
      Text: `number ${number}`,
    });
  }
}

async function* slowly(clock: Clock): AsyncGenerator<CimInstance, void> {
  for (let number = 0; number < SLOW_COUNT; number++) {
    await new Promise<void>((resolve) => {
      clock.schedule(SLOW_INTERVAL_MS, resolve);
    });
    yield CimInstance.create(slowClass, { Number: number });
  }
}
