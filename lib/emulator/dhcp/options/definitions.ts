import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import { type DhcpOptionDefinition, optionTypes } from '../state/option-definition.js';
import { emptyValue } from '../state/predefined-options.js';
import { findClass, findDefinition, type OptionFamily, sameName } from './option-family.js';
import { optionText } from './option-text.js';

/** Least value of DHCPv6's option 32, seconds. */
export const MIN_REFRESH_SECONDS = 600;

function definitionRow(definition: DhcpOptionDefinition): Row {
  return {
    OptionId: definition.optionId,
    Name: definition.name,
    Description: definition.description,
    VendorClass: definition.vendorClass,
    Type: definition.type,
    MultiValued: definition.multiValued,
    DefaultValue: [...definition.defaultValue],
  };
}

/** PS_DhcpServerv4OptionDefinition and PS_DhcpServerv6OptionDefinition (MS-DHCPM 3.2.4.15 to 3.2.4.19, 3.2.4.48 to 3.2.4.52). */
export function definitionMethods(family: OptionFamily): ProviderMethods {
  const className = `DhcpServerv${family.version}OptionDefinition`;
  const failed = (verb: string, what: unknown, host: string) =>
    messages.failed(`${verb} option definition ${what}`, host);

  /** The vendor class of a call, which must exist. */
  function vendorClass({ server, parameters }: ServerCall, message: string): string {
    const name = parameters.text('VendorClass') ?? '';
    if (name === '') return '';
    const found = findClass(family.store(server), 'Vendor', name);
    if (found === undefined) throw dhcpError(family.absentClassCode, message);
    return found.name;
  }

  /** As {@link vendorClass}; in DHCPv6 one without definitions is as absent as one that is not there (MS-DHCPM 3.2.4.49 to 3.2.4.52). */
  function definedClass(call: ServerCall, message: string): string {
    const name = vendorClass(call, message);
    const isDefined = family.store(call.server).optionDefinitions.some((one) => sameName(one.vendorClass, name));
    if (family.version === 6 && name !== '' && !isDefined) throw dhcpError(family.absentClassCode, message);
    return name;
  }

  function require(call: ServerCall, optionId: number, verb: string): DhcpOptionDefinition {
    const message = failed(verb, optionId, call.host);
    const found = findDefinition(family.store(call.server), optionId, definedClass(call, message));
    if (found === undefined) throw dhcpError(20010, message);
    return found;
  }

  function checkedDefault(
    definition: Pick<DhcpOptionDefinition, 'optionId' | 'type' | 'multiValued'>,
    given: readonly string[] | undefined,
    message: string,
  ): readonly string[] | undefined {
    if (given === undefined || given.length === 0) return undefined;
    const value = optionText(definition, given);
    if (value === undefined) throw dhcpError(20103, message);
    if (family.version === 6 && definition.optionId === 32 && Number(value[0]) < MIN_REFRESH_SECONDS) {
      throw dhcpError(20057, message);
    }
    return value;
  }

  function get(call: ServerCall): ProviderResult<Row> | Row[] {
    const { server, parameters, host } = call;
    const store = family.store(server);
    const ids = parameters.numbers('OptionId') ?? [];
    const vendor = definedClass(call, messages.failed('get option definitions', host));
    const all = parameters.flag('All') === true && vendor === '';
    const candidates = store.optionDefinitions.filter((one) => all || sameName(one.vendorClass, vendor));
    if (ids.length === 0) return candidates.map(definitionRow);
    return forEachItem(ids, (id) => {
      const found = candidates.filter(({ optionId }) => optionId === id);
      if (found.length === 0) throw dhcpError(20010, failed('get', id, host));
      return found.map(definitionRow);
    });
  }

  function add(call: ServerCall): Row[] {
    const { server, parameters, host } = call;
    const store = family.store(server);
    const optionId = parameters.number('OptionId') ?? 0;
    const message = failed('add', optionId, host);
    const name = parameters.text('Name') ?? '';
    if (optionId < 1 || optionId > family.maxOptionId || name === '') throw dhcpError(87, message);
    const stringAlias = parameters.text('Type')?.toLowerCase() === 'stringdata';
    const type = stringAlias ? 'String' : parameters.choice('Type', optionTypes);
    if (type === undefined || (family.version === 4 && type === 'IPv6Address')) throw dhcpError(87, message);
    const vendor = vendorClass(call, message);
    if (findDefinition(store, optionId, vendor) !== undefined) throw dhcpError(20009, message);
    const shape = { optionId, type, multiValued: parameters.flag('MultiValued') ?? false };
    const definition: DhcpOptionDefinition = {
      ...shape,
      name,
      description: parameters.text('Description') ?? '',
      vendorClass: vendor,
      defaultValue: checkedDefault(shape, parameters.texts('DefaultValue'), message) ?? [emptyValue(type)],
    };
    store.optionDefinitions = [...store.optionDefinitions, definition];
    return [definitionRow(definition)];
  }

  function set(call: ServerCall): Row[] {
    const { server, parameters, host } = call;
    const store = family.store(server);
    const optionId = parameters.number('OptionId') ?? 0;
    const definition = require(call, optionId, 'set properties of');
    const value = checkedDefault(
      definition,
      parameters.texts('DefaultValue'),
      failed('set properties of', optionId, host),
    );
    const changed: DhcpOptionDefinition = {
      ...definition,
      name: parameters.text('Name') || definition.name,
      description: parameters.text('Description') ?? definition.description,
      defaultValue: value ?? definition.defaultValue,
    };
    store.optionDefinitions = store.optionDefinitions.map((one) => (one === definition ? changed : one));
    return [definitionRow(changed)];
  }

  function remove(call: ServerCall): ProviderResult<Row> {
    const store = family.store(call.server);
    return forEachItem(call.parameters.numbers('OptionId') ?? [], (optionId) => {
      const definition = require(call, optionId, 'delete');
      store.optionDefinitions = store.optionDefinitions.filter((one) => one !== definition);
      return [definitionRow(definition)];
    });
  }

  return {
    [`PS_${className}.Get`]: reads(className, get),
    [`PS_${className}.Add`]: changes(className, add),
    [`PS_${className}.Set`]: changes(className, set),
    [`PS_${className}.Remove`]: changes(className, remove),
  };
}
