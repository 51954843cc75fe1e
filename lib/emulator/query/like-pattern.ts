/** One place of a pattern: any run of characters, any one, or one of (not of) a set. */
type Place = { readonly kind: 'run' } | { readonly kind: 'one'; readonly matches: (unit: string) => boolean };

const RUN: Place = { kind: 'run' };
const ANY: Place = { kind: 'one', matches: () => true };

/**
 * A pattern of LIKE: `%` any characters, `_` one, `[abc]` and `[a-f]` (or `[a=f]`) one of them, `[^abc]` none of them; case does not
 * matter. Takes time proportional to pattern times text at worst. Undefined for a set without end.
 */
export function likePattern(pattern: string): ((text: string) => boolean) | undefined {
  const places: Place[] = [];
  const folded = pattern.toLowerCase();
  for (let at = 0; at < folded.length; at++) {
    const unit = folded[at] ?? '';
    if (unit === '%') {
      if (places.at(-1) !== RUN) places.push(RUN);
    } else if (unit === '_') {
      places.push(ANY);
    } else if (unit === '[') {
      const end = folded.indexOf(']', at + 2);
      if (end < 0) return undefined;
      places.push({ kind: 'one', matches: setOf(folded.slice(at + 1, end)) });
      at = end;
    } else {
      places.push({ kind: 'one', matches: (other) => other === unit });
    }
  }
  return (text) => matches(places, text.toLowerCase());
}

function setOf(content: string): (unit: string) => boolean {
  const negated = content.startsWith('^') && content.length > 1;
  const body = negated ? content.slice(1) : content;
  const single = new Set<string>();
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    const [from = '', sign, to] = body.slice(at, at + 3);
    if ((sign === '-' || sign === '=') && to !== undefined) {
      ranges.push([from, to]);
      at += 2;
    } else {
      single.add(from);
    }
  }
  return (unit) => (single.has(unit) || ranges.some(([from, to]) => unit >= from && unit <= to)) !== negated;
}

/** Only the last run is ever taken back, which is enough and keeps the time bounded. */
function matches(places: readonly Place[], text: string): boolean {
  let place = 0;
  let at = 0;
  let runPlace = -1;
  let runAt = 0;
  while (at < text.length) {
    const current = places[place];
    if (current?.kind === 'run') {
      runPlace = place++;
      runAt = at;
    } else if (current?.matches(text[at] ?? '') === true) {
      place++;
      at++;
    } else if (runPlace >= 0) {
      place = runPlace + 1;
      at = ++runAt;
    } else {
      return false;
    }
  }
  while (places[place]?.kind === 'run') place++;
  return place === places.length;
}
