import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import { messages } from '../provider/messages.js';
import { forEachItem, type ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';
import type { Scope } from '../scope.js';
import { scopesInOrder, scopeWithId } from './find-scope.js';

const CLASS = 'DhcpServerv4Superscope';
/** UTF-16 units of a superscope's name. */
const MAX_NAME_LENGTH = 255;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function members(server: DhcpServer, name: string): Scope[] {
  return scopesInOrder(server).filter(({ configuration }) => same(configuration.superscopeName, name));
}

function row(name: string, scopes: readonly Scope[]): Row {
  return { SuperscopeName: name, ScopeId: scopes.map(({ configuration }) => configuration.scopeId) };
}

/** The members of a superscope; one without scopes does not exist: 20005. */
function requireMembers({ server, host }: ServerCall, name: string, verb: string): Scope[] {
  const scopes = name === '' ? [] : members(server, name);
  if (scopes.length === 0) throw dhcpError(20005, messages.failed(`${verb} superscope ${name}`, host));
  return scopes;
}

function get(call: ServerCall): ProviderResult<Row> | Row[] {
  const { server, parameters } = call;
  const names = parameters.texts('SuperscopeName') ?? [];
  if (names.length > 0) {
    return forEachItem(names, (name) => {
      const scopes = requireMembers(call, name, 'get');
      return [row(scopes[0]?.configuration.superscopeName ?? name, scopes)];
    });
  }
  // The list of RPC covers all scopes: those in no superscope stand under an empty name.
  const all = [...new Set(scopesInOrder(server).map(({ configuration }) => configuration.superscopeName))];
  return all.map((name) => row(name, members(server, name)));
}

function add({ server, host, parameters }: ServerCall): ProviderResult<Row> {
  const name = parameters.text('SuperscopeName') ?? '';
  const failed = (scopeId: string) => messages.failed(`add scope ${scopeId} to superscope ${name}`, host);
  if (name.length > MAX_NAME_LENGTH) throw dhcpError(20030, messages.failed(`add superscope ${name}`, host));
  const result = forEachItem(parameters.texts('ScopeId') ?? [], (scopeId) => {
    const { configuration } = scopeWithId(server, scopeId, failed(scopeId));
    const current = configuration.superscopeName;
    if (current !== '' && !same(current, name) && parameters.flag('Force') !== true) {
      throw dhcpError(20004, failed(scopeId));
    }
    configuration.superscopeName = members(server, name)[0]?.configuration.superscopeName ?? name;
    return [scopeId];
  });
  return { output: result.output.length === 0 ? [] : [row(name, members(server, name))], errors: result.errors };
}

function remove(call: ServerCall): ProviderResult<Row> {
  const { context, host, parameters } = call;
  const name = parameters.text('SuperscopeName') ?? '';
  const scopes = requireMembers(call, name, 'delete');
  const wanted = parameters.texts('ScopeId') ?? scopes.map(({ configuration }) => configuration.scopeId);
  const result = forEachItem(wanted, (scopeId) => {
    const scope = scopes.find(({ configuration }) => configuration.scopeId === scopeId);
    if (scope === undefined) {
      const failed = messages.failed(`remove scope ${scopeId} from superscope ${name}`, host);
      throw dhcpError(context.network.choices.notInSuperscopeCode, failed);
    }
    return [scope];
  });
  const output = result.output.length === 0 ? [] : [row(name, result.output)];
  for (const { configuration } of result.output) configuration.superscopeName = '';
  return { output, errors: result.errors };
}

function rename(call: ServerCall): Row[] {
  const { context, server, host, parameters } = call;
  const [name = '', newName = ''] = [parameters.text('Name'), parameters.text('NewName')];
  const failed = messages.failed(`rename superscope ${name}`, host);
  const scopes = requireMembers(call, name, 'rename');
  if (newName === '') throw dhcpError(87, failed);
  if (newName.length > MAX_NAME_LENGTH) throw dhcpError(20030, failed);
  const isTaken = !same(name, newName) && members(server, newName).length > 0;
  if (isTaken && !context.network.choices.renameJoinsSuperscope) throw dhcpError(20004, failed);
  for (const { configuration } of scopes) configuration.superscopeName = newName;
  return [row(newName, members(server, newName))];
}

/** PS_DhcpServerv4Superscope (MS-DHCPM 3.1.4.37 to 3.1.4.39). A superscope is a name that scopes share. */
export const superscopeMethods: ProviderMethods = {
  'PS_DhcpServerv4Superscope.Get': reads(CLASS, get),
  'PS_DhcpServerv4Superscope.Add': changes(CLASS, add),
  'PS_DhcpServerv4Superscope.Remove': changes(CLASS, remove),
  'PS_DhcpServerv4Superscope.Rename': changes(CLASS, rename),
};
