import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { MacFilter } from '../state/server-configuration.js';

const CLASS = 'DhcpServerv4Filter';
const LIST_CLASS = 'DhcpServerv4FilterList';
const LISTS = ['Allow', 'Deny'] as const;
const MAX_DESCRIPTION_LENGTH = 127;

const row = ({ list, macAddress, description }: MacFilter): Row => ({
  List: list,
  MacAddress: macAddress,
  Description: description,
});

/** Six pairs of digits in upper case with hyphens, or one to five of them and a star; undefined for anything else. */
function filterPattern(text: string): string | undefined {
  const [, digits = '', stars = ''] = /^((?:[0-9a-f]{2}-?)*)((?:-?\*)*)$/i.exec(text) ?? [];
  const pairs = digits.replaceAll('-', '').toUpperCase().match(/../g) ?? [];
  if (stars === '') return pairs.length === 6 && !digits.endsWith('-') ? pairs.join('-') : undefined;
  return pairs.length > 0 && pairs.length < 6 ? `${pairs.join('-')}-*` : undefined;
}

function get({ server, parameters }: ServerCall): Row[] {
  const list = parameters.choice('List', LISTS);
  const { filters } = server.configuration;
  return LISTS.filter((one) => list === undefined || one === list).flatMap((one) =>
    filters.filter((filter) => filter.list === one).map(row),
  );
}

/** MS-DHCPM 3.2.4.83. */
function add({ server, parameters, host }: ServerCall): ProviderResult<Row> {
  const { configuration } = server;
  const list = parameters.choice('List', LISTS);
  const description = parameters.text('Description') ?? '';
  return forEachItem(parameters.texts('MacAddress') ?? [], (given) => {
    const message = messages.failed(`add filter ${given}`, host);
    const macAddress = filterPattern(given);
    if (list === undefined || macAddress === undefined || description.length > MAX_DESCRIPTION_LENGTH) {
      throw dhcpError(87, message);
    }
    const others = configuration.filters.filter((one) => one.macAddress !== macAddress);
    const exists = others.length < configuration.filters.length;
    if (exists && parameters.flag('Force') !== true) throw dhcpError(20093, message);
    const filter = { list, macAddress, description };
    configuration.filters = [...others, filter];
    return [row(filter)];
  });
}

function remove({ server, parameters, host }: ServerCall): ProviderResult<Row> {
  const { configuration } = server;
  return forEachItem(parameters.texts('MacAddress') ?? [], (given) => {
    const message = messages.failed(`delete filter ${given}`, host);
    const macAddress = filterPattern(given);
    if (macAddress === undefined) throw dhcpError(87, message);
    const filter = configuration.filters.find((one) => one.macAddress === macAddress);
    if (filter === undefined) throw dhcpError(20095, message);
    configuration.filters = configuration.filters.filter((one) => one !== filter);
    return [row(filter)];
  });
}

const listRow = ({ server }: ServerCall): Row => {
  const { allow, deny } = server.configuration.filterLists;
  return { Allow: allow, Deny: deny };
};

function setList(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const [allow, deny] = [parameters.flag('Allow'), parameters.flag('Deny')];
  if (allow === undefined && deny === undefined) throw dhcpError(87, messages.failed('set filter lists', host));
  const { configuration } = server;
  const { filterLists } = configuration;
  configuration.filterLists = { allow: allow ?? filterLists.allow, deny: deny ?? filterLists.deny };
  return [listRow(call)];
}

/** PS_DhcpServerv4Filter and PS_DhcpServerv4FilterList (MS-DHCPM 3.2.4.83 to 3.2.4.86). */
export const filterMethods: ProviderMethods = {
  'PS_DhcpServerv4Filter.Get': reads(CLASS, get),
  'PS_DhcpServerv4Filter.Add': changes(CLASS, add),
  'PS_DhcpServerv4Filter.Remove': changes(CLASS, remove),
  'PS_DhcpServerv4FilterList.Get': reads(LIST_CLASS, (call) => [listRow(call)]),
  'PS_DhcpServerv4FilterList.Set': changes(LIST_CLASS, setList),
};
