const whole = new Intl.NumberFormat('en');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const number = (value: number): string => whole.format(value);

/** `1 scope`, `1,000 scopes`. */
export function counted(count: number, one: string, many = `${one.replace(/(?<![aeo])y$/, 'ie')}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** `20 s`, `4 min`, `3 h 20 min`, `2 d 5 h`: two units at most. */
export function span(ms: number): string {
  const size = Math.abs(ms);
  if (size < MINUTE) return `${Math.round(size / SECOND)} s`;
  if (size < HOUR) return `${Math.floor(size / MINUTE)} min`;
  const [big, bigWord, small, smallWord] = size < DAY ? [HOUR, 'h', MINUTE, 'min'] : [DAY, 'd', HOUR, 'h'];
  const rest = Math.floor((size % big) / small);
  return `${Math.floor(size / big)} ${bigWord}${rest === 0 && size < DAY ? '' : ` ${rest} ${smallWord}`}`;
}

/** `just now`, `20 seconds ago`, `4 minutes ago`. */
export function ago(from: number, now: number): string {
  const ms = Math.max(0, now - from);
  if (ms < 2 * SECOND) return 'just now';
  if (ms < MINUTE) return `${counted(Math.floor(ms / SECOND), 'second')} ago`;
  if (ms < HOUR) return `${counted(Math.floor(ms / MINUTE), 'minute')} ago`;
  return `${span(ms)} ago`;
}

/** `11:02`, and the day where that is not today's. */
export function atTime(time: number, now: number): string {
  const date = new Date(time);
  const today = new Date(now).toDateString() === date.toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

export const fullTime = (time: number): string => full.format(new Date(time));

/** A sentence whose moments, ISO 8601 on the bridge, are those of this computer's clock. */
export function withMoments(sentence: string): string {
  return sentence.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z/g, (text) =>
    atTime(Date.parse(text), Date.now()),
  );
}

/** Milliseconds of a time on the bridge: ISO 8601, or CIM's text (`2026-12-03T08:00:00.000000+000`); null for none. */
export function timeOf(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null;
  const cim = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*([+-])(\d{3})$/.exec(text);
  if (cim === null) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? null : time;
  }
  const [, at = '', sign, minutes = '0'] = cim;
  return Date.parse(`${at}Z`) - (sign === '-' ? -1 : 1) * Number(minutes) * MINUTE;
}

/** The first part of a host's name; an address stays whole. */
export function shortName(host: string): string {
  return /^[\d.:]+$/.test(host) ? host : (host.split('.')[0] ?? host);
}

/** What tells two servers apart: of `dhcp-ber-01.contoso.com` and `dhcp-muc-01.contoso.com`, `ber` and `muc`. */
export function nicknames(one: string, other: string): readonly [string, string] {
  const [a, b] = [shortName(one), shortName(other)];
  if (a === b || /^[\d.:]+$/.test(a + b)) return a === b ? [one, other] : [a, b];
  const [as, bs] = [a.split('-'), b.split('-')];
  if (as.length !== bs.length) return [a, b];
  let [first, last] = [0, as.length];
  while (first < last && as[first] === bs[first]) first++;
  while (last > first && as[last - 1] === bs[last - 1]) last--;
  const nick = (words: readonly string[]): string => words.slice(first, last).join('-');
  // Numbers alone say little: of dhcp-01 and dhcp-02 the whole is said.
  return /^\d*$/.test(nick(as)) || /^\d*$/.test(nick(bs)) ? [a, b] : [nick(as), nick(bs)];
}

/** Control and direction characters, by which a server's text could look like another one, as `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** `7 difference`s and `one thing, another and a third`. */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Text of a number field as a number; NaN for none. */
export const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
