import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';

/** What all instances of one class declaration share: the slot of each property, by exact and by lower-case name. */
export interface InstanceShape {
  readonly declaration: CimClassDeclaration;
  readonly properties: readonly CimPropertyDeclaration[];
  readonly slots: ReadonlyMap<string, number>;
}

const shapes = new WeakMap<CimClassDeclaration, InstanceShape>();

/** The shape of a declaration, made once. */
export function shapeOf(declaration: CimClassDeclaration): InstanceShape {
  const known = shapes.get(declaration);
  if (known) return known;
  const slots = new Map<string, number>();
  declaration.properties.forEach((property, slot) => {
    slots.set(property.name.toLowerCase(), slot);
  });
  declaration.properties.forEach((property, slot) => {
    slots.set(property.name, slot);
  });
  const shape = { declaration, properties: declaration.properties, slots };
  shapes.set(declaration, shape);
  return shape;
}

/** The slot of a property name, compared exactly first and then without case. */
export function slotOf(shape: InstanceShape, name: string): number | undefined {
  return shape.slots.get(name) ?? shape.slots.get(name.toLowerCase());
}
