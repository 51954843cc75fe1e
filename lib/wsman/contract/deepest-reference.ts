/** References within references are written and read this far. */
export const DEEPEST_REFERENCE = 8;
