import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../value/class-declaration.js';

const inferred = new WeakSet<CimClassDeclaration>();

/** Remembers that nobody declared this class: it was made up from what one instance or reference showed. */
export function markInferred(declaration: CimClassDeclaration): CimClassDeclaration {
  inferred.add(declaration);
  return declaration;
}

const MOST_REMEMBERED = 64;
const keyed = new WeakMap<CimClassDeclaration, BoundedMemo<string, CimClassDeclaration>>();

/** The same class with these properties as its keys, as a reference of the server names them; those that it lacks come behind. */
export function withKeyNames(
  declaration: CimClassDeclaration,
  names: readonly CimPropertyDeclaration[],
): CimClassDeclaration {
  const known = keyed.get(declaration) ?? new BoundedMemo<string, CimClassDeclaration>(MOST_REMEMBERED);
  keyed.set(declaration, known);
  const wanted = new Map(names.map((property) => [property.name.toLowerCase(), property]));
  const id = JSON.stringify([...wanted.keys()].sort());
  const found = known.get(id);
  if (found !== undefined) return found;
  const properties = declaration.properties.map((property) =>
    wanted.delete(property.name.toLowerCase()) ? { ...property, key: true } : property,
  );
  const made = markInferred({ ...declaration, properties: [...properties, ...wanted.values()] });
  known.set(id, made);
  return made;
}

export function isInferred(declaration: CimClassDeclaration): boolean {
  return inferred.has(declaration);
}
