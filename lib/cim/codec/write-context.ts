import type { ResourceUriSpelling } from '../instance/resource-uri.js';

/** What the writers of values need to know beside the value. */
export interface WriteContext {
  /** Spelling of the resource URIs that name embedded and referenced classes. */
  readonly spelling: ResourceUriSpelling;
  /** How deep the element being written lies in embedded instances; it numbers the prefixes p0, p1, … */
  readonly depth: number;
}

/** Embedded instances nest no deeper when written; the reader's own limit is lower. */
const DEEPEST = 60;

export function isTooDeep(context: WriteContext): boolean {
  return context.depth >= DEEPEST;
}
