import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { InterfaceBinding } from '../state/server-configuration.js';

/** PS_DhcpServerv4Binding and PS_DhcpServerv6Binding (MS-DHCPM 3.2.4.41, 3.2.4.42, 3.2.4.70, 3.2.4.71): interfaces with a fixed address. */
export function bindingMethods(version: 4 | 6): ProviderMethods {
  const className = `DhcpServerv${version}Binding`;
  const isOf = ({ ipAddress }: InterfaceBinding) => ipAddress.includes(':') === (version === 6);

  const row = (binding: InterfaceBinding): Row => ({
    InterfaceAlias: binding.interfaceAlias,
    IPAddress: binding.ipAddress,
    BindingState: binding.bound,
    InterfaceGuid: binding.interfaceGuid,
    ...(version === 4 ? { SubnetMask: binding.subnetMask ?? '' } : { InterfaceIndex: binding.interfaceIndex }),
  });

  function set({ context, server, parameters, host }: ServerCall): ProviderResult<Row> {
    const { configuration } = server;
    const message = messages.failed('set bindings', host);
    const bound = parameters.flag('BindingState');
    if (bound === undefined) throw dhcpError(87, message);
    return forEachItem(parameters.texts('InterfaceAlias') ?? [], (alias) => {
      const binding = configuration.bindings.find(
        (one) => isOf(one) && one.interfaceAlias.toLowerCase() === alias.toLowerCase(),
      );
      if (binding === undefined) throw dhcpError(context.network.choices.unknownInterfaceCode, message);
      if (binding.fixed === true && !bound) throw dhcpError(20051, message);
      const changed = { ...binding, bound: binding.fixed === true ? binding.bound : bound };
      configuration.bindings = configuration.bindings.map((one) => (one === binding ? changed : one));
      return [row(changed)];
    });
  }

  return {
    [`PS_${className}.Get`]: reads(className, ({ server }) => server.configuration.bindings.filter(isOf).map(row)),
    [`PS_${className}.Set`]: changes(className, set),
  };
}
