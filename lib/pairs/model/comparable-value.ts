import type { ConfigurationItem, ItemKind, PlainValue } from './configuration-item.js';

/** Conditions of policies that are hexadecimal digits, as client ids are. */
const HEX: ReadonlySet<string> = new Set([
  'MacAddress',
  'ClientId',
  'RelayAgent',
  'CircuitId',
  'RemoteId',
  'SubscriberId',
]);
const CONDITIONS: ReadonlySet<string> = new Set([...HEX, 'VendorClass', 'UserClass', 'Fqdn']);
const COMPARATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'isl', 'insl']);

const digits = (text: string): string => text.replaceAll(/[-:. ]/g, '').toLowerCase();

/**
 * A value as it is compared: empty, null and absent are one; client ids have neither separators nor case; the order counts in an option's value, and
 * not among the values of a condition.
 */
export function comparable(kind: ItemKind | 'relationship', member: string, value: PlainValue | undefined): string {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  const isPolicy = kind === 'policy' || kind === 'serverPolicy';
  if (isPolicy && CONDITIONS.has(member)) return condition(member, Array.isArray(value) ? value : [String(value)]);
  if (isPolicy && member === 'Condition') return String(value).toLowerCase();
  if (kind === 'reservation' && member === 'ClientId') return digits(String(value));
  return JSON.stringify(value);
}

/** `EQ, a, b, NE, c` as a set of comparators with values. */
function condition(member: string, words: readonly string[]): string {
  let comparator = '';
  const pairs = words.flatMap((word) => {
    const lower = word.toLowerCase();
    if (COMPARATORS.has(lower)) {
      comparator = lower;
      return lower.startsWith('i') ? [lower] : [];
    }
    return lower === '' ? [] : [`${comparator} ${HEX.has(member) ? digits(lower) : lower}`];
  });
  return JSON.stringify([...new Set(pairs)].sort());
}

/** The members in which two items of a kind differ. */
export function differingMembers(
  kind: ItemKind | 'relationship',
  members: readonly string[],
  one: ConfigurationItem['values'],
  other: ConfigurationItem['values'],
): string[] {
  return members.filter((member) => {
    const [value, another] = [one[member], other[member]];
    return value !== another && comparable(kind, member, value) !== comparable(kind, member, another);
  });
}
