import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';

const MOST_REMEMBERED = 64;
const derived = new WeakMap<CimClassDeclaration, BoundedMemo<string, CimClassDeclaration>>();

/**
 * The declaration of a class that nobody declared but that is known to derive from `base`: base's properties under its own name.
 * The same name gives the same object, within bounds: names come from the peer.
 */
export function derivedDeclaration(base: CimClassDeclaration, className: string): CimClassDeclaration {
  let known = derived.get(base);
  if (known === undefined) {
    known = new BoundedMemo(MOST_REMEMBERED);
    derived.set(base, known);
  }
  const found = known.get(className);
  if (found !== undefined) return found;
  const declaration: CimClassDeclaration = { ...base, className, superClassName: base.className };
  known.set(className, declaration);
  return declaration;
}
