import type { PairDifference, PlainValue } from 'cimlet/pairs';

/** `LeaseDuration` → `lease duration`, `MaxBootpClients` → `max bootp clients`, `SubnetMask` → `subnet mask`. */
export const memberWords = (member: string): string =>
  member
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();

/** `scope 10.1.0.0: lease duration`; the rest as the library names it. */
export function changedWhat({ what, verdict, members }: Pick<PairDifference, 'what' | 'verdict' | 'members'>): string {
  if (verdict !== 'other' || members.length === 0 || (members.length === 1 && members[0] === 'Value')) return what;
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

/** Values of a record as text; null where there is none. One member stands alone, several with their names. */
export function valueText(
  kind: string,
  values: Readonly<Record<string, PlainValue>> | null,
  members: readonly string[],
): string | null {
  if (values === null) return null;
  if (RANGES.has(kind)) {
    const { StartRange, EndRange } = values;
    return StartRange === EndRange ? text(StartRange) : `${text(StartRange)} to ${text(EndRange)}`;
  }
  const telling = TELLING[kind];
  const chosen = members.length > 2 && telling !== undefined ? telling : members;
  const said = chosen.filter((member) => text(values[member]) !== '');
  const [first] = said;
  if (first === undefined) return members.length === 0 ? 'there' : '(empty)';
  if (said.length === 1) return text(values[first]);
  return said.map((member) => `${memberWords(member)} ${text(values[member])}`).join(', ');
}

function text(value: PlainValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (value === true) return 'on';
  if (value === false) return 'off';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
