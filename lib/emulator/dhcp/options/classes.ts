import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { usesClass } from '../policies/policy-conditions.js';
import { numbered } from '../policies/policy-list.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { OptionValue, ScopePolicy } from '../scope.js';
import type { DhcpClass } from '../state/dhcp-class.js';
import { findClass, type OptionFamily, sameName } from './option-family.js';

const KINDS = ['Vendor', 'User'] as const;
const MAX_NAME_LENGTH = 256;

/** `0x` and the bytes of a class, from digits after `0x` or from plain text; undefined for none, too many, or half a byte. */
function classData(given: string, maxBytes: number): string | undefined {
  const digits = /^0x/i.test(given) ? given.slice(2) : Buffer.from(given, 'utf8').toString('hex');
  const isBytes = /^(?:[0-9a-f]{2})+$/i.test(digits) && digits.length <= 2 * maxBytes;
  return isBytes ? `0x${digits.toLowerCase()}` : undefined;
}

type Keeps = (value: OptionValue) => boolean;

/** A holder of option values without those that go. */
function kept<T extends { readonly optionValues?: readonly OptionValue[] }>(holder: T, keeps: Keeps): T {
  return holder.optionValues === undefined ? holder : { ...holder, optionValues: holder.optionValues.filter(keeps) };
}

/** Every level of the server: the policies that look at the class go, and its values from all that stay. */
function forgetInScopes(server: DhcpServer, one: DhcpClass, keeps: Keeps): void {
  const without = (policies: readonly ScopePolicy[]) =>
    numbered(policies.filter((policy) => !usesClass(policy, one)).map((policy) => kept(policy, keeps)));
  server.configuration.policies = without(server.configuration.policies);
  for (const { configuration } of server.scopes.values()) {
    configuration.optionValues = configuration.optionValues.filter(keeps);
    configuration.policies = without(configuration.policies);
    configuration.reservations = configuration.reservations.map((reservation) => kept(reservation, keeps));
  }
}

function forgetInDhcpv6Scopes({ configuration: { v6 } }: DhcpServer, keeps: Keeps): void {
  v6.scopes = v6.scopes.map((scope) => ({
    ...kept(scope, keeps),
    reservations: scope.reservations.map((reservation) => kept(reservation, keeps)),
  }));
}

/** PS_DhcpServerv4Class and PS_DhcpServerv6Class (MS-DHCPM 3.2.4.25 to 3.2.4.28). */
export function classMethods(family: OptionFamily): ProviderMethods {
  const className = `DhcpServerv${family.version}Class`;
  const failed = (verb: string, name: string, host: string) => messages.failed(`${verb} class ${name}`, host);

  const row = (one: DhcpClass): Row => ({
    Name: one.name,
    Type: one.type,
    Data: one.data,
    Description: one.description,
    ...(family.version === 6 && { VendorId: one.vendorId ?? null }),
  });

  /** A vendor class of DHCPv6 needs its enterprise number, which no user class has. */
  function checkedVendorId(
    { parameters }: ServerCall,
    type: string,
    isNew: boolean,
    message: string,
  ): number | undefined {
    const vendorId = parameters.number('VendorId');
    if (family.version === 4) return undefined;
    if (type === 'User' ? vendorId !== undefined : isNew && vendorId === undefined) throw dhcpError(87, message);
    return vendorId;
  }

  function get({ server, parameters, host }: ServerCall): ProviderResult<Row> | Row[] {
    const type = parameters.choice('Type', KINDS);
    const all = family.store(server).classes.filter((one) => type === undefined || one.type === type);
    const names = parameters.texts('Name') ?? [];
    if (names.length === 0) return all.map(row);
    return forEachItem(names, (name) => {
      const found = all.filter((one) => sameName(one.name, name));
      if (found.length === 0) throw dhcpError(family.absentClassCode, failed('get', name, host));
      return found.map(row);
    });
  }

  function add(call: ServerCall): Row[] {
    const { server, parameters, host } = call;
    const store = family.store(server);
    const name = parameters.text('Name') ?? '';
    const message = failed('add', name, host);
    const type = parameters.choice('Type', KINDS);
    const data = classData(parameters.text('Data') ?? '', family.maxClassBytes);
    if (name === '' || name.length > MAX_NAME_LENGTH || type === undefined || data === undefined) {
      throw dhcpError(87, message);
    }
    const vendorId = checkedVendorId(call, type, true, message);
    const exists = store.classes.some((one) => one.type === type && (sameName(one.name, name) || one.data === data));
    if (exists) throw dhcpError(20045, message);
    const made: DhcpClass = {
      name,
      type,
      data,
      description: parameters.text('Description') ?? '',
      ...(vendorId !== undefined && { vendorId }),
    };
    store.classes = [...store.classes, made];
    return [row(made)];
  }

  function set(call: ServerCall): Row[] {
    const { server, parameters, host } = call;
    const store = family.store(server);
    const name = parameters.text('Name') ?? '';
    const message = failed('set properties of', name, host);
    const type = parameters.choice('Type', KINDS);
    if (type === undefined || !['Data', 'Description', 'VendorId'].some((one) => parameters.has(one))) {
      throw dhcpError(87, message);
    }
    const vendorId = checkedVendorId(call, type, false, message);
    const found = findClass(store, type, name);
    if (found === undefined) throw dhcpError(family.absentClassCode, message);
    const given = parameters.text('Data');
    const data = given === undefined ? found.data : classData(given, family.maxClassBytes);
    if (data === undefined) throw dhcpError(87, message);
    const changed: DhcpClass = {
      ...found,
      data,
      description: parameters.text('Description') ?? found.description,
      ...(vendorId !== undefined && { vendorId }),
    };
    store.classes = store.classes.map((one) => (one === found ? changed : one));
    return [row(changed)];
  }

  /** A class takes the definitions and values of its own with it, and the policies that look at it. */
  function remove({ server, parameters, host }: ServerCall): ProviderResult<Row> {
    const store = family.store(server);
    const type = parameters.choice('Type', KINDS) ?? 'User';
    return forEachItem(parameters.texts('Name') ?? [], (name) => {
      const found = findClass(store, type, name);
      if (found === undefined) throw dhcpError(family.absentClassCode, failed('delete', name, host));
      if (found.builtIn === true) throw dhcpError(20089, failed('delete', name, host));
      store.classes = store.classes.filter((one) => one !== found);
      if (type === 'Vendor') {
        store.optionDefinitions = store.optionDefinitions.filter((one) => !sameName(one.vendorClass, found.name));
      }
      const keeps = (value: OptionValue) =>
        !sameName((type === 'Vendor' ? value.vendorClass : value.userClass) ?? '', found.name);
      store.optionValues = store.optionValues.filter(keeps);
      if (family.version === 4) forgetInScopes(server, found, keeps);
      else forgetInDhcpv6Scopes(server, keeps);
      return [row(found)];
    });
  }

  return {
    [`PS_${className}.Get`]: reads(className, get),
    [`PS_${className}.Add`]: changes(className, add),
    [`PS_${className}.Set`]: changes(className, set),
    [`PS_${className}.Remove`]: changes(className, remove),
  };
}
