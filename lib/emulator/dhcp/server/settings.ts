import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';

const SETTING = 'DhcpServerSetting';
const CREDENTIAL = 'DhcpServerDnsCredential';
const MAX_CONFLICT_DETECTION_ATTEMPTS = 5;
const ACTIONS = ['Full', 'Restricted', 'NoAccess'] as const;

function settingRow({ context, server }: ServerCall): Row {
  const { settings } = server.configuration;
  const { directory } = context.network;
  return {
    IsDomainJoined: directory !== undefined,
    IsAuthorized: directory?.isAuthorised(server) ?? false,
    DynamicBootp: settings.dynamicBootp,
    RestoreStatus: settings.restoreStatus,
    NapEnabled: settings.napEnabled,
    NpsUnreachableAction: settings.npsUnreachableAction,
    ConflictDetectionAttempts: settings.conflictDetectionAttempts,
    ActivatePolicies: settings.activatePolicies,
  };
}

/** MS-DHCPM 3.1.4.42; since 2016 Network Access Protection cannot be switched on (its notes 38, 39). */
function setSetting(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const { configuration } = server;
  const message = messages.failed('set server settings', host);
  const old = configuration.settings;
  const next = {
    ...old,
    conflictDetectionAttempts: parameters.number('ConflictDetectionAttempts') ?? old.conflictDetectionAttempts,
    napEnabled: parameters.flag('NapEnabled') ?? old.napEnabled,
    npsUnreachableAction: parameters.choice('NpsUnreachableAction', ACTIONS) ?? old.npsUnreachableAction,
    activatePolicies: parameters.flag('ActivatePolicies') ?? old.activatePolicies,
  };
  if (next.conflictDetectionAttempts > MAX_CONFLICT_DETECTION_ATTEMPTS) throw dhcpError(87, message);
  const wantsNap = next.napEnabled || next.npsUnreachableAction !== 'Full';
  if (wantsNap && server.version.major >= 10) throw dhcpError(20138, message);
  configuration.settings = next;
  return [settingRow(call)];
}

function credentialRow({ server }: ServerCall): Row {
  const { userName, domainName } = server.configuration.dnsCredential;
  return { UserName: userName, DomainName: domainName };
}

/** The name before the first colon that no backslash makes a part of it. */
function userOf(credential: string): string | undefined {
  const [, name] = /^((?:\\.|[^\\:])*):/s.exec(credential) ?? [];
  return name?.replace(/\\(.)/gs, '$1');
}

/** MS-DHCPM 3.2.4.88: stored as it is; whether there is such an account nobody asks. The password is not kept. */
function setCredential(call: ServerCall): Row[] {
  const { server, parameters, host } = call;
  const user = userOf(parameters.text('Credential') ?? '');
  if (user === undefined || user === '') throw dhcpError(87, messages.failed('set DNS credential', host));
  const slash = user.indexOf('\\');
  server.configuration.dnsCredential = {
    userName: user.slice(slash + 1),
    domainName: user.slice(0, Math.max(slash, 0)),
  };
  return [credentialRow(call)];
}

function removeCredential(call: ServerCall): Row[] {
  const row = credentialRow(call);
  call.server.configuration.dnsCredential = { userName: '', domainName: '' };
  return [row];
}

/** Settings of the server as a whole, the account that it registers DNS records with, and its groups. */
export const settingMethods: ProviderMethods = {
  'PS_DhcpServerSetting.Get': reads(SETTING, (call) => [settingRow(call)]),
  'PS_DhcpServerSetting.Set': changes(SETTING, setSetting),
  'PS_DhcpServerDnsCredential.Get': reads(CREDENTIAL, (call) => [credentialRow(call)]),
  'PS_DhcpServerDnsCredential.Set': changes(CREDENTIAL, setCredential),
  'PS_DhcpServerDnsCredential.Remove': changes(CREDENTIAL, removeCredential),
  // Groups that are there are no error.
  'PS_DhcpServerSecurityGroup.Add': changes('', ({ server }) => {
    server.configuration.securityGroups = true;
    return [];
  }),
};
