import type { Secret } from '../../../base/secret.js';
import { dhcpError } from '../dhcp-error.js';
import type { DhcpServer } from '../dhcp-server.js';
import {
  DEFAULT_LOAD_BALANCE_PERCENT,
  DEFAULT_MCLT_SECONDS,
  DEFAULT_RESERVE_PERCENT,
  type FailoverMode,
  type FailoverRelationship,
  MAX_NAME_LENGTH,
  MAX_RELATIONSHIPS,
  SAFE_PERIOD_DISABLED,
} from '../relationship.js';
import type { Scope } from '../scope.js';
import {
  assertClocksAgree,
  assertReachable,
  type ConnectedServer,
  connectAddressed,
  connectPartner,
} from './connect.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import { activateOnPartner, assertAbsentOnPartner, createOnPartner, requireScope } from './partner-scopes.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';
import { checkPercent, mcltSeconds, safePeriodSeconds, storedSecret } from './relationship-settings.js';
import { withUndo } from './undo.js';

export interface AddFailoverInput {
  readonly computerName?: string | undefined;
  readonly name: string;
  readonly partnerServer: string;
  readonly scopeId: readonly string[];
  readonly mode: FailoverMode;
  readonly maxClientLeadTimeSeconds?: number | undefined;
  readonly autoStateTransition?: boolean | undefined;
  readonly stateSwitchIntervalSeconds?: number | undefined;
  readonly sharedSecret?: Secret | null | undefined;
  readonly loadBalancePercent?: number | undefined;
  readonly reservePercent?: number | undefined;
  readonly serverRole?: 'Active' | 'Standby' | undefined;
  readonly passThru?: boolean | undefined;
}

type Settings = Pick<FailoverRelationship, 'percentage' | 'mcltSeconds' | 'safePeriodSeconds'>;

/** PS_DhcpServerv4Failover.AddByLoadBalance and AddByHotStandby: conditions 1 to 16 of failover-semantics 4.2 in that order, then all or nothing. */
export function addFailover(context: ProviderContext, input: AddFailoverInput): ProviderResult<FailoverView> {
  const local = connectAddressed(context, input.computerName, 'administrator');
  const failed = messages.addFailover(input.name, local.host);
  checkName(context, input.name, failed);
  const settings = checkSettings(context, input, failed);
  const scopes = checkScopes(context, local, input);
  checkRoom(context, local.server, input.name, failed);
  const partner = connectPartner(context, local.server, input.partnerServer, failed);
  if (partner.server === local.server) throw dhcpError(context.network.choices.partnerIsSelfCode, failed);
  assertClocksAgree(context, local.server, partner.server, failed);
  checkRoom(context, partner.server, input.name, messages.addFailover(input.name, partner.host));
  for (const scope of scopes) assertAbsentOnPartner(context, scope, partner);
  context.onStep?.('preconditions-met');
  const [own] = create(context, input, settings, scopes, local.server, partner);
  return { output: input.passThru ? [failoverView(own)] : [], errors: [] };
}

function checkName(context: ProviderContext, name: string, failed: string): void {
  if (name.length === 0) throw dhcpError(context.network.choices.emptyNameCode, failed);
  if (name.length > MAX_NAME_LENGTH) throw dhcpError(20125, failed);
}

function checkSettings(context: ProviderContext, input: AddFailoverInput, failed: string): Settings {
  const { choices } = context.network;
  checkPercent(input.loadBalancePercent, choices, failed);
  checkPercent(input.reservePercent, choices, failed);
  if (input.scopeId.length === 0) throw dhcpError(choices.badValueCode, failed);
  return {
    percentage:
      input.mode === 'LoadBalance'
        ? (input.loadBalancePercent ?? DEFAULT_LOAD_BALANCE_PERCENT)
        : (input.reservePercent ?? DEFAULT_RESERVE_PERCENT),
    mcltSeconds: mcltSeconds(input.maxClientLeadTimeSeconds ?? DEFAULT_MCLT_SECONDS, choices, failed),
    safePeriodSeconds: safePeriodSeconds(
      input.autoStateTransition,
      input.stateSwitchIntervalSeconds,
      SAFE_PERIOD_DISABLED,
      choices,
      failed,
    ),
  };
}

function checkScopes(context: ProviderContext, local: ConnectedServer, input: AddFailoverInput): Scope[] {
  const ids = [...new Set(input.scopeId)];
  const scopes = ids.map((id) => requireScope(local.server, id, local.host));
  for (const id of ids) {
    if (local.server.relationshipOfScope(id) !== undefined) {
      throw dhcpError(20113, messages.addScopeToFailover(id, input.name, local.host));
    }
  }
  for (const { configuration } of scopes) {
    if (configuration.type === 'Dhcp') continue;
    const message = messages.addScopeToFailover(configuration.scopeId, input.name, local.host);
    throw dhcpError(context.network.choices.bootpScopeCode, message);
  }
  return scopes;
}

function checkRoom(context: ProviderContext, server: DhcpServer, name: string, failed: string): void {
  if (server.relationships.size >= MAX_RELATIONSHIPS) throw dhcpError(20128, failed);
  if (server.relationships.has(context.network.nameKey(name))) throw dhcpError(20114, failed);
}

function create(
  context: ProviderContext,
  input: AddFailoverInput,
  settings: Settings,
  scopes: readonly Scope[],
  local: DhcpServer,
  partner: ConnectedServer,
): [FailoverRelationship, FailoverRelationship] {
  const { network, engine } = context;
  const [own, other] = bothCopies(context, input, settings, scopes, local, partner.server);
  const key = network.nameKey(input.name);
  withUndo(network.choices.rollBackFailedAdd, (undo) => {
    createOnPartner(context, local, scopes, partner, undo);
    for (const [server, copy, step] of [
      [partner.server, other, 'relationship-created-on-partner'],
      [local, own, 'relationship-created'],
    ] as const) {
      assertReachable(context, local, partner);
      server.relationships.set(key, copy);
      undo(() => server.relationships.delete(key));
      context.onStep?.(step);
    }
    activateOnPartner(context, local, scopes, partner);
  });
  for (const server of [partner.server, local]) {
    network.emit({ type: 'relationship-created', server: server.name, relationship: input.name });
  }
  engine.created([
    [local, own],
    [partner.server, other],
  ]);
  return [own, other];
}

function bothCopies(
  context: ProviderContext,
  input: AddFailoverInput,
  settings: Settings,
  scopes: readonly Scope[],
  local: DhcpServer,
  partner: DhcpServer,
): [FailoverRelationship, FailoverRelationship] {
  const { choices, clock } = context.network;
  const localName = choices.ownNameInRecord === 'short' ? local.shortName : local.name;
  const isPrimary = !(input.mode === 'HotStandby' && input.serverRole === 'Standby');
  const copy = (primary: boolean): FailoverRelationship => ({
    ...settings,
    name: input.name,
    mode: input.mode,
    primaryServer: isPrimary ? local.address : partner.address,
    secondaryServer: isPrimary ? partner.address : local.address,
    primaryServerName: isPrimary ? localName : input.partnerServer,
    secondaryServerName: isPrimary ? input.partnerServer : localName,
    serverType: primary ? 'PrimaryServer' : 'SecondaryServer',
    scopes: scopes.map((scope) => scope.configuration.scopeId),
    sharedSecret: storedSecret(input.sharedSecret, choices),
    state: 'Startup',
    prevState: 'Init',
    stateSince: clock.now(),
    isNew: true,
    wasOff: false,
  });
  return [copy(isPrimary), copy(!isPrimary)];
}
