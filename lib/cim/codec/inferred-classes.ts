import type { CimClassDeclaration } from '../value/class-declaration.js';

const inferred = new WeakSet<CimClassDeclaration>();

/** Remembers that nobody declared this class: it was made up from what one instance or reference showed. */
export function markInferred(declaration: CimClassDeclaration): CimClassDeclaration {
  inferred.add(declaration);
  return declaration;
}

export function isInferred(declaration: CimClassDeclaration): boolean {
  return inferred.has(declaration);
}
