import { dhcpError } from '../dhcp-error.js';
import { classMethods } from '../options/classes.js';
import { definitionMethods } from '../options/definitions.js';
import { changedDnsFlags, changesDnsFlags, DEFAULT_DNS_FLAGS, dnsFlagMembers } from '../options/dns-flags.js';
import type { OptionFamily } from '../options/option-family.js';
import { type ValueLevel, withoutValue, withValue } from '../options/value-level.js';
import { type ValueFamily, valueMethods } from '../options/values.js';
import { messages } from '../provider/messages.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { OptionValue } from '../scope.js';
import type { Dhcpv6Reservation } from '../state/dhcpv6-configuration.js';
import { addressOf, calledScope, scopeOfAddress, storeScope } from './find-dhcpv6-scope.js';
import { formatIpv6 } from './ipv6-address.js';

const dhcpv6Options: OptionFamily = {
  version: 6,
  absentClassCode: 2,
  maxOptionId: 0xffff,
  maxClassBytes: 256,
  store: (server) => server.configuration.v6,
};

/** A list of values, and how it is replaced. */
interface ValueStore {
  values(): readonly OptionValue[];
  replace(values: readonly OptionValue[]): void;
}

function levelOf({ values, replace }: ValueStore): ValueLevel {
  return {
    values,
    put: (value, { userClass }) => replace(withValue(values(), { ...value, ...(userClass !== '' && { userClass }) })),
    remove: (value) => replace(withoutValue(values(), value)),
    assertPolicy: () => undefined,
    assertNarrow: () => undefined,
  };
}

/** The values of the server, a scope, or a reservation; undefined for a reservation that is absent. */
function storeOf(call: ServerCall, ipAddress: string | undefined, message: string): ValueStore | undefined {
  const { server, parameters } = call;
  const { v6 } = server.configuration;
  if (ipAddress !== undefined) {
    const address = addressOf(ipAddress, message);
    const find = (): Dhcpv6Reservation | undefined =>
      scopeOfAddress(server, address)?.reservations.find((one) => one.ipAddress === formatIpv6(address));
    if (find() === undefined) return undefined;
    const replace = (optionValues: readonly OptionValue[]) => {
      const [scope, old] = [scopeOfAddress(server, address), find()];
      if (scope === undefined || old === undefined) return;
      const reservations = scope.reservations.map((one) => (one === old ? { ...one, optionValues } : one));
      storeScope(server, { ...scope, reservations });
    };
    return { values: () => find()?.optionValues ?? [], replace };
  }
  if (parameters.text('Prefix') !== undefined) {
    const current = () => calledScope(call, message, 2);
    current();
    return {
      values: () => current().optionValues,
      replace: (optionValues) => storeScope(server, { ...current(), optionValues }),
    };
  }
  return {
    values: () => v6.optionValues,
    replace: (optionValues) => {
      v6.optionValues = optionValues;
    },
  };
}

const values: ValueFamily = {
  ...dhcpv6Options,
  dnsOptionId: 23,
  common: new Map([
    ['DnsServer', 23],
    ['DomainSearchList', 24],
    ['InfoRefreshTime', 32],
  ]),
  isBadCombination: ({ parameters }) =>
    parameters.text('Prefix') !== undefined && parameters.text('ReservedIP') !== undefined,
  level: (call, message, use) => {
    const store = storeOf(call, call.parameters.text('ReservedIP'), message);
    // To remove from a reservation that is absent succeeds (MS-DHCPM 3.2.4.55).
    if (store === undefined && use !== 'remove') throw dhcpError(87, message);
    return store && levelOf(store);
  },
};

const DNS_CLASS = 'DhcpServerv6DnsSetting';
const DNS_OPTION = 39;
const SWITCHES = ['DeleteDnsRROnLeaseExpiry', 'NameProtection'] as const;

/** The levels of a call, the nearest first. */
function dnsLevels(call: ServerCall, message: string): ValueStore[] {
  const { server, parameters } = call;
  const [prefix, ipAddress] = [parameters.text('Prefix'), parameters.text('IPAddress')];
  if (prefix !== undefined && ipAddress !== undefined) throw dhcpError(87, message);
  const levels: ValueStore[] = [];
  if (ipAddress !== undefined) {
    const reservation = storeOf(call, ipAddress, message);
    if (reservation === undefined) throw dhcpError(20018, message);
    levels.push(reservation);
  }
  const own = prefix === undefined ? undefined : calledScope(call, message, 2);
  const scope = ipAddress === undefined ? own : scopeOfAddress(server, addressOf(ipAddress, message));
  if (scope !== undefined) {
    levels.push({
      values: () => scope.optionValues,
      replace: (optionValues) => storeScope(server, { ...scope, optionValues }),
    });
  }
  const { v6 } = server.configuration;
  const replace = (optionValues: readonly OptionValue[]) => {
    v6.optionValues = optionValues;
  };
  return [...levels, { values: () => v6.optionValues, replace }];
}

function flagsOf(levels: readonly ValueStore[]): number {
  for (const level of levels) {
    const value = level.values().find(({ optionId }) => optionId === DNS_OPTION);
    if (value !== undefined) return Number(value.value[0]);
  }
  return DEFAULT_DNS_FLAGS;
}

/** As for DHCPv4: from the setting that holds now to one of the level's own. */
function setDns(call: ServerCall): Row[] {
  const message = messages.failed('set DNS settings', call.host);
  if (!changesDnsFlags(call, SWITCHES)) throw dhcpError(87, message);
  const levels = dnsLevels(call, message);
  const flags = changedDnsFlags(call, flagsOf(levels), SWITCHES);
  const [level] = levels;
  level?.replace(withValue(level.values(), { optionId: DNS_OPTION, value: [String(flags)] }));
  return [dnsFlagMembers(flags, SWITCHES)];
}

/** Options, classes and DNS settings of DHCPv6 (MS-DHCPM 3.2.4.48 to 3.2.4.57). */
export const dhcpv6OptionMethods: ProviderMethods = {
  ...definitionMethods(dhcpv6Options),
  ...classMethods(dhcpv6Options),
  ...valueMethods(values),
  'PS_DhcpServerv6DnsSetting.Get': reads(DNS_CLASS, (call) => [
    dnsFlagMembers(flagsOf(dnsLevels(call, messages.failed('get DNS settings', call.host))), SWITCHES),
  ]),
  'PS_DhcpServerv6DnsSetting.Set': changes(DNS_CLASS, setDns),
};
