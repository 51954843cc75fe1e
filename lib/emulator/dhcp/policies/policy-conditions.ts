import { dhcpError } from '../dhcp-error.js';
import type { MethodArguments } from '../provider/method-arguments.js';
import type { ScopePolicy } from '../scope.js';
import type { DhcpClass } from '../state/dhcp-class.js';

/** What a policy can look at, by parameter and property. */
export const conditionKinds = {
  VendorClass: 'vendorClass',
  UserClass: 'userClass',
  MacAddress: 'macAddress',
  ClientId: 'clientId',
  RelayAgent: 'relayAgent',
  CircuitId: 'circuitId',
  RemoteId: 'remoteId',
  SubscriberId: 'subscriberId',
  Fqdn: 'fqdn',
} as const;

export type ConditionKind = keyof typeof conditionKinds;
export const kindNames = Object.keys(conditionKinds) as readonly ConditionKind[];

/** Kinds of which a comparator takes one value. */
const SINGLE: readonly ConditionKind[] = ['CircuitId', 'RemoteId', 'SubscriberId'];

export function conditionOf(policy: ScopePolicy, kind: ConditionKind): readonly string[] {
  return policy[conditionKinds[kind]] ?? [];
}

export function hasConditions(policy: ScopePolicy): boolean {
  return kindNames.some((kind) => conditionOf(policy, kind).length > 0);
}

/** A condition parameter in the form that is stored: 20109 for what is no condition, 20044 for a class that is absent. */
function checkedCondition(
  kind: ConditionKind,
  given: readonly string[],
  classes: readonly DhcpClass[],
  message: string,
): readonly string[] {
  const comparators = kind === 'Fqdn' ? ['EQ', 'NE', 'ISL', 'INSL'] : ['EQ', 'NE'];
  const out: string[] = [];
  let values = 1;
  let comparator = '';
  for (const text of given) {
    const upper = text.trim().toUpperCase();
    if (comparators.includes(upper)) {
      if (values === 0 && !isAlone(comparator)) throw dhcpError(20109, message);
      comparator = upper;
      values = 0;
      out.push(upper);
      continue;
    }
    // ISL and INSL stand with an empty value.
    if (comparator === '' || (isAlone(comparator) && text !== '')) throw dhcpError(20109, message);
    values++;
    if (values > 1 && SINGLE.includes(kind)) throw dhcpError(20109, message);
    if (!isAlone(comparator)) out.push(checkedValue(kind, text, classes, message));
  }
  if (comparator === '' || (values === 0 && !isAlone(comparator))) throw dhcpError(20109, message);
  return out;
}

function isAlone(comparator: string): boolean {
  return comparator === 'ISL' || comparator === 'INSL';
}

function checkedValue(kind: ConditionKind, text: string, classes: readonly DhcpClass[], message: string): string {
  if (kind === 'Fqdn') {
    if (text === '') throw dhcpError(20109, message);
    return text;
  }
  if (kind === 'VendorClass' || kind === 'UserClass') {
    const name = text.replace(/^\*|\*$/g, '').toLowerCase();
    const type = kind === 'VendorClass' ? 'Vendor' : 'User';
    const found = classes.find((one) => one.type === type && one.name.toLowerCase() === name);
    if (found === undefined) throw dhcpError(20044, message);
    return text;
  }
  const star = text.endsWith('*') ? '*' : '';
  const digits = text.slice(0, text.length - star.length).replaceAll('-', '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) throw dhcpError(20109, message);
  const pairs = (digits.toUpperCase().match(/../g) ?? []).join('-');
  const bytes = digits.length / 2;
  if (kind === 'MacAddress' && (star === '' ? bytes !== 6 : bytes >= 6)) throw dhcpError(20109, message);
  return pairs + star;
}

/** The conditions that a call names. A single empty text takes a kind away. */
export function givenConditions(
  parameters: MethodArguments,
  classes: readonly DhcpClass[],
  message: string,
): ReadonlyMap<ConditionKind, readonly string[]> {
  const conditions = new Map<ConditionKind, readonly string[]>();
  for (const kind of kindNames) {
    const given = parameters.texts(kind);
    if (given === undefined) continue;
    const isEmpty = given.length === 0 || (given.length === 1 && given[0] === '');
    conditions.set(kind, isEmpty ? [] : checkedCondition(kind, given, classes, message));
  }
  return conditions;
}

/** Whether a condition of a policy names a class. */
export function usesClass(policy: ScopePolicy, { type, name }: Pick<DhcpClass, 'type' | 'name'>): boolean {
  const kind = type === 'Vendor' ? 'VendorClass' : 'UserClass';
  return conditionOf(policy, kind).some((text) => text.replace(/^\*|\*$/g, '').toLowerCase() === name.toLowerCase());
}

/** The user class of a policy whose only condition is that it equals the client's (MS-DHCPM 3.2.4.109); else empty. */
export function classOfPolicy(policy: ScopePolicy): string {
  const used = kindNames.filter((kind) => conditionOf(policy, kind).length > 0);
  const [comparator, name = '', ...more] = conditionOf(policy, 'UserClass');
  const isOnly = used.length === 1 && used[0] === 'UserClass' && comparator === 'EQ' && more.length === 0;
  return isOnly && !name.includes('*') ? name : '';
}
