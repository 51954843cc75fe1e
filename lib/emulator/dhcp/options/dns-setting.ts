import { dhcpError } from '../dhcp-error.js';
import { policyList, replacePolicy, requirePolicy } from '../policies/policy-list.js';
import { messages } from '../provider/messages.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { OptionValue } from '../scope.js';
import { scopeWithId } from '../scopes/find-scope.js';
import { reservationAt } from '../scopes/reservations.js';
import { areUpdatesOn, changedDnsFlags, changesDnsFlags, DEFAULT_DNS_FLAGS, dnsFlagMembers } from './dns-flags.js';
import { DNS_OPTION, withValue } from './value-level.js';

const CLASS = 'DhcpServerv4DnsSetting';
const MAX_SUFFIX_LENGTH = 256;
const SWITCHES = [
  'UpdateDnsRRForOlderClients',
  'DeleteDnsRROnLeaseExpiry',
  'NameProtection',
  'DisableDnsPtrRRUpdate',
] as const;

/** A level's own option 81, and how it is replaced. */
interface Level {
  readonly own: OptionValue | undefined;
  store(value: OptionValue): void;
}

const dnsOption = (values: readonly OptionValue[] | undefined) =>
  values?.find(({ optionId, vendorClass }) => optionId === DNS_OPTION && !vendorClass);

/** The levels of a call, the nearest one first: reservation or policy, scope, server. */
function levels({ server, parameters, host }: ServerCall, message: string): Level[] {
  const { configuration } = server;
  const [ipAddress, policyName] = [parameters.text('IPAddress'), parameters.text('PolicyName')];
  const reserved = ipAddress === undefined ? undefined : reservationAt(server, ipAddress, message);
  const scopeId = parameters.text('ScopeId') ?? reserved?.scopeId;
  const scope = scopeId === undefined ? undefined : scopeWithId(server, scopeId, messages.getScope(scopeId, host));
  const chain: Level[] = [];
  if (reserved !== undefined) {
    const { reservation, scope: home } = reserved;
    chain.push({
      own: dnsOption(reservation.optionValues),
      store: (value) => {
        const optionValues = withValue(reservation.optionValues ?? [], value);
        home.configuration.reservations = home.configuration.reservations.map((one) =>
          one === reservation ? { ...one, optionValues } : one,
        );
      },
    });
  }
  if (policyName !== undefined) {
    const list = policyList(server, scopeId, host);
    const policy = requirePolicy(list, policyName, message);
    const store = (value: OptionValue) => {
      replacePolicy(list, policy, { ...policy, optionValues: withValue(policy.optionValues ?? [], value) });
    };
    chain.push({ own: dnsOption(policy.optionValues), store });
  }
  for (const holder of scope === undefined ? [configuration] : [scope.configuration, configuration]) {
    chain.push({
      own: dnsOption(holder.optionValues),
      store: (value) => {
        holder.optionValues = [...withValue(holder.optionValues, value)];
      },
    });
  }
  return chain;
}

function flagsOf(chain: readonly Level[]): number {
  const nearest = chain.find(({ own }) => own !== undefined)?.own;
  return nearest === undefined ? DEFAULT_DNS_FLAGS : Number(nearest.value[0]);
}

function rowOf({ server, parameters, host }: ServerCall, flags: number): Row {
  const policyName = parameters.text('PolicyName');
  const list = policyName === undefined ? undefined : policyList(server, parameters.text('ScopeId'), host);
  const suffix = list?.all().find(({ name }) => name.toLowerCase() === policyName?.toLowerCase())?.dnsSuffix;
  return { ...dnsFlagMembers(flags, SWITCHES), DnsSuffix: suffix ?? '' };
}

/** IPAddress stands alone; ScopeId and PolicyName may stand together. */
function assertCombination({ parameters }: ServerCall, message: string): void {
  const isReserved = parameters.text('IPAddress') !== undefined;
  if (isReserved && (parameters.text('ScopeId') !== undefined || parameters.text('PolicyName') !== undefined)) {
    throw dhcpError(87, message);
  }
}

function get(call: ServerCall): Row[] {
  const message = messages.failed('get DNS settings', call.host);
  assertCombination(call, message);
  return [rowOf(call, flagsOf(levels(call, message)))];
}

/** The suffix is one of the policy itself, and not of option 81 (MS-DHCPM 3.2.4.127 to 3.2.4.129). */
function storeSuffix({ server, parameters, host }: ServerCall, dnsSuffix: string, message: string): void {
  const list = policyList(server, parameters.text('ScopeId'), host);
  const policy = requirePolicy(list, parameters.text('PolicyName') ?? '', message);
  replacePolicy(list, policy, { ...policy, dnsSuffix });
}

/** Starts from the setting that holds now, changes what is given, and stores all of it at the level. */
function set(call: ServerCall): Row[] {
  const { parameters, host } = call;
  const message = messages.failed('set DNS settings', host);
  assertCombination(call, message);
  const suffix = parameters.text('DnsSuffix');
  const changesFlags = changesDnsFlags(call, SWITCHES);
  const isBadSuffix =
    suffix !== undefined && (parameters.text('PolicyName') === undefined || suffix.length > MAX_SUFFIX_LENGTH);
  if ((!changesFlags && suffix === undefined) || isBadSuffix) throw dhcpError(87, message);
  const chain = levels(call, message);
  const flags = changedDnsFlags(call, flagsOf(chain), SWITCHES);
  const deletes = parameters.flag('DeleteDnsRROnLeaseExpiry') === true;
  if (deletes && !areUpdatesOn(flags)) throw dhcpError(87, message);
  if (changesFlags) chain[0]?.store({ optionId: DNS_OPTION, value: [String(flags)] });
  if (suffix !== undefined) storeSuffix(call, suffix, message);
  return [rowOf(call, flags)];
}

/** PS_DhcpServerv4DnsSetting: option 81 (a DWord of flags) by names. */
export const dnsSettingMethods: ProviderMethods = {
  'PS_DhcpServerv4DnsSetting.Get': reads(CLASS, get),
  'PS_DhcpServerv4DnsSetting.Set': changes(CLASS, set),
};
