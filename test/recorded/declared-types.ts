import type { CimType } from '../../lib/cim/value/cim-type.js';
import type { CimClassDeclaration } from '../../lib/cim/value/class-declaration.js';
import type { Plain, PlainInstance, PlainProperties } from './independent-reading.js';

interface PropertyType {
  readonly type: CimType;
  readonly isArray: boolean;
}

/** Types that the values of a class would fit, as a schema could declare them. */
export type ClassTypes = ReadonlyMap<string, PropertyType>;

export function typesFor(instances: readonly PlainProperties[]): ClassTypes {
  const values = new Map<string, Plain[]>();
  for (const properties of instances) {
    for (const [name, value] of Object.entries(properties)) values.set(name, [...(values.get(name) ?? []), value]);
  }
  return new Map([...values].map(([name, found]) => [name, typeFor(found)]));
}

function typeFor(values: readonly Plain[]): PropertyType {
  const isArray = values.some((value) => Array.isArray(value));
  const single = values.flatMap((value) => value as Plain[] | Plain).filter((value) => value !== null);
  const every = (test: (value: Plain) => boolean) => single.length > 0 && single.every(test);
  if (every((value) => typeof value === 'string' && /^\d{1,18}$/.test(value))) return { type: 'uint64', isArray };
  if (every((value) => value === 'true' || value === 'false')) return { type: 'boolean', isArray };
  if (every((value) => isObject(value) && 'pointInTime' in value)) return { type: 'datetime', isArray };
  if (every((value) => isObject(value) && 'reference' in value)) return { type: 'reference', isArray };
  if (every((value) => isObject(value) && 'className' in value)) return { type: 'instance', isArray };
  return { type: 'string', isArray };
}

function isObject(value: Plain): value is Exclude<Plain, null | string | boolean | bigint | number> {
  return typeof value === 'object' && value !== null;
}

/** The values as a reader of those types has to give them. */
export function retyped(properties: PlainProperties, types: ClassTypes): PlainProperties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const declared = types.get(name);
      if (declared === undefined || value === null) return [name, value];
      const values = (Array.isArray(value) ? value : [value]).map((item: Plain) => retypedValue(item, declared.type));
      return [name, declared.isArray ? values : (values[0] ?? null)];
    }),
  );
}

function retypedValue(value: Plain, type: CimType): Plain {
  if (typeof value !== 'string') return value;
  if (type === 'uint64') return BigInt(value);
  return type === 'boolean' ? value === 'true' : value;
}

export function declarationFor(className: string, types: ClassTypes): CimClassDeclaration {
  return {
    namespace: 'root/cimv2',
    className,
    properties: [...types].map(([name, { type, isArray }]) => ({ name, type, ...(isArray && { isArray }) })),
    methods: [],
  };
}

/** The instances of each class, with the types that its values fit. */
export function typesByClass(instances: readonly PlainInstance[]): ReadonlyMap<string, ClassTypes> {
  const names = new Set(instances.map(({ className }) => className));
  return new Map(
    [...names].map((name) => [
      name,
      typesFor(instances.filter(({ className }) => className === name).map(({ properties }) => properties)),
    ]),
  );
}
