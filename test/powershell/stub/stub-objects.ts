// What the servers of both sides answer: for each class of the schema a few objects whose properties have every kind of value that their types allow.
import { createHash } from 'node:crypto';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { commandDefinitions } from '../../../lib/cli/pipeline/command-definitions.js';
import { propertyOrder } from '../../../lib/cli/views/property-order.js';
import { viewDefinitionOf } from '../../../lib/cli/views/view-definitions.js';

/** A value as JSON has it: addresses, intervals and points in time are texts. */
export type StubValue = string | number | boolean | null | readonly (string | number | boolean)[];

export interface StubProperty {
  readonly name: string;
  /** What PowerShell makes of a value: `ipaddress`, `timespan`, `datetime`, `string`, `bool`, or a number's type. */
  readonly kind: string;
  readonly isArray: boolean;
  /** An array of one element shows as that element. */
  readonly unrolled: boolean;
  /** The property that an alias property of the type extension stands for. */
  readonly of: string;
}

export interface StubClass {
  readonly className: string;
  readonly declaration: CimClassDeclaration;
  readonly properties: readonly StubProperty[];
  readonly objects: readonly Readonly<Record<string, StubValue>>[];
}

const NUMBERS: Readonly<Record<string, string>> = {
  uint8: 'byte',
  sint8: 'sbyte',
  uint16: 'uint16',
  sint16: 'int16',
  uint32: 'uint32',
  sint32: 'int32',
  uint64: 'uint64',
  sint64: 'int64',
  real32: 'single',
  real64: 'double',
};

const TEXTS = ['North wing', 'alpha', 'ALPHA', '007', '1.50', 'a*b', '[x]', 'true', "O'Brien", '10'];
const NUMERALS = [0, 1, 2, 5, 10, 42, 64, 100, 200];
const SPANS = ['00:00:00', '00:30:00', '01:00:00', '1.00:00:00', '8.00:00:00'];
const TIMES = ['2026-01-01T00:00:00', '2026-03-09T13:05:07', '2025-12-31T23:59:59'];

/** Every class that a cmdlet gives. */
export function stubClasses(): StubClass[] {
  const classes = new Map<string, CimClassDeclaration>();
  for (const { outputClasses, moduleName } of commandDefinitions.values())
    if (moduleName === 'DhcpServer')
      for (const declaration of outputClasses) classes.set(declaration.className, declaration);
  return [...classes.values()]
    .filter(({ className }) => className.startsWith('DhcpServer'))
    .sort((left, right) => (left.className < right.className ? -1 : 1))
    .map(stubClass);
}

function stubClass(declaration: CimClassDeclaration): StubClass {
  const { extended = [], addresses = [], aliases = {} } = viewDefinitionOf(declaration.className) ?? {};
  const isAddress = (name: string) => extended.includes(name) || addresses.includes(name);
  const describe = (property: CimPropertyDeclaration, name = property.name): StubProperty => ({
    name,
    of: property.name,
    kind: isAddress(property.name) ? 'ipaddress' : kindOf(property),
    isArray: property.isArray === true,
    unrolled: extended.includes(property.name),
  });
  const byName = new Map(declaration.properties.map((property) => [property.name, property]));
  const renamed = Object.entries(aliases).flatMap(([alias, name]) => {
    const property = byName.get(name);
    return property === undefined ? [] : [describe(property, alias)];
  });
  const described = [...renamed, ...declaration.properties.map((property) => describe(property))];
  // As Windows goes through them.
  const { className } = declaration;
  const order = propertyOrder(
    { className, properties: new Map(), computerName: null, showsComputerName: false, source: null },
    described.map(({ name }) => name),
  );
  return {
    className,
    declaration,
    properties: [...described].sort((left, right) => order.indexOf(left.name) - order.indexOf(right.name)),
    objects: [0, 1, 2].map((row) =>
      Object.fromEntries(
        declaration.properties.map((property) => [
          property.name,
          stubValueOf(property, isAddress(property.name), row, declaration.className),
        ]),
      ),
    ),
  };
}

function kindOf({ type, interval }: CimPropertyDeclaration): string {
  if (type === 'datetime') return interval === true ? 'timespan' : 'datetime';
  return type === 'boolean' ? 'bool' : (NUMBERS[type] ?? 'string');
}

function stubValueOf(property: CimPropertyDeclaration, isAddress: boolean, row: number, className: string): StubValue {
  const seed = createHash('sha256').update(`${className}.${property.name}.${row}`).digest();
  const pick = <T>(list: readonly T[], at = 0): T => list[(seed[at] ?? 0) % list.length] as T;
  const isOptional = property.key !== true && property.required !== true;
  if (isOptional && row > 0 && (seed[4] ?? 0) % 5 === 0) return null;
  const one = (at: number): string | number | boolean => {
    if (property.values !== undefined && property.type === 'string') return pick(property.values, at);
    if (
      isAddress ||
      (property.type === 'string' && /Address$|^ScopeId$|Range$|Prefix$|^SubnetMask$/.test(property.name))
    ) {
      if (/^DhcpServerv6/.test(className)) return `2001:db8:${row + 1}::${at === 0 ? '' : at}`;
      return `10.${row + 1}.${at}.${(seed[at] ?? 0) % 9}`;
    }
    const kind = kindOf(property);
    if (kind === 'timespan') return pick(SPANS, at);
    if (kind === 'datetime') return pick(TIMES, at);
    if (kind === 'bool') return (seed[at] ?? 0) % 2 === 0;
    return kind === 'string' ? pick(TEXTS, at) : pick(NUMERALS, at);
  };
  if (property.isArray !== true) return one(0);
  const length = (seed[5] ?? 0) % 4;
  return Array.from({ length }, (_, at) => one(at));
}
