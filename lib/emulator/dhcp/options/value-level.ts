import { dhcpError } from '../dhcp-error.js';
import { classOfPolicy, conditionOf } from '../policies/policy-conditions.js';
import { findPolicy, numbered, policyList, replacePolicy, requirePolicy } from '../policies/policy-list.js';
import { messages } from '../provider/messages.js';
import type { ServerCall } from '../provider/provider-method.js';
import { DEFAULT_LEASE_SECONDS, type OptionValue, type Scope, type ScopePolicy } from '../scope.js';
import { scopeWithId } from '../scopes/find-scope.js';
import { reservationAt } from '../scopes/reservations.js';
import { findClass, type OptionFamily } from './option-family.js';

const LEASE_OPTION = 51;
export const DNS_OPTION = 81;

/** What a call of an option value cmdlet selects; empty texts count as not given. */
export interface ValueSelectors {
  readonly vendorClass: string;
  readonly userClass: string;
  readonly policyName: string;
}

/** The option values of a server, a scope or a reservation, those of its policies among them. */
export interface ValueLevel {
  /** With `policyName` for what stands in a policy, and `userClass` for what a user class's policy holds. */
  values(): readonly OptionValue[];
  put(value: OptionValue, selectors: ValueSelectors): void;
  remove(value: OptionValue): void;
  /** A policy whose name is given exists; 20111 if not. */
  assertPolicy(name: string, message: string): void;
  /** A policy that looks at names takes 51 and 81 alone: 20136. One that is absent takes anything. */
  assertNarrow(name: string, optionIds: Iterable<number>, message: string): void;
}

export function selectorsOf({ parameters }: ServerCall): ValueSelectors {
  return {
    vendorClass: parameters.text('VendorClass') ?? '',
    userClass: parameters.text('UserClass') ?? '',
    policyName: parameters.text('PolicyName') ?? '',
  };
}

const same = (a: string | undefined, b: string | undefined) => (a ?? '').toLowerCase() === (b ?? '').toLowerCase();

function isSameValue(a: OptionValue, b: OptionValue): boolean {
  return a.optionId === b.optionId && same(a.vendorClass, b.vendorClass) && same(a.userClass, b.userClass);
}

/** A list with a value in the place of the one like it, else at its end: lists keep the order in which they were filled. */
export function withValue(values: readonly OptionValue[], value: OptionValue): readonly OptionValue[] {
  const known = values.some((one) => isSameValue(one, value));
  return known ? values.map((one) => (isSameValue(one, value) ? value : one)) : [...values, value];
}

export function withoutValue(values: readonly OptionValue[], value: OptionValue): readonly OptionValue[] {
  return values.filter((one) => !isSameValue(one, value));
}

/** The classes of a call exist (20044, in DHCPv6 2). Gives their spelling. */
export function assertClasses(
  family: OptionFamily,
  { server }: ServerCall,
  selectors: ValueSelectors,
  message: string,
): void {
  const store = family.store(server);
  for (const [type, name] of [
    ['Vendor', selectors.vendorClass],
    ['User', selectors.userClass],
  ] as const) {
    if (name !== '' && findClass(store, type, name) === undefined) throw dhcpError(family.absentClassCode, message);
  }
}

/** The level that ScopeId and ReservedIP, or neither, select: 20005 and 20018 for those that are absent. */
export function valueLevel(call: ServerCall, message: string): ValueLevel {
  const { server, parameters, host } = call;
  const [scopeId, reservedIp] = [parameters.text('ScopeId') ?? '', parameters.text('ReservedIP') ?? ''];
  if (reservedIp !== '') return reservationLevel(call, reservedIp, message);
  const scope = scopeId === '' ? undefined : scopeWithId(server, scopeId, messages.getScope(scopeId, host));
  return policyLevel(call, scope);
}

function reservationLevel({ server }: ServerCall, reservedIp: string, message: string): ValueLevel {
  const { scope, reservation } = reservationAt(server, reservedIp, message);
  const { configuration } = scope;
  const store = (optionValues: readonly OptionValue[]) => {
    configuration.reservations = configuration.reservations.map((one) =>
      one.ipAddress === reservation.ipAddress ? { ...one, optionValues } : one,
    );
  };
  const values = () =>
    configuration.reservations.find(({ ipAddress }) => ipAddress === reservation.ipAddress)?.optionValues ?? [];
  return {
    values,
    put: (value, { userClass }) => store(withValue(values(), { ...value, ...(userClass !== '' && { userClass }) })),
    remove: (value) => store(withoutValue(values(), value)),
    assertPolicy: (name) => {
      if (name !== '') throw dhcpError(87, message);
    },
    assertNarrow: () => undefined,
  };
}

/** The server's or a scope's own values: its option 51 is the scope's lease duration. */
function ownValues({ server }: ServerCall, scope: Scope | undefined) {
  const holder = scope?.configuration ?? server.configuration;
  const isLease = ({ optionId, vendorClass, userClass }: OptionValue) =>
    scope !== undefined && optionId === LEASE_OPTION && !vendorClass && !userClass;
  return {
    all: (): readonly OptionValue[] => {
      if (scope === undefined) return holder.optionValues;
      const lease = { optionId: LEASE_OPTION, value: [String(scope.configuration.leaseDurationSeconds)] };
      return [lease, ...holder.optionValues.filter((value) => !isLease(value))];
    },
    put: (value: OptionValue) => {
      if (scope !== undefined && isLease(value)) scope.configuration.leaseDurationSeconds = Number(value.value[0]);
      else holder.optionValues = [...withValue(holder.optionValues, value)];
    },
    remove: (value: OptionValue) => {
      // What a scope lends for without its option 51 no source says: the default of Windows here.
      if (scope !== undefined && isLease(value)) scope.configuration.leaseDurationSeconds = DEFAULT_LEASE_SECONDS;
      else holder.optionValues = [...withoutValue(holder.optionValues, value)];
    },
  };
}

function policyLevel(call: ServerCall, scope: Scope | undefined): ValueLevel {
  const { server, host } = call;
  const own = ownValues(call, scope);
  const list = policyList(server, scope?.configuration.scopeId, host);
  const inPolicies = (): OptionValue[] =>
    list.all().flatMap((policy) => {
      const userClass = classOfPolicy(policy);
      return (policy.optionValues ?? []).map((value) => ({
        ...value,
        policyName: policy.name,
        ...(userClass !== '' && { userClass }),
      }));
    });
  const change = (policy: ScopePolicy, optionValues: readonly OptionValue[]) =>
    replacePolicy(list, policy, { ...policy, optionValues });
  return {
    values: () => [...own.all(), ...inPolicies()],
    put: (value, { userClass, policyName }) => {
      if (policyName === '' && userClass === '') return own.put(value);
      const policy =
        findPolicy(list, policyName === '' ? userClass : policyName) ?? addClassPolicy(call, scope, userClass);
      change(policy, withValue(policy.optionValues ?? [], value));
    },
    remove: ({ policyName = '', userClass: _userClass, ...value }) => {
      const policy = policyName === '' ? undefined : findPolicy(list, policyName);
      if (policy === undefined) return own.remove(value);
      change(policy, withoutValue(policy.optionValues ?? [], value));
    },
    assertPolicy: (name, message) => {
      if (name !== '') requirePolicy(list, name, message);
    },
    assertNarrow: (name, optionIds, message) => {
      const policy = name === '' ? undefined : findPolicy(list, name);
      if (policy === undefined || conditionOf(policy, 'Fqdn').length === 0) return;
      const isNarrow = [...optionIds].every((id) => id === LEASE_OPTION || id === DNS_OPTION);
      if (!isNarrow) throw dhcpError(20136, message);
    },
  };
}

/** Since 2012 the values of a user class stand in a policy that is called like it, with the one condition that the client is of it. */
function addClassPolicy({ server, host }: ServerCall, scope: Scope | undefined, userClass: string): ScopePolicy {
  const list = policyList(server, scope?.configuration.scopeId, host);
  const known = server.configuration.classes.find(({ type, name }) => type === 'User' && same(name, userClass));
  const policy: ScopePolicy = {
    name: known?.name ?? userClass,
    description: known?.description ?? '',
    enabled: true,
    condition: 'Or',
    processingOrder: list.all().length + 1,
    macAddress: [],
    ranges: [],
    userClass: ['EQ', known?.name ?? userClass],
    optionValues: [],
  };
  list.replace(numbered([...list.all(), policy]));
  return requirePolicy(list, policy.name, '');
}
