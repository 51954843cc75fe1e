import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import { wireText } from './wire-text.js';

/** What is the same for all instances of a class. */
export interface RowShape {
  /** `[namespace, class, name, type, name, type, …]`, with the properties in the order of the class. */
  readonly header: readonly string[];
  readonly names: readonly string[];
}

/** By class and namespace: an instance may live in another one than its class was declared for. */
const shapes = new WeakMap<CimClassDeclaration, Map<string, RowShape>>();

/** The shape of an instance, the same object for all that have it. One with properties that its class lacks has its own. */
export function rowShapeOf(instance: CimInstance): RowShape {
  const { cimClass } = instance;
  const namespace = CimInstance.namespaceOf(instance);
  const extras = extrasOf(instance);
  if (extras.length > 0) return shapeOf(namespace, cimClass.className, [...cimClass.properties, ...extras]);
  let known = shapes.get(cimClass);
  if (known === undefined) {
    known = new Map();
    shapes.set(cimClass, known);
  }
  let shape = known.get(namespace);
  if (shape === undefined) {
    shape = shapeOf(namespace, cimClass.className, cimClass.properties);
    known.set(namespace, shape);
  }
  return shape;
}

/** The values as texts in the order of the header, then the computer and the session that it came from. */
export function rowOf(shape: RowShape, instance: CimInstance, session: string | undefined): (string | null)[] {
  const values = new Map<string, CimValue>();
  for (const { declaration, value } of CimInstance.declaredValues(instance)) values.set(declaration.name, value);
  return [
    ...shape.names.map((name) => wireText(values.get(name), embeddedText)),
    instance.PSComputerName ?? null,
    session ?? null,
  ];
}

/** Header and row of an embedded instance, each as JSON, in one JSON text. */
export function embeddedText(instance: CimInstance): string {
  const shape = rowShapeOf(instance);
  return JSON.stringify([JSON.stringify(shape.header), JSON.stringify(rowOf(shape, instance, undefined))]);
}

function extrasOf(instance: CimInstance): CimPropertyDeclaration[] {
  const declared = new Set(instance.cimClass.properties.map(({ name }) => name));
  return [...CimInstance.declaredValues(instance)].flatMap(({ declaration }) =>
    declared.has(declaration.name) ? [] : [declaration],
  );
}

function shapeOf(namespace: string, className: string, properties: readonly CimPropertyDeclaration[]): RowShape {
  return {
    header: [namespace, className, ...properties.flatMap((property) => [property.name, typeText(property)])],
    names: properties.map(({ name }) => name),
  };
}

function typeText({ type, interval, isArray }: CimPropertyDeclaration): string {
  return `${type === 'datetime' && interval === true ? 'interval' : type}${isArray === true ? '[]' : ''}`;
}
