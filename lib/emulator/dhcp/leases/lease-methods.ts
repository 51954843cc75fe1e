import { formatIpv4, parseIpv4 } from '../../../base/network/ip-address.js';
import { AddressPool } from '../address-pool.js';
import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { Scope } from '../scope.js';
import { addressOf, reservationOf, scopeOfAddress, scopesInOrder, scopeWithId } from '../scopes/find-scope.js';
import { addLease } from './add-lease.js';
import { sameClient } from './client-id.js';
import { addressState, type LeaseRecord, leaseRecords, leaseRow } from './lease-records.js';

const CLASS = 'DhcpServerv4Lease';
/** What Get -ScopeId leaves out without AllLeases. */
const ONLY_WITH_ALL: readonly string[] = ['Offered', 'Declined', 'Expired'];

function recordAt(server: DhcpServer, ipAddress: string): LeaseRecord | undefined {
  const address = parseIpv4(ipAddress);
  const scope = address === undefined ? undefined : scopeOfAddress(server, address);
  if (address === undefined || scope === undefined) return undefined;
  const key = formatIpv4(address);
  const [lease, reservation] = [scope.leases.get(key), reservationOf(scope, key)];
  return lease === undefined && reservation === undefined ? undefined : { scope, ipAddress: key, lease, reservation };
}

function recordOfClient(scope: Scope, clientId: string): LeaseRecord | undefined {
  return leaseRecords(scope).find(({ lease, reservation }) =>
    sameClient(lease?.clientId ?? reservation?.clientId ?? '', clientId),
  );
}

function scopeOf({ server, host, parameters }: ServerCall): Scope {
  const scopeId = parameters.text('ScopeId') ?? '';
  return scopeWithId(server, scopeId, messages.getScope(scopeId, host));
}

/** The scopes of a call for bad leases: one, or all. */
function scopesOf(call: ServerCall): readonly Scope[] {
  return call.parameters.text('ScopeId') === undefined ? scopesInOrder(call.server) : [scopeOf(call)];
}

const shown = (call: ServerCall, records: readonly LeaseRecord[]): Row[] =>
  records.map((record) => leaseRow(record, call.now));

function declined(call: ServerCall): LeaseRecord[] {
  return scopesOf(call).flatMap((scope) =>
    leaseRecords(scope).filter((record) => addressState(record, call.now) === 'Declined'),
  );
}

/** The records that ClientId or IPAddress name, one error for each that is absent. */
function named(call: ServerCall, by: 'ClientId' | 'IPAddress', verb: string): ProviderResult<LeaseRecord> {
  const { server, host, parameters, context } = call;
  const scope = by === 'ClientId' ? scopeOf(call) : undefined;
  return forEachItem(parameters.texts(by) ?? [], (key) => {
    const failed = messages.leaseOf(verb, by, key, host);
    if (scope === undefined) addressOf(key, failed);
    const record = scope === undefined ? recordAt(server, key) : recordOfClient(scope, key);
    if (record === undefined) throw dhcpError(context.network.choices.leaseAbsentCode, failed);
    return [record];
  });
}

/** Deletes a lease; that of a reservation stays (20019): its reservation is what has to go. */
function remove(call: ServerCall, { scope, ipAddress, lease, reservation }: LeaseRecord): void {
  const { context, server, host } = call;
  if (reservation !== undefined) throw dhcpError(20019, messages.leaseOf('delete', 'IPAddress', ipAddress, host));
  if (lease === undefined) return;
  const { scopeId } = scope.configuration;
  const pool = new AddressPool(context.network, context.engine);
  pool.change(server, scopeId, ({ leases }) => leases.delete(ipAddress));
  context.network.emit({ type: 'lease-released', server: server.name, scopeId, ipAddress });
}

function removed(call: ServerCall, found: ProviderResult<LeaseRecord>): ProviderResult<Row> {
  const result = forEachItem(found.output, (record) => {
    const row = leaseRow(record, call.now);
    remove(call, record);
    return [row];
  });
  return { output: result.output, errors: [...found.errors, ...result.errors] };
}

/** PS_DhcpServerv4Lease (MS-DHCPM 3.1.4.18 to 3.1.4.20, 3.2.4.123). */
export const leaseMethods: ProviderMethods = {
  'PS_DhcpServerv4Lease.GetByScopeId': reads(CLASS, (call) => {
    const all = call.parameters.flag('AllLeases') === true;
    const records = leaseRecords(scopeOf(call));
    return shown(
      call,
      records.filter((record) => all || !ONLY_WITH_ALL.includes(addressState(record, call.now))),
    );
  }),
  'PS_DhcpServerv4Lease.GetByBadLeases': reads(CLASS, (call) => shown(call, declined(call))),
  'PS_DhcpServerv4Lease.GetByClientId': reads(CLASS, (call) => {
    const { output, errors } = named(call, 'ClientId', 'get');
    return { output: shown(call, output), errors };
  }),
  'PS_DhcpServerv4Lease.GetByIPAddress': reads(CLASS, (call) => {
    const { output, errors } = named(call, 'IPAddress', 'get');
    return { output: shown(call, output), errors };
  }),
  'PS_DhcpServerv4Lease.Add': changes(CLASS, (call) => shown(call, [addLease(call)])),
  'PS_DhcpServerv4Lease.RemoveByScopeId': changes(CLASS, (call) => {
    // Those of reservations are passed over: nobody asked for them by name.
    const records = leaseRecords(scopeOf(call)).filter(({ reservation }) => reservation === undefined);
    return removed(call, { output: records, errors: [] });
  }),
  'PS_DhcpServerv4Lease.RemoveByBadLeases': changes(CLASS, (call) =>
    removed(call, { output: declined(call), errors: [] }),
  ),
  'PS_DhcpServerv4Lease.RemoveByClientId': changes(CLASS, (call) => removed(call, named(call, 'ClientId', 'delete'))),
  'PS_DhcpServerv4Lease.RemoveByIPAddress': changes(CLASS, (call) => removed(call, named(call, 'IPAddress', 'delete'))),
};
