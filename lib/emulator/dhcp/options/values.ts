import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { OptionValue } from '../scope.js';
import { MIN_REFRESH_SECONDS } from './definitions.js';
import { assertDnsServers } from './dns-servers.js';
import { findDefinition, type OptionFamily, sameName } from './option-family.js';
import { optionText } from './option-text.js';
import { assertClasses, DNS_OPTION, selectorsOf, type ValueLevel, type ValueSelectors } from './value-level.js';

/** What the option value cmdlets of DHCPv4 and DHCPv6 do not share. */
export interface ValueFamily extends OptionFamily {
  /** The option that `-DnsServer` sets. */
  readonly dnsOptionId: number;
  /** Parameters of Set that stand for an option, with the option's id. */
  readonly common: ReadonlyMap<string, number>;
  /** A combination of parameters that cannot be: 87. */
  isBadCombination(call: ServerCall): boolean;
  level(call: ServerCall, message: string, use: 'get' | 'set' | 'remove'): ValueLevel | undefined;
}

const matches = (given: string, value: string | undefined) => sameName(given, value ?? '');

/** What Get looks at: without All only what the call names, with All everything within it. */
function isSelected(value: OptionValue, { vendorClass, userClass, policyName }: ValueSelectors, all: boolean): boolean {
  const isOf = (given: string, own: string | undefined) => (given === '' && all ? true : matches(given, own));
  if (!isOf(vendorClass, value.vendorClass)) return false;
  // A user class's values stand in its policy: either name finds them.
  if (userClass !== '') return matches(userClass, value.userClass);
  if (policyName !== '') return matches(policyName, value.policyName);
  return all || (!value.userClass && !value.policyName);
}

/** PS_DhcpServerv4OptionValue and PS_DhcpServerv6OptionValue (MS-DHCPM 3.2.4.20 to 3.2.4.24, 3.2.4.53 to 3.2.4.55, 3.2.4.102 to 3.2.4.104). */
export function valueMethods(family: ValueFamily): ProviderMethods {
  const className = `DhcpServerv${family.version}OptionValue`;
  const failed = (verb: string, id: number, host: string) => messages.failed(`${verb} option value of ${id}`, host);

  function row(call: ServerCall, value: OptionValue): Row {
    const definition = findDefinition(family.store(call.server), value.optionId, value.vendorClass ?? '');
    return {
      OptionId: value.optionId,
      Name: call.parameters.flag('Brief') === true ? null : (definition?.name ?? null),
      Type: definition?.type ?? 'DWord',
      Value: [...value.value],
      VendorClass: value.vendorClass ?? '',
      // Values of a class that are asked for by their policy come without it, as an export of Windows has them.
      UserClass: call.parameters.text('PolicyName') ? '' : (value.userClass ?? ''),
      ...(family.version === 4 && { PolicyName: value.policyName ?? '' }),
    };
  }

  function get(call: ServerCall): ProviderResult<Row> | Row[] {
    const { parameters, host } = call;
    const message = messages.failed('get option values', host);
    if (family.isBadCombination(call)) throw dhcpError(87, message);
    const selectors = selectorsOf(call);
    const all = parameters.flag('All') === true;
    assertClasses(family, call, selectors, message);
    const level = family.level(call, message, 'get');
    level?.assertPolicy(selectors.policyName, message);
    const found = (level?.values() ?? []).filter((value) => isSelected(value, selectors, all));
    const ids = parameters.numbers('OptionId') ?? [];
    if (ids.length === 0) return found.map((value) => row(call, value));
    return forEachItem(ids, (id) => {
      const values = found.filter(({ optionId }) => optionId === id);
      if (values.length === 0) throw dhcpError(20010, failed('get', id, host));
      return values.map((value) => row(call, value));
    });
  }

  /** A value as it will be stored: 20010 for an option that is not defined, 20103 for what does not fit the definition. */
  function converted(call: ServerCall, optionId: number, given: readonly string[], vendorClass: string): OptionValue {
    const { server, host } = call;
    const message = failed('set', optionId, host);
    const definition = findDefinition(family.store(server), optionId, vendorClass);
    // Option 81 of DHCPv4 has no definition: it holds the DNS settings.
    const isDnsSetting = family.version === 4 && optionId === DNS_OPTION && vendorClass === '';
    if (definition === undefined && !isDnsSetting) throw dhcpError(20010, message);
    const value = optionText(definition ?? { type: 'DWord', multiValued: false }, given);
    if (value === undefined) throw dhcpError(20103, messages.optionMismatch(optionId, host));
    if (family.version === 6 && optionId === 32 && Number(value[0]) < MIN_REFRESH_SECONDS)
      throw dhcpError(20057, message);
    return { optionId, value, ...(vendorClass !== '' && { vendorClass }) };
  }

  function set(call: ServerCall, given: ReadonlyMap<number, readonly string[]>, vendorClass: string): Row[] {
    const { host } = call;
    const [firstId = 0] = given.keys();
    const message = failed('set', firstId, host);
    if (family.isBadCombination(call)) throw dhcpError(87, message);
    const selectors = { ...selectorsOf(call), vendorClass };
    // A level that is absent is told of after everything else; what its policy does not take, before.
    const {
      output: [level],
      errors: [absent],
    } = forEachItem([undefined], () => [family.level(call, message, 'set')]);
    level?.assertNarrow(selectors.policyName, given.keys(), message);
    if (given.size === 0 || [...given.values()].some((value) => value.length === 0)) throw dhcpError(87, message);
    assertClasses(family, call, selectors, message);
    const values = [...given].map(([optionId, value]) => converted(call, optionId, value, vendorClass));
    if (absent !== undefined) throw absent;
    level?.assertPolicy(selectors.policyName, message);
    for (const { optionId, value } of values) {
      if (optionId === family.dnsOptionId && vendorClass === '') assertDnsServers(call, value);
    }
    for (const value of values) level?.put(value, selectors);
    const stored = (level?.values() ?? []).filter((value) => isSelected(value, selectors, false));
    return stored.filter(({ optionId }) => given.has(optionId)).map((value) => row(call, value));
  }

  function setById(call: ServerCall): Row[] {
    const { parameters } = call;
    const value = parameters.texts('Value') ?? [];
    return set(call, new Map([[parameters.number('OptionId') ?? 0, value]]), parameters.text('VendorClass') ?? '');
  }

  /** Null and what is not given are the same; null of a text arrives as an empty one. */
  function setCommon(call: ServerCall): Row[] {
    const { parameters } = call;
    const given = new Map<number, readonly string[]>();
    for (const [name, optionId] of family.common) {
      const number = parameters.number(name);
      const text = parameters.text(name) || (number === undefined ? undefined : String(number));
      const value = parameters.texts(name) ?? (text === undefined ? undefined : [text]);
      if (value !== undefined) given.set(optionId, value);
    }
    return set(call, given, '');
  }

  function remove(call: ServerCall): ProviderResult<Row> {
    const { parameters, host } = call;
    const message = messages.failed('delete option values', host);
    if (family.isBadCombination(call)) throw dhcpError(87, message);
    const selectors = selectorsOf(call);
    assertClasses(family, call, selectors, message);
    const level = family.level(call, message, 'remove');
    level?.assertPolicy(selectors.policyName, message);
    return forEachItem(parameters.numbers('OptionId') ?? [], (id) => {
      if (level === undefined) return [];
      const ofClass = level.values().filter((one) => isSelected(one, selectors, false));
      const isOfClass = selectors.vendorClass !== '' || selectors.userClass !== '';
      // DHCPv6 looks for the class's list first (MS-DHCPM 3.2.4.55).
      if (family.version === 6 && isOfClass && ofClass.length === 0) throw dhcpError(20044, failed('delete', id, host));
      const found = ofClass.filter(({ optionId }) => optionId === id);
      if (found.length === 0) throw dhcpError(20010, failed('delete', id, host));
      for (const value of found) level.remove(value);
      return found.map((value) => row(call, value));
    });
  }

  return {
    [`PS_${className}.Get`]: reads(className, get),
    [`PS_${className}.SetByOptionId`]: changes(className, setById),
    [`PS_${className}.SetByCommonOptions`]: changes(className, setCommon),
    [`PS_${className}.Remove`]: changes(className, remove),
  };
}
