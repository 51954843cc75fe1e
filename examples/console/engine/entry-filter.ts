import type { EntryRow } from '../bridge.js';

/** Letters that stand for nothing in a client id, however it is spelled. */
const SEPARATORS = /[-:. ]/g;
const HEX = /^[0-9a-f*?]+$/;

/**
 * What somebody types to find a client: an address, a name or a MAC in any spelling (`00155D0A317C`, `00:15:5d:…`), with `*` and `?`. Without them
 * names and MACs match as a part.
 */
export function entryFilter(
  text: string,
): (entry: Pick<EntryRow, 'address' | 'name' | 'clientId' | 'description'>) => boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return () => true;
  const isPattern = /[*?]/.test(wanted);
  const bare = wanted.replaceAll(SEPARATORS, '');
  const isHex = HEX.test(bare) && bare.length >= 2;
  const whole = (pattern: string) => (value: string) => matches(pattern, value);
  const byText = isPattern ? whole(wanted) : (value: string) => value.includes(wanted);
  const byId = isPattern ? whole(bare) : (value: string) => value.includes(bare);
  const byAddress = isPattern ? whole(wanted) : (value: string) => value === wanted || value.startsWith(wanted);
  return ({ address, name, clientId, description }) =>
    byAddress(address) ||
    byText((name ?? '').toLowerCase()) ||
    byText((description ?? '').toLowerCase()) ||
    (isHex && clientId !== null && byId(clientId.replaceAll(SEPARATORS, '').toLowerCase()));
}

/** `*` for any characters, `?` for one: in steps that are proportional to both lengths, whatever the pattern. */
export function matches(pattern: string, value: string): boolean {
  let [p, v, star, mark] = [0, 0, -1, 0];
  while (v < value.length) {
    if (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === value[v])) {
      p += 1;
      v += 1;
    } else if (pattern[p] === '*') {
      star = p;
      mark = v;
      p += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      v = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** A whole IPv4 address, which says in which scopes to look. */
export const isAddress = (text: string): boolean => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text.trim());
