import type { CimScalar, CimValue } from '../value/cim-value.js';

const EMPTY: readonly (CimScalar | null)[] = [];

/**
 * What is kept of an array that was received, so that a change within it is seen: the same items, of one that is no array or null by itself it alone,
 * which is what most arrays are, and half the memory.
 */
export function snapshotOf(items: readonly (CimScalar | null)[]): CimValue {
  const [only = null] = items;
  if (items.length === 1 && only !== null) return only;
  return items.length === 0 ? EMPTY : items.slice();
}

/** The array that {@link snapshotOf} was given; null or undefined where there was none. */
export function arrayOfSnapshot(snapshot: CimValue | undefined): CimValue | undefined {
  if (snapshot === undefined || snapshot === null) return snapshot;
  return Array.isArray(snapshot) ? snapshot.slice() : [snapshot as CimScalar];
}
