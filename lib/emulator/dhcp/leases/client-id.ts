/** A client's id as the server shows it: lower-case pairs with hyphens. Undefined for text that is no pairs of hexadecimal digits. */
export function clientIdOf(text: string): string | undefined {
  const pairs = /^[0-9a-f]{2}(?:-[0-9a-f]{2})*$/i.test(text)
    ? text.split('-')
    : /^(?:[0-9a-f]{2})+$/i.test(text)
      ? (text.match(/../g) ?? [])
      : [];
  return pairs.length === 0 ? undefined : pairs.join('-').toLowerCase();
}

/** The same id, however it is written; text that is no id is compared as it stands. */
export function sameClient(one: string, other: string): boolean {
  if (one === other) return true;
  // The last pair is the last in either spelling; among the clients of a large scope most differ in it.
  if (one.slice(-2).toLowerCase() !== other.slice(-2).toLowerCase()) return false;
  return (clientIdOf(one) ?? one.toLowerCase()) === (clientIdOf(other) ?? other.toLowerCase());
}
