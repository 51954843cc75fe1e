import { parseIpv4 } from '../../../base/network/ip-address.js';
import { dhcpError } from '../dhcp-error.js';
import type { AuthorisedServer, ServerDirectory } from '../directory.js';
import { messages } from '../provider/messages.js';
import type { ProviderResult } from '../provider/provider-context.js';
import { inDirectory, type ProviderMethods, type Row, type ServerCall } from '../provider/provider-method.js';

const CLASS = 'DhcpServerInDC';

const row = ({ dnsName, ipAddress }: AuthorisedServer): Row => ({ DnsName: dnsName, IPAddress: ipAddress });
/** The two sentences are those of the help of the cmdlets, in our words. */
const INITIATED = 'The check of its authorisation was initiated.';
const failed = (verb: string, name: string) => `Failed to ${verb} DHCP server ${name} in the directory.`;

/** The lab's directory; 20070 in a lab without a domain. */
function directoryOf({ context }: ServerCall, message: string): ServerDirectory {
  const { directory } = context.network;
  if (directory === undefined) throw dhcpError(20070, message);
  return directory;
}

/** What a call names: the session's own server, a name with its address from the lab's DNS, or both as they are given. */
function named({ context, server, parameters }: ServerCall, verb: string): AuthorisedServer {
  const [dnsName = '', ipAddress = ''] = [parameters.text('DnsName'), parameters.text('IPAddress')];
  if (dnsName === '' && ipAddress === '') return { dnsName: server.name, ipAddress: server.address };
  const message = failed(verb, dnsName || ipAddress);
  if (ipAddress !== '' && parseIpv4(ipAddress) === undefined) throw dhcpError(87, message);
  if (dnsName !== '' && ipAddress !== '') return { dnsName, ipAddress };
  const found = context.network.resolve(dnsName || ipAddress);
  if (found === undefined) throw dhcpError(20074, message);
  return { dnsName: dnsName || found.name, ipAddress: found.address };
}

const sameName = (a: AuthorisedServer, b: AuthorisedServer) => a.dnsName.toLowerCase() === b.dnsName.toLowerCase();

/** After a change the server concerned is asked to look anew; whether that works is said, and no error. */
function checkNote({ context }: ServerCall, { dnsName, ipAddress }: AuthorisedServer): string | undefined {
  const target = context.network.resolve(dnsName) ?? context.network.resolve(ipAddress);
  return target !== undefined && context.network.reachable(context.server, target) && target.serving
    ? undefined
    : `The check of its authorisation could not be initiated on ${dnsName}.`;
}

function add(call: ServerCall): ProviderResult<Row> {
  const wanted = named(call, 'add');
  const directory = directoryOf(call, failed('add', wanted.dnsName));
  const known = directory.servers.find((one) => sameName(one, wanted) && one.ipAddress === wanted.ipAddress);
  const note = checkNote(call, wanted);
  if (known !== undefined) {
    const warning = `The DHCP server ${wanted.dnsName} is already authorised. ${note ?? INITIATED} Error code: 20079`;
    return { output: [row(known)], errors: [], warnings: [warning] };
  }
  directory.add(wanted);
  const warnings =
    note === undefined ? [] : [`The DHCP server ${wanted.dnsName} was authorised. ${note} Error code: 1722`];
  return { output: [row(wanted)], errors: [], warnings };
}

function remove(call: ServerCall): ProviderResult<Row> {
  const { parameters } = call;
  const [dnsName = '', ipAddress = ''] = [parameters.text('DnsName'), parameters.text('IPAddress')];
  if (dnsName === '' && ipAddress !== '') throw dhcpError(87, failed('remove', ipAddress));
  const directory = directoryOf(call, failed('remove', dnsName || call.server.name));
  const name = dnsName || call.server.name;
  const ofName = directory.servers.filter((one) => one.dnsName.toLowerCase() === name.toLowerCase());
  const found = ofName.filter((one) => ipAddress === '' || one.ipAddress === ipAddress);
  if (ofName.length > 0 && found.length === 0) throw dhcpError(20081, failed('remove', name));
  const note = checkNote(call, { dnsName: name, ipAddress });
  if (found.length === 0) {
    const warning = `The DHCP server ${name} is not authorised already. ${note ?? INITIATED} Error code: 20080`;
    return { output: [], errors: [], warnings: [warning] };
  }
  for (const one of found) directory.remove(one);
  const warnings = note === undefined ? [] : [`The DHCP server ${name} was de-authorised. ${note} Error code: 1722`];
  return { output: found.map(row), errors: [], warnings };
}

/** PS_DhcpServerInDC: the authorised servers of the directory. */
export const authorisationMethods: ProviderMethods = {
  'PS_DhcpServerInDC.Get': inDirectory(CLASS, 'reads', (call) =>
    directoryOf(call, messages.failed('enumerate authorised DHCP servers', call.host)).servers.map(row),
  ),
  'PS_DhcpServerInDC.Add': inDirectory(CLASS, 'changes', add),
  'PS_DhcpServerInDC.Remove': inDirectory(CLASS, 'changes', remove),
};
