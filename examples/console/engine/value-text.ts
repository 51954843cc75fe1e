import type { PlainValue } from 'cimlet/pairs';
import { spanTextWords } from './span.js';

/** `LeaseDuration` → `lease duration`, `MaxBootpClients` → `max bootp clients`, `SubnetMask` → `subnet mask`. */
export const memberWords = (member: string): string =>
  member
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();

/** `scope 10.1.0.0: lease duration`: a thing that changes, with what of it does; an option's value is the option. */
export function changedWhat(what: string, members: readonly string[]): string {
  if (members.length === 0 || (members.length === 1 && members[0] === 'Value')) return what;
  return `${what}: ${members.map(memberWords).join(', ')}`;
}

/** What identifies a thing of its kind for a reader, where one server has none of it. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  reservation: ['ClientId', 'Name'],
  exclusion: ['StartRange', 'EndRange'],
  scope: ['Name', 'StartRange', 'EndRange', 'State'],
  policy: ['Condition', 'Enabled'],
  serverPolicy: ['Condition', 'Enabled'],
  class: ['Type', 'Data'],
  optionDefinition: ['Name', 'Type'],
  filter: ['List', 'Description'],
  relationship: ['Mode', 'ScopeId'],
};
const RANGES: ReadonlySet<string> = new Set(['exclusion']);

/** Members that are lengths of time, and what is said of the others that have a unit. */
const SPANS: ReadonlySet<string> = new Set(['LeaseDuration', 'MaxClientLeadTime', 'StateSwitchInterval']);
const UNITS: Readonly<Record<string, string>> = {
  Delay: 'ms',
  LoadBalancePercent: '%',
  ReservePercent: '%',
};

/** Members of a record as text: one stands alone, several with their names. Null: all of it, by what tells it from others. */
export function valueText(
  kind: string,
  values: Readonly<Record<string, PlainValue>> | null,
  members: readonly string[] | null,
): string | null {
  if (values === null) return null;
  if (RANGES.has(kind)) {
    const { StartRange, EndRange } = values;
    return StartRange === EndRange ? text('', StartRange) : `${text('', StartRange)} to ${text('', EndRange)}`;
  }
  const chosen = members ?? TELLING[kind] ?? Object.keys(values);
  const said = members === null ? chosen.filter((member) => text(member, values[member]) !== '') : chosen;
  const [first] = said;
  if (first === undefined) return 'there';
  if (said.length === 1) return text(first, values[first]) || '(empty)';
  return said.map((member) => `${memberWords(member)} ${text(member, values[member]) || '(empty)'}`).join(', ');
}

function text(member: string, value: PlainValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value === true) return 'on';
  if (value === false) return 'off';
  const unit = UNITS[member];
  if (unit !== undefined) return `${String(value)} ${unit}`;
  if (SPANS.has(member)) return spanTextWords(String(value));
  return typeof value === 'object' ? value.join(', ') : String(value);
}
