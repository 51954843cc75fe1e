/**
 * The same text with storage of its own, in the form that V8 gives to literals and property names: such strings are
 * compared by their address alone, which is what a caller's `element.name === 'Fault'` comes to.
 */
export function internalized(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
