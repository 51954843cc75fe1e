import { formatIpv4, parseIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { forEachItem } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { AddressRange, Scope } from '../scope.js';
import { addressOf, boundsOf, rangesOverlap, scopesInOrder, scopeWithId } from './find-scope.js';

const CLASS = 'DhcpServerv4ExclusionRange';

const rowsOf = (scope: Scope): Row[] => {
  const { scopeId, exclusions } = scope.configuration;
  const ascending = [...exclusions].sort((a, b) => boundsOf(a)[0] - boundsOf(b)[0]);
  return ascending.map(({ startRange, endRange }) => row(scopeId, { startRange, endRange }));
};

function row(scopeId: string, { startRange, endRange }: AddressRange): Row {
  return { ScopeId: scopeId, StartRange: startRange, EndRange: endRange };
}

function add({ server, host, parameters }: ServerCall): Row[] {
  const [scopeId = '', start = '', end = ''] = ['ScopeId', 'StartRange', 'EndRange'].map((name) =>
    parameters.text(name),
  );
  const scope = scopeWithId(server, scopeId, messages.getScope(scopeId, host));
  const failed = messages.addExclusion(start, end, scopeId, host);
  const range = { startRange: formatIpv4(addressOf(start, failed)), endRange: formatIpv4(addressOf(end, failed)) };
  const { configuration } = scope;
  const [from, to] = boundsOf(range);
  const [first, last] = boundsOf(configuration);
  const isBad = to < from || from < first || to > last;
  if (isBad || configuration.exclusions.some((other) => rangesOverlap(other, range))) throw dhcpError(20023, failed);
  configuration.exclusions = [...configuration.exclusions, range];
  return [row(scopeId, range)];
}

/** Both bounds name one range, one bound the range that begins or ends there, none all (MS-DHCPM 3.2.4.40). */
export function selectRanges(
  ranges: readonly AddressRange[],
  startRange: string | undefined,
  endRange: string | undefined,
  failed: string,
  noneCode: number,
  otherEndCode = 87,
): readonly AddressRange[] {
  if (startRange === undefined && endRange === undefined) return ranges;
  const start = startRange === undefined ? undefined : addressOf(startRange, failed);
  const end = endRange === undefined ? undefined : addressOf(endRange, failed);
  const found = ranges.filter((range) => {
    const [from, to] = boundsOf(range);
    return (start === undefined || start === from) && (end === undefined || end === to);
  });
  if (found.length > 0) return found;
  const startsInOne = start !== undefined && ranges.some(({ startRange: at }) => parseIpv4(at) === start);
  throw dhcpError(startsInOne ? otherEndCode : noneCode, failed);
}

function remove({ server, host, parameters }: ServerCall): Row[] {
  const scopeId = parameters.text('ScopeId') ?? '';
  const { configuration } = scopeWithId(server, scopeId, messages.getScope(scopeId, host));
  const failed = messages.failed(`delete exclusion range from scope ${scopeId}`, host);
  const { exclusions } = configuration;
  const found = selectRanges(exclusions, parameters.text('StartRange'), parameters.text('EndRange'), failed, 20007);
  configuration.exclusions = exclusions.filter((range) => !found.includes(range));
  return found.map((range) => row(scopeId, range));
}

/** PS_DhcpServerv4ExclusionRange (MS-DHCPM 3.2.4.38 to 3.2.4.40). */
export const exclusionMethods: ProviderMethods = {
  'PS_DhcpServerv4ExclusionRange.Get': reads(CLASS, ({ server, host, parameters }) => {
    const ids = parameters.texts('ScopeId') ?? [];
    if (ids.length === 0) return scopesInOrder(server).flatMap(rowsOf);
    return forEachItem(ids, (id) => rowsOf(scopeWithId(server, id, messages.getScope(id, host))));
  }),
  'PS_DhcpServerv4ExclusionRange.Add': changes(CLASS, add),
  'PS_DhcpServerv4ExclusionRange.Remove': changes(CLASS, remove),
};
