import type { CimValue } from '../value/cim-value.js';

type Values = readonly (CimValue | undefined)[];
/** A class of instances: `source` is what those of one class and origin share, `received` the values of all properties, by slot. */
export type FieldedClass = new (source: never, received: Values) => object;
/** A property's name where TypeScript takes only names that it knows: these are known when the class is made, and not before. */
type Name = never;

const NOTHING: Values = [];
let values: Values = NOTHING;
let next = 0;
let computerName: string | undefined;

/** An instance of a class that {@link withFields} made, whose fields have these values in their order; nothing else runs while it is made. */
export function construct(
  Class: FieldedClass,
  source: object,
  received: Values,
  own: Values,
  computer: string | undefined,
): object {
  values = own;
  next = 0;
  computerName = computer;
  const instance = new Class(source as never, received);
  // So that the last instance that was made is not kept by this.
  values = NOTHING;
  return instance;
}

/**
 * `Parent` with own fields of these names, in their order.
 *
 * A class body with computed names makes all instances of a CIM class objects of one hidden class whatever the number of properties. Stores
 * in a loop do not: beyond some number V8 turns such an object into a dictionary, with ten times the memory and a hundred times the time.
 * No text is compiled: the names may be a server's.
 */
export function withFields(Parent: FieldedClass, names: readonly string[]): FieldedClass {
  const own = names as readonly unknown[] as readonly Name[];
  let Class = Parent;
  let at = 0;
  for (; own.length - at >= 16; at += 16)
    Class = sixteen(Class, own.slice(at, at + 16) as readonly unknown[] as Sixteen);
  for (; own.length - at >= 4; at += 4) Class = four(Class, own.slice(at, at + 4) as readonly unknown[] as Four);
  for (; own.length - at >= 1; at += 1) Class = one(Class, own.slice(at, at + 1) as readonly unknown[] as One);
  return Class;
}

/** `Parent` with the field that an instance of a server has behind those of its class. */
export function withComputerName(Parent: FieldedClass): FieldedClass {
  return class extends Parent {
    PSComputerName = computerName;
  };
}

type One = readonly [Name];
type Four = readonly [Name, Name, Name, Name];
type Sixteen = readonly [...Four, ...Four, ...Four, ...Four];

function one(Parent: FieldedClass, [a]: One): FieldedClass {
  const A: unique symbol = a;
  return class extends Parent {
    [A] = values[next++];
  };
}

function four(Parent: FieldedClass, [a, b, c, d]: Four): FieldedClass {
  const A: unique symbol = a;
  const B: unique symbol = b;
  const C: unique symbol = c;
  const D: unique symbol = d;
  return class extends Parent {
    [A] = values[next++];
    [B] = values[next++];
    [C] = values[next++];
    [D] = values[next++];
  };
}

function sixteen(Parent: FieldedClass, [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]: Sixteen): FieldedClass {
  const A: unique symbol = a;
  const B: unique symbol = b;
  const C: unique symbol = c;
  const D: unique symbol = d;
  const E: unique symbol = e;
  const F: unique symbol = f;
  const G: unique symbol = g;
  const H: unique symbol = h;
  const I: unique symbol = i;
  const J: unique symbol = j;
  const K: unique symbol = k;
  const L: unique symbol = l;
  const M: unique symbol = m;
  const N: unique symbol = n;
  const O: unique symbol = o;
  const P: unique symbol = p;
  return class extends Parent {
    [A] = values[next++];
    [B] = values[next++];
    [C] = values[next++];
    [D] = values[next++];
    [E] = values[next++];
    [F] = values[next++];
    [G] = values[next++];
    [H] = values[next++];
    [I] = values[next++];
    [J] = values[next++];
    [K] = values[next++];
    [L] = values[next++];
    [M] = values[next++];
    [N] = values[next++];
    [O] = values[next++];
    [P] = values[next++];
  };
}
