import { TimeSpan } from '../../../cim/value/time-span.js';
import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import { type OptionValue, type ScopePolicy, UNLIMITED_LEASE_SECONDS } from '../scope.js';
import { conditionKinds, conditionOf, givenConditions, hasConditions, kindNames } from './policy-conditions.js';
import { findPolicy, numbered, type PolicyList, placed, policyList, requirePolicy } from './policy-list.js';

const CLASS = 'DhcpServerv4Policy';
const LEASE_OPTION = 51;
const DNS_OPTION = 81;
const MAX_NAME_LENGTH = 64;
const MAX_DESCRIPTION_LENGTH = 255;

const failed = (verb: string, name: string, host: string) => messages.failed(`${verb} policy ${name}`, host);
const listOf = ({ server, parameters, host }: ServerCall) => policyList(server, parameters.text('ScopeId'), host);

function row(policy: ScopePolicy, list: PolicyList): Row {
  const seconds = policy.optionValues?.find(({ optionId }) => optionId === LEASE_OPTION)?.value[0];
  const conditions = kindNames.map((kind) => {
    const condition = conditionOf(policy, kind);
    return [kind, condition.length === 0 ? null : [...condition]] as const;
  });
  return {
    Name: policy.name,
    Description: policy.description,
    ScopeId: list.scopeId,
    Enabled: policy.enabled,
    // As real files and reports have it; the class lists And and Or.
    Condition: policy.condition.toUpperCase(),
    ProcessingOrder: policy.processingOrder,
    ...Object.fromEntries(conditions),
    // Zero for none: null would not bind when policies are piped to Add- and Set-, which public guides do.
    LeaseDuration: shownDuration(Number(seconds ?? 0)),
  };
}

function shownDuration(seconds: number): TimeSpan {
  return seconds === UNLIMITED_LEASE_SECONDS ? TimeSpan.maxValue : TimeSpan.from({ seconds });
}

function get(call: ServerCall): ProviderResult<Row> | Row[] {
  const list = listOf(call);
  const names = call.parameters.texts('Name') ?? [];
  if (names.length > 0) {
    return forEachItem(names, (name) => [row(requirePolicy(list, name, failed('get', name, call.host)), list)]);
  }
  return [...list.all()].sort((a, b) => a.processingOrder - b.processingOrder).map((policy) => row(policy, list));
}

function checkTexts({ parameters }: ServerCall, name: string, message: string): void {
  const description = parameters.text('Description') ?? '';
  if (name === '' || name.length > MAX_NAME_LENGTH || description.length > MAX_DESCRIPTION_LENGTH) {
    throw dhcpError(87, message);
  }
}

function withLease(values: readonly OptionValue[] | undefined, seconds: number | undefined): readonly OptionValue[] {
  const others = (values ?? []).filter(({ optionId }) => optionId !== LEASE_OPTION);
  if (seconds === undefined) return values ?? [];
  if (seconds === 0) return others;
  return [...others, { optionId: LEASE_OPTION, value: [String(Math.trunc(seconds))] }];
}

/** MS-DHCPM 3.2.4.109. */
function add(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const name = parameters.text('Name') ?? '';
  const message = failed('add', name, host);
  const condition = parameters.choice('Condition', ['And', 'Or']);
  checkTexts(call, name, message);
  if (condition === undefined) throw dhcpError(87, message);
  // A class that is absent is told of after everything else.
  const anyClass = server.configuration.classes;
  const absent = forEachItem([undefined], () => [givenConditions(parameters, anyClass, message)]);
  const [classError] = absent.errors;
  if (classError !== undefined && classError.number !== 20044) throw classError;
  const conditions = absent.output[0] ?? new Map();
  if (classError === undefined && [...conditions.values()].every((one) => one.length === 0)) {
    throw dhcpError(20109, message);
  }
  const list = listOf(call);
  if (findPolicy(list, name) !== undefined) throw dhcpError(20105, message);
  const order = checkedOrder(parameters.number('ProcessingOrder'), list.all().length + 1, message);
  if (classError !== undefined) throw classError;
  const policy: ScopePolicy = {
    name,
    description: parameters.text('Description') ?? '',
    enabled: parameters.flag('Enabled') ?? true,
    condition,
    processingOrder: order,
    macAddress: [],
    ranges: [],
    ...Object.fromEntries([...conditions].map(([kind, texts]) => [conditionKinds[kind as never], texts])),
    optionValues: withLease(undefined, parameters.leaseSeconds('LeaseDuration')),
  };
  list.replace(placed(list.all(), policy, order));
  return [row(requirePolicy(list, name, message), list)];
}

/** The place that is asked for, from 1 to the last one that there can be; 20110 for another one. */
function checkedOrder(given: number | undefined, last: number, message: string): number {
  const order = given ?? last;
  if (order < 1 || order > last) throw dhcpError(20110, message);
  return order;
}

/** MS-DHCPM 3.2.4.111: what is not given stays, an empty condition goes. */
function set(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const name = parameters.text('Name') ?? '';
  const message = failed('set properties of', name, host);
  const newName = parameters.text('NewName') ?? name;
  checkTexts(call, newName, message);
  const list = listOf(call);
  const policy = requirePolicy(list, name, message);
  const other = findPolicy(list, newName);
  if (other !== undefined && other !== policy) throw dhcpError(20105, message);
  const conditions = givenConditions(parameters, server.configuration.classes, message);
  // One behind the last place is the last place.
  const order = checkedOrder(
    parameters.number('ProcessingOrder') ?? policy.processingOrder,
    list.all().length + 1,
    message,
  );
  const changed: ScopePolicy = {
    ...policy,
    name: parameters.has('NewName') ? newName : policy.name,
    description: parameters.text('Description') ?? policy.description,
    enabled: parameters.flag('Enabled') ?? policy.enabled,
    condition: parameters.choice('Condition', ['And', 'Or']) ?? policy.condition,
    ...Object.fromEntries([...conditions].map(([kind, texts]) => [conditionKinds[kind], texts])),
    optionValues: withLease(policy.optionValues, parameters.leaseSeconds('LeaseDuration')),
  };
  if (!hasConditions(changed)) throw dhcpError(20109, message);
  const isNarrow = changed.optionValues?.every(({ optionId }) => [LEASE_OPTION, DNS_OPTION].includes(optionId)) ?? true;
  const looksAtNames = conditionOf(changed, 'Fqdn').length > 0;
  if (looksAtNames && (changed.ranges.length > 0 || !isNarrow)) throw dhcpError(20137, message);
  const others = list.all().filter((one) => one !== policy);
  list.replace(placed(others, changed, order));
  return [row(requirePolicy(list, changed.name, message), list)];
}

function remove(call: ServerCall): ProviderResult<Row> {
  const list = listOf(call);
  return forEachItem(call.parameters.texts('Name') ?? [], (name) => {
    const policy = requirePolicy(list, name, failed('delete', name, call.host));
    const gone = row(policy, list);
    list.replace(numbered(list.all().filter((one) => one !== policy)));
    return [gone];
  });
}

/** PS_DhcpServerv4Policy (MS-DHCPM 3.2.4.109 to 3.2.4.112). */
export const policyMethods: ProviderMethods = {
  'PS_DhcpServerv4Policy.Get': reads(CLASS, get),
  'PS_DhcpServerv4Policy.Add': changes(CLASS, add),
  'PS_DhcpServerv4Policy.Set': changes(CLASS, set),
  'PS_DhcpServerv4Policy.Remove': changes(CLASS, remove),
};
