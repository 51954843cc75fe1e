import { randomInt } from 'node:crypto';
import { isOf, NAME } from '../text/code-units.js';
import type { Input } from '../text/input.js';
import { QualifiedName } from './qualified-name.js';

const SLOTS = 4096;
const LONGEST_CACHED = 128;
// Of this process alone, so that nobody can make names that meet in one slot.
const MULTIPLIER = randomInt(2 ** 30) * 2 + 1;

/**
 * Every reader's names: those of one protocol are few. Each has two places, so that two that meet do not drive each other out with every
 * message; a third takes the place of the older one, so that the memory is bounded.
 */
const cache: (QualifiedName | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

/** The place after the name that starts at `start`, and then, from {@link nameWithin}, the name itself. */
export class NameScanner {
  /** The hash of the name passed over last. */
  #hash = 0;

  passOver(units: Uint16Array, start: number): number {
    let hash = 0;
    let at = start;
    for (let unit = units[at] ?? 0; isOf(unit, NAME); unit = units[at] ?? 0) {
      hash = Math.imul(hash ^ unit, MULTIPLIER);
      at++;
    }
    this.#hash = hash;
    return at;
  }

  /** The name passed over last, checked when it was not met before; `ERR_XML` when it is not a valid name. */
  nameWithin(input: Input, start: number, end: number): QualifiedName {
    const slot = (this.#hash ^ (this.#hash >>> 15)) & (SLOTS - 1);
    const known = cache[slot];
    if (known !== undefined && known.text.length === end - start && known.standsAt(input, start)) return known;
    const other = cache[slot ^ 1];
    if (other !== undefined && other.text.length === end - start && other.standsAt(input, start)) return other;
    const name = new QualifiedName(input.text.slice(start, end));
    if (end - start > LONGEST_CACHED) return name;
    if (known !== undefined) {
      if (other !== undefined) {
        other.isCached = false;
        other.next = undefined;
      }
      cache[slot ^ 1] = known;
    }
    name.isCached = true;
    cache[slot] = name;
    return name;
  }
}
