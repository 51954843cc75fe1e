import type { MethodArguments } from './method-arguments.js';
import type { ProviderContext } from './provider-context.js';

/** What a method asks before it does something. */
export interface ProviderPrompt {
  readonly text: string;
  readonly promptType: 'normal' | 'critical';
}

type Ask = (parameters: MethodArguments, server: string, context: ProviderContext) => ProviderPrompt | undefined;

const normal =
  (text: (parameters: MethodArguments, server: string) => string): Ask =>
  (parameters, server) => ({ text: text(parameters, server), promptType: 'normal' });

const critical =
  (text: (parameters: MethodArguments, server: string) => string): Ask =>
  (parameters, server) => ({ text: text(parameters, server), promptType: 'critical' });

const listed = (texts: readonly string[] | undefined): string => (texts ?? []).join(', ');

const SECRET = 'The shared secret goes to the DHCP servers in clear text. Do you want to go on?';

const add: Ask = (parameters, server) =>
  parameters.secret('SharedSecret') == null
    ? { text: `Add the failover relationship ${parameters.text('Name')} on ${server}.`, promptType: 'normal' }
    : { text: SECRET, promptType: 'critical' };

const set: Ask = (parameters, server, { network, server: { relationships } }) => {
  const name = parameters.text('Name') ?? '';
  const mode = relationships.get(network.nameKey(name))?.mode;
  const wanted = parameters.text('Mode') ?? mode;
  if (parameters.secret('SharedSecret') != null) return { text: SECRET, promptType: 'critical' };
  // A mode that it has already changes nothing, and one that is not there has none to change.
  if (mode !== undefined && wanted?.toLowerCase() !== mode.toLowerCase()) {
    return {
      text: `The mode of the failover relationship ${name} is about to change on both servers. Do you want to change it?`,
      promptType: 'critical',
    };
  }
  return { text: `Change the failover relationship ${name} on ${server}.`, promptType: 'normal' };
};

const replicate = critical((parameters, server) => {
  const what = listed(parameters.texts('ScopeId') ?? parameters.texts('Name')) || 'all failover scopes';
  return `The configuration of ${what} on the partner of ${server} is about to be overwritten. Do you want to go on?`;
});

/** Which methods ask, and how much it matters. What Windows asks no public source quotes; the texts are ours. */
const prompts: ReadonlyMap<string, Ask> = new Map(
  Object.entries({
    'PS_DhcpServerv4Failover.AddByLoadBalance': add,
    'PS_DhcpServerv4Failover.AddByHotStandby': add,
    'PS_DhcpServerv4Failover.Set': set,
    'PS_DhcpServerv4Failover.Remove': critical(
      (parameters, server) =>
        `The failover relationship ${listed(parameters.texts('Name'))} is about to be deleted on ${server} and on its partner, and its scopes on the partner. Do you want to delete it?`,
    ),
    'PS_DhcpServerv4FailoverScope.Add': normal(
      (parameters) => `Add the scopes ${listed(parameters.texts('ScopeId'))} to ${parameters.text('Name')}.`,
    ),
    'PS_DhcpServerv4FailoverScope.Remove': critical(
      (parameters) =>
        `The scopes ${listed(parameters.texts('ScopeId'))} are about to leave the failover relationship ${parameters.text('Name')}, and to be deleted on the partner. Do you want to go on?`,
    ),
    'PS_DhcpServerv4FailoverReplication.InvokeByName': replicate,
    'PS_DhcpServerv4FailoverReplication.InvokeByScopeId': replicate,
    // Captured, but for the server's name, which a capture has in capitals or not as it was given.
    'PS_DhcpServerv4Reservation.Add': normal(
      (parameters, server) =>
        `A new reservation with IP address ${parameters.text('IPAddress')} will be added in scope ${parameters.text('ScopeId')} on server ${server}.`,
    ),
    'PS_DhcpServer.Restore': critical(
      (parameters, server) =>
        `The database and the configuration of ${server} are replaced by those of ${parameters.text('Path')} when its service is started next. Do you want to restore it?`,
    ),
    'PS_DhcpServerv4IPRecord.Repair': (parameters, server) =>
      parameters.flag('ReportOnly') === true
        ? undefined
        : {
            text: `The records of ${listed(parameters.texts('ScopeId'))} on ${server} are about to be repaired. Do you want to go on?`,
            promptType: 'critical',
          },
    'PS_DhcpServerv4MulticastScope.Remove': critical(
      (parameters, server) =>
        `The multicast scope ${listed(parameters.texts('Name'))} is about to be deleted on ${server}. Do you want to delete it?`,
    ),
    'PS_DhcpServerv4Scope.Add': normal((_, server) => `Add a scope on ${server}.`),
    'PS_DhcpServerv4Scope.SetByWithoutRange': normal((parameters) => `Change the scope ${parameters.text('ScopeId')}.`),
    'PS_DhcpServerv4Scope.SetByWithRange': normal((parameters) => `Change the scope ${parameters.text('ScopeId')}.`),
    'PS_DhcpServerv4Scope.Remove': normal((parameters) => `Delete the scope ${listed(parameters.texts('ScopeId'))}.`),
  } satisfies Record<string, Ask>),
);

/** The question of a call; undefined for a method that changes nothing, and with Force. */
export function promptOf(
  className: string,
  methodName: string,
  parameters: MethodArguments,
  context: ProviderContext,
): ProviderPrompt | undefined {
  if (parameters.flag('Force') === true) return undefined;
  return prompts.get(`${className}.${methodName}`)?.(parameters, context.server.name, context);
}
