import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import { likePattern } from './like-pattern.js';
import { compareWql, fitsType } from './wql-comparison.js';
import { WqlError } from './wql-error.js';
import type { WqlCondition, WqlOperand, WqlOperator, WqlProperty } from './wql-query.js';

/** The classes that a query can refer to. */
export interface WqlSchema {
  find(className: string): CimClassDeclaration | undefined;
  /** The class is `ancestor` or below it. */
  isA(className: string, ancestor: string): boolean;
}

export type WqlPredicate = (instance: CimInstance) => boolean;

const SYSTEM_PROPERTIES: ReadonlyMap<string, (instance: CimInstance) => CimValue> = new Map([
  ['__class', (instance: CimInstance): CimValue => instance.cimClass.className],
  ['__superclass', (instance: CimInstance): CimValue => instance.cimClass.superClassName ?? null],
  ['__namespace', (instance: CimInstance): CimValue => CimInstance.namespaceOf(instance).replaceAll('/', '\\')],
  ['__server', (instance: CimInstance): CimValue => instance.PSComputerName ?? null],
  ['__path', (instance: CimInstance): CimValue => instance.cimSystemProperties.path ?? null],
]);

/**
 * A condition made ready for the instances of a class. A comparison with a property that is null is false whatever the operator, and so
 * is one between values that cannot be compared.
 * @throws WqlError for a property that the class lacks, an array, a constant of another type, a class that nobody declares.
 */
export function compileCondition(condition: WqlCondition, from: CimClassDeclaration, schema: WqlSchema): WqlPredicate {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.conditions.map((part) => compileCondition(part, from, schema));
      return (instance) => parts.every((part) => part(instance));
    }
    case 'or': {
      const parts = condition.conditions.map((part) => compileCondition(part, from, schema));
      return (instance) => parts.some((part) => part(instance));
    }
    case 'not': {
      const part = compileCondition(condition.condition, from, schema);
      return (instance) => !part(instance);
    }
    case 'null': {
      const { isNull, property } = condition;
      const read = reader(property, from, schema);
      return (instance) => ((read(instance) ?? null) === null) === isNull;
    }
    case 'like':
      return compileLike(condition.property, condition.pattern, from, schema);
    case 'isa':
      return compileIsA(condition, from, schema);
    default:
      return compileComparison(condition, from, schema);
  }
}

function compileLike(
  property: WqlProperty,
  pattern: string,
  from: CimClassDeclaration,
  schema: WqlSchema,
): WqlPredicate {
  const declared = resolve(property, from, schema);
  if (declared !== undefined && (declared.isArray === true || declared.type !== 'string')) {
    throw new WqlError(`${property.path.join('.')} is not a string`, property.position);
  }
  const matches = likePattern(pattern);
  if (matches === undefined) throw new WqlError('A set in the pattern has no end', property.position);
  const read = reader(property, from, schema);
  return (instance) => {
    const value = read(instance);
    return typeof value === 'string' && matches(value);
  };
}

function compileIsA(
  condition: Extract<WqlCondition, { readonly kind: 'isa' }>,
  from: CimClassDeclaration,
  schema: WqlSchema,
): WqlPredicate {
  const { property, className, position } = condition;
  if (schema.find(className) === undefined) throw new WqlError(`There is no class ${className}`, position);
  const read: (instance: CimInstance) => CimValue | undefined =
    property.path.length === 0 ? (instance) => instance : reader(property, from, schema);
  return (instance) => {
    const value = read(instance);
    return value instanceof CimInstance && schema.isA(value.cimClass.className, className);
  };
}

const TRUE_FOR: Readonly<Record<WqlOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compileComparison(
  condition: Extract<WqlCondition, { readonly kind: 'comparison' }>,
  from: CimClassDeclaration,
  schema: WqlSchema,
): WqlPredicate {
  const { operator, left, right } = condition;
  checkTypes(left, right, from, schema);
  const [readLeft, readRight] = [operand(left, from, schema), operand(right, from, schema)];
  const isTrue = TRUE_FOR[operator];
  return (instance) => {
    const [one, other] = [readLeft(instance), readRight(instance)];
    if (!isScalar(one) || !isScalar(other)) return false;
    const order = compareWql(one, other);
    return order !== undefined && isTrue(order);
  };
}

function checkTypes(left: WqlOperand, right: WqlOperand, from: CimClassDeclaration, schema: WqlSchema): void {
  for (const side of [left, right]) {
    if (side.kind !== 'property') continue;
    if (side.path.length === 0) throw new WqlError('__THIS goes with ISA only', side.position);
    const declared = resolve(side, from, schema);
    if (declared?.isArray === true) throw new WqlError(`${side.path.join('.')} is an array`, side.position);
    const constant = side === left ? right : left;
    if (declared === undefined || constant.kind !== 'constant' || constant.value === null) continue;
    if (!fitsType(declared.type, constant.value)) {
      throw new WqlError(`${declared.name} is a ${declared.type}, and the constant is not`, constant.position);
    }
  }
}

function operand(
  side: WqlOperand,
  from: CimClassDeclaration,
  schema: WqlSchema,
): (instance: CimInstance) => CimValue | undefined {
  if (side.kind === 'property') return reader(side, from, schema);
  const { value } = side;
  return () => value;
}

/** Neither null nor missing nor an array. */
export function isScalar(value: CimValue | undefined): value is CimScalar {
  return value !== null && value !== undefined && !Array.isArray(value);
}

function reader(
  property: WqlProperty,
  from: CimClassDeclaration,
  schema: WqlSchema,
): (instance: CimInstance) => CimValue | undefined {
  resolve(property, from, schema);
  const { path } = property;
  return (instance) => {
    let value: CimValue | undefined = instance;
    for (const name of path) {
      if (!(value instanceof CimInstance)) return undefined;
      const system = SYSTEM_PROPERTIES.get(name.toLowerCase());
      value = system === undefined ? value.cimInstanceProperties.get(name)?.value : system(value);
    }
    return value;
  };
}

/** The declaration of a property; undefined where the class of an embedded instance is open. @throws WqlError */
export function resolve(
  property: WqlProperty,
  from: CimClassDeclaration,
  schema: WqlSchema,
): CimPropertyDeclaration | undefined {
  let owner: CimClassDeclaration | undefined = from;
  let declared: CimPropertyDeclaration | undefined;
  for (const [index, name] of property.path.entries()) {
    if (SYSTEM_PROPERTIES.has(name.toLowerCase())) return { name, type: 'string' };
    if (owner === undefined) return undefined;
    const lower = name.toLowerCase();
    declared = owner.properties.find((candidate) => candidate.name.toLowerCase() === lower);
    if (declared === undefined) throw new WqlError(`${owner.className} has no property ${name}`, property.position);
    if (declared.type !== 'instance') {
      if (index < property.path.length - 1) throw new WqlError(`${name} holds no instance`, property.position);
      return declared;
    }
    owner = declared.className === undefined ? undefined : schema.find(declared.className);
  }
  return declared;
}
