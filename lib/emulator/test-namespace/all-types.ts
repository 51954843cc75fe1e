import { CimInstance } from '../../cim/instance/cim-instance.js';
import { CimDateTime } from '../../cim/value/cim-date-time.js';
import type { CimType } from '../../cim/value/cim-type.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import type { CimPropertyDeclaration, CimValueDeclaration } from '../../cim/value/class-declaration.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { declareClass } from './declare.js';

/** A structure that is embedded, never kept. */
export const pointClass = declareClass('Cimlet_Point', {
  description: 'A point in the plane. It has no key: it lives in other instances only.',
  properties: [
    { name: 'X', type: 'sint32' },
    { name: 'Y', type: 'sint32' },
    { name: 'Label', type: 'string' },
  ],
});

export const spacePointClass = declareClass('Cimlet_SpacePoint', {
  superClass: pointClass,
  properties: [{ name: 'Z', type: 'sint32' }],
});

/** What the references of the namespace refer to. */
export const thingClass = declareClass('Cimlet_Thing', {
  description: 'What has a name.',
  properties: [
    { name: 'Name', type: 'string', key: true },
    { name: 'Description', type: 'string' },
  ],
});

/** A value of each CIM type: at the edges of its range where it has one. */
const SCALARS: Readonly<Record<Exclude<CimType, 'reference' | 'instance'>, readonly CimScalar[]>> = {
  boolean: [true, false],
  uint8: [255, 0],
  sint8: [-128, 127],
  uint16: [65_535, 0],
  sint16: [-32_768, 32_767],
  uint32: [4_294_967_295, 0],
  sint32: [-2_147_483_648, 2_147_483_647],
  uint64: [18_446_744_073_709_551_615n, 0n],
  sint64: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  real32: [0.5, -1.25],
  real64: [1.7976931348623157e308, -5e-324],
  char16: ['Ω', 'a'],
  string: ['a <b> & "c" \u{1f600}', ''],
  datetime: [CimDateTime.from('2026-11-24T08:00:00.123456+01:00'), CimDateTime.from('1601-01-01T00:00:00Z')],
};

const point = CimInstance.create(pointClass, { X: 1, Y: -2, Label: 'p' });
const spacePoint = CimInstance.create(spacePointClass, { X: 1, Y: 2, Label: null, Z: 3 });
const reference = CimInstance.create(thingClass, { Name: 'alpha' });

/** One declared value of every kind that a property or parameter can have, with an example. */
export interface TypedExample {
  readonly declaration: CimValueDeclaration;
  readonly value: CimValue;
}

function examples(): TypedExample[] {
  const found: TypedExample[] = [];
  for (const [type, values] of Object.entries(SCALARS) as [CimType, readonly CimScalar[]][]) {
    const name = `${type[0]?.toUpperCase()}${type.slice(1)}`;
    found.push({ declaration: { name: `${name}Value`, type }, value: values[0] ?? null });
    found.push({ declaration: { name: `${name}Array`, type, isArray: true }, value: values });
  }
  const classed = (
    name: string,
    type: CimType,
    className: string,
    isArray: boolean,
    value: CimValue,
  ): TypedExample => ({
    declaration: { name, type, className, ...(isArray && { isArray }) },
    value,
  });
  found.push(
    { declaration: { name: 'Octets', type: 'uint8', isArray: true, octetString: true }, value: [0, 1, 254, 255] },
    {
      declaration: { name: 'IntervalValue', type: 'datetime', interval: true },
      value: TimeSpan.from('1.02:03:04.000005'),
    },
    classed('InstanceValue', 'instance', 'Cimlet_Point', false, spacePoint),
    classed('InstanceArray', 'instance', 'Cimlet_Point', true, [point, spacePoint]),
    classed('ReferenceValue', 'reference', 'Cimlet_Thing', false, reference),
    classed('ReferenceArray', 'reference', 'Cimlet_Thing', true, [reference]),
  );
  return found;
}

export const typedExamples: readonly TypedExample[] = examples();

/** A property of every type, single and as an array. */
export const allTypesClass = declareClass('Cimlet_AllTypes', {
  description: 'A property of every CIM type.',
  properties: [
    { name: 'Id', type: 'uint32', key: true },
    ...typedExamples.map(({ declaration }): CimPropertyDeclaration => declaration),
  ],
});

/** One instance with a value everywhere, one with nulls, one with empty arrays. */
export function allTypesInstances(): CimInstance[] {
  const values = (of: (example: TypedExample) => CimValue) =>
    Object.fromEntries(typedExamples.map((example): [string, CimValue] => [example.declaration.name, of(example)]));
  return [
    CimInstance.create(allTypesClass, { Id: 1, ...values(({ value }) => value) }),
    CimInstance.create(allTypesClass, { Id: 2, ...values(() => null) }),
    CimInstance.create(allTypesClass, {
      Id: 3,
      ...values(({ declaration }) => (declaration.isArray === true ? [] : null)),
    }),
  ];
}
