import { CimletError } from '../../base/errors.js';
import { TimeSpan } from '../../cim/value/time-span.js';
import { type ConfigurationItem, type ItemKind, KINDS, type PlainValue } from '../model/configuration-item.js';
import type { RelationshipReading } from '../model/server-reading.js';
import { dnsSettingOf } from './dns-setting-option.js';

/** An instance of a class, by its properties. */
export type PartRow = object;

const DNS_OPTION = '81';
const LEASE_OPTION = '51';
/** What stands for a lease without an end in option 51. */
const UNLIMITED = '4294967295';

const propertyOf = (row: PartRow, name: string): unknown => Reflect.get(row, name);

/** A value as JSON has it; intervals are texts, 64-bit integers decimal ones. */
function plainValue(value: unknown): PlainValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.map((one) => textOf(one)) : textOf(value);
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** A property that identifies a row. @throws CimletError `ERR_PROTOCOL` where it has none: nobody knows of what the row tells. */
export function keyText(row: PartRow, name: string): string {
  const value = textOf(propertyOf(row, name));
  if (value === '') throw new CimletError('ERR_PROTOCOL', `The server told of something that has no ${name}.`);
  return value;
}

/** Names of Windows are compared without regard to case. */
const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts.map((part) => part.toLowerCase()));

function item(
  kind: ItemKind,
  scopeId: string | null,
  parts: readonly string[],
  label: string,
  row: PartRow,
): ConfigurationItem {
  const { keys = [], members } = KINDS[kind];
  const values: Record<string, PlainValue> = {};
  for (const name of keys) values[name] = plainValue(propertyOf(row, name));
  for (const name of members) values[name] = plainValue(propertyOf(row, name));
  return { kind, scopeId, key: keyOf(...parts), label, values };
}

export function scopeItem(row: PartRow): ConfigurationItem {
  const scopeId = keyText(row, 'ScopeId');
  return item('scope', scopeId, [], scopeId, row);
}

export function exclusionItem(row: PartRow): ConfigurationItem {
  const [start, end] = [keyText(row, 'StartRange'), keyText(row, 'EndRange')];
  const label = start === end ? start : `${start} to ${end}`;
  return item('exclusion', keyText(row, 'ScopeId'), [start, end], label, row);
}

export function reservationItem(row: PartRow, scopeId: string): ConfigurationItem {
  const address = keyText(row, 'IPAddress');
  return item('reservation', scopeId, [address], address, row);
}

/** `ranges`: those of the scope's policies. */
export function policyItem(row: PartRow, scopeId: string, ranges: readonly PartRow[]): ConfigurationItem {
  const name = keyText(row, 'Name');
  const own = ranges
    .filter((range) => keyText(range, 'Name').toLowerCase() === name.toLowerCase())
    .map((range) => `${keyText(range, 'StartRange')}-${keyText(range, 'EndRange')}`);
  return item('policy', scopeId, [name], name, {
    ...named(row, ['Name', ...KINDS.policy.members]),
    Ranges: own.sort(),
  });
}

const named = (row: PartRow, members: readonly string[]): PartRow =>
  Object.fromEntries(members.map((member) => [member, propertyOf(row, member)]));

export function serverPolicyItem(row: PartRow): ConfigurationItem {
  const name = keyText(row, 'Name');
  return item('serverPolicy', null, [name], name, row);
}

export function classItem(row: PartRow): ConfigurationItem {
  const [name, type] = [keyText(row, 'Name'), keyText(row, 'Type')];
  return item('class', null, [type, name], `${name} (${type})`, row);
}

export function definitionItem(row: PartRow): ConfigurationItem {
  const [id, vendor] = [keyText(row, 'OptionId'), textOf(propertyOf(row, 'VendorClass'))];
  return item('optionDefinition', null, [id, vendor], vendor === '' ? id : `${id} of vendor class ${vendor}`, row);
}

export function filterItem(row: PartRow): ConfigurationItem {
  const address = keyText(row, 'MacAddress');
  return item('filter', null, [address], address, row);
}

export function filterListItem(row: PartRow): ConfigurationItem {
  return item('filterList', null, [], '', row);
}

/** What Windows keeps as an option, and an administrator knows by another name: a policy's lease duration, the DNS settings of a server, a policy, a reservation. */
const OPTION_WORDS: ReadonlyMap<string, string> = new Map([
  [LEASE_OPTION, 'lease duration in seconds'],
  [DNS_OPTION, 'DNS settings'],
]);
const OPTION_NAMES = ['OptionId', 'VendorClass', 'UserClass', 'PolicyName'];

/** A value of a scope or of the server. `of`: the address of a reservation. */
export function optionItem(
  row: PartRow,
  kind: 'option' | 'serverOption' | 'reservationOption',
  scopeId: string | null,
  of?: string,
): ConfigurationItem {
  const id = keyText(row, 'OptionId');
  const [vendor = '', user = '', policy = ''] = ['VendorClass', 'UserClass', 'PolicyName'].map((name) =>
    textOf(propertyOf(row, name)),
  );
  const word = OPTION_WORDS.get(id);
  const told = vendor === '' && word !== undefined ? `${id} (${word})` : id;
  const label = [
    of === undefined ? told : `${of}: ${told}`,
    ...(vendor === '' ? [] : [`of vendor class ${vendor}`]),
    ...(user === '' || user === policy ? [] : [`of user class ${user}`]),
    ...(policy === '' ? [] : [`of policy ${policy}`]),
  ].join(' ');
  const parts = [id, vendor, user, policy];
  if (of === undefined) return item(kind, scopeId, parts, label, row);
  return item(kind, scopeId, [of, ...parts], label, { ...named(row, [...OPTION_NAMES, 'Value']), ReservedIP: of });
}

/** The values of a scope, its DNS settings among them, which Windows keeps as option 81; and without what only repeats the scope's lease duration. */
export function scopeOptionItems(
  rows: readonly PartRow[],
  scopeId: string,
  scope: PartRow | undefined,
): ConfigurationItem[] {
  const lease = scope === undefined ? undefined : leaseSeconds(propertyOf(scope, 'LeaseDuration'));
  return rows.flatMap((row) => {
    const option = optionItem(row, 'option', scopeId);
    const isPlain = ['VendorClass', 'UserClass', 'PolicyName'].every((name) => textOf(propertyOf(row, name)) === '');
    const [first] = Array.isArray(option.values['Value']) ? option.values['Value'] : [];
    const id = keyText(row, 'OptionId');
    if (!isPlain || first === undefined) return [option];
    if (id === LEASE_OPTION && first === lease) return [];
    if (id !== DNS_OPTION) return [option];
    const setting = dnsSettingOf(first);
    return setting === undefined ? [option] : [item('dnsSetting', scopeId, [], '', setting)];
  });
}

function leaseSeconds(duration: unknown): string | undefined {
  if (!(duration instanceof TimeSpan)) return undefined;
  return TimeSpan.compare(duration, TimeSpan.maxValue) === 0 ? UNLIMITED : String(duration.totalSeconds);
}

export function relationshipReading(row: PartRow): RelationshipReading {
  const text = (name: string) => textOf(propertyOf(row, name));
  const number = (name: string) => {
    const value = propertyOf(row, name);
    return typeof value === 'number' ? value : null;
  };
  const scopes = plainValue(propertyOf(row, 'ScopeId'));
  return {
    Name: keyText(row, 'Name'),
    PartnerServer: text('PartnerServer'),
    Mode: text('Mode'),
    ServerRole: text('ServerRole') || null,
    LoadBalancePercent: number('LoadBalancePercent'),
    ReservePercent: number('ReservePercent'),
    ScopeId: Array.isArray(scopes) ? scopes : [],
    MaxClientLeadTime: text('MaxClientLeadTime'),
    AutoStateTransition: propertyOf(row, 'AutoStateTransition') === true,
    StateSwitchInterval: text('StateSwitchInterval') || null,
    State: text('State'),
    EnableAuth: propertyOf(row, 'EnableAuth') === true,
    PrimaryServerIP: text('PrimaryServerIP'),
    SecondaryServerIP: text('SecondaryServerIP'),
    PrimaryServerName: text('PrimaryServerName'),
    SecondaryServerName: text('SecondaryServerName'),
    ServerType: text('ServerType'),
  };
}
