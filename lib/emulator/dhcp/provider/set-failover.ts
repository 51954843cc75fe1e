import type { Secret } from '../../../base/secret.js';
import { dhcpError } from '../dhcp-error.js';
import type { FailoverMode, FailoverRelationship } from '../relationship.js';
import { connectAddressed } from './connect.js';
import { connectToPartnerOf, requireRelationship } from './failover-partner.js';
import { type FailoverView, failoverView } from './failover-view.js';
import { messages } from './messages.js';
import type { ProviderContext, ProviderResult } from './provider-context.js';
import { checkPercent, mcltSeconds, safePeriodSeconds, storedSecret } from './relationship-settings.js';

export interface SetFailoverInput {
  readonly computerName?: string | undefined;
  readonly name: string;
  readonly autoStateTransition?: boolean | undefined;
  readonly maxClientLeadTimeSeconds?: number | undefined;
  readonly stateSwitchIntervalSeconds?: number | undefined;
  /** Null switches authentication off; undefined leaves the secret as it is. */
  readonly sharedSecret?: Secret | null | undefined;
  readonly partnerDown?: boolean | undefined;
  readonly loadBalancePercent?: number | undefined;
  readonly reservePercent?: number | undefined;
  readonly mode?: FailoverMode | undefined;
  readonly passThru?: boolean | undefined;
}

type Change = Pick<FailoverRelationship, 'mode' | 'percentage' | 'mcltSeconds' | 'safePeriodSeconds' | 'sharedSecret'>;

/** PS_DhcpServerv4Failover.Set: both copies, so the partner must be there; -PartnerDown touches the addressed server alone. */
export function setFailover(context: ProviderContext, input: SetFailoverInput): ProviderResult<FailoverView> {
  const { choices } = context.network;
  const local = connectAddressed(context, input.computerName, 'administrator');
  const failed = messages.setFailover(input.name, local.host);
  checkPercent(input.loadBalancePercent, choices, failed);
  checkPercent(input.reservePercent, choices, failed);
  const changes = changesProperties(input);
  if (!changes && input.partnerDown !== true) throw dhcpError(choices.emptySetCode, failed);
  if (changes && input.partnerDown === true) throw dhcpError(choices.partnerDownMixCode, failed);
  const relationship = requireRelationship(context, local.server, input.name, failed);
  if (input.partnerDown === true) {
    if (!choices.partnerDownFrom.includes(relationship.state)) {
      throw dhcpError(choices.partnerDownStateCode, failed);
    }
    context.engine.partnerDown(relationship);
  } else {
    const change = resultingChange(context, input, relationship, failed);
    const partner = connectToPartnerOf(context, local.server, relationship, failed);
    if (partner.relationship === undefined) {
      throw dhcpError(20115, messages.setFailover(input.name, partner.host));
    }
    context.onStep?.('preconditions-met');
    for (const [server, copy] of [
      [partner.server, partner.relationship],
      [local.server, relationship],
    ] as const) {
      Object.assign(copy, change);
      context.network.emit({ type: 'relationship-changed', server: server.name, relationship: copy.name });
      context.engine.changed(copy);
    }
  }
  return { output: input.passThru ? [failoverView(relationship)] : [], errors: [] };
}

function changesProperties(input: SetFailoverInput): boolean {
  return [
    input.autoStateTransition,
    input.maxClientLeadTimeSeconds,
    input.stateSwitchIntervalSeconds,
    input.sharedSecret,
    input.loadBalancePercent,
    input.reservePercent,
    input.mode,
  ].some((value) => value !== undefined);
}

function resultingChange(
  context: ProviderContext,
  input: SetFailoverInput,
  current: FailoverRelationship,
  failed: string,
): Change {
  const { choices } = context.network;
  const mode = input.mode ?? current.mode;
  const foreign = mode === 'LoadBalance' ? input.reservePercent : input.loadBalancePercent;
  if (foreign !== undefined) throw dhcpError(choices.badValueCode, failed);
  return {
    mode,
    percentage: resultingPercentage(context, input, current, mode),
    mcltSeconds:
      input.maxClientLeadTimeSeconds === undefined
        ? current.mcltSeconds
        : mcltSeconds(input.maxClientLeadTimeSeconds, choices, failed),
    safePeriodSeconds: safePeriodSeconds(
      input.autoStateTransition,
      input.stateSwitchIntervalSeconds,
      current.safePeriodSeconds,
      choices,
      failed,
    ),
    sharedSecret: input.sharedSecret === undefined ? current.sharedSecret : storedSecret(input.sharedSecret, choices),
  };
}

/** The native percentage: the primary's share, or the standby's reserve. The cmdlet speaks of the addressed server's share. */
function resultingPercentage(
  context: ProviderContext,
  input: SetFailoverInput,
  current: FailoverRelationship,
  mode: FailoverMode,
): number {
  const { choices } = context.network;
  const changesMode = mode !== current.mode;
  if (mode === 'HotStandby') {
    return input.reservePercent ?? (changesMode ? choices.modeChangeReservePercent : current.percentage);
  }
  const own = input.loadBalancePercent ?? (changesMode ? choices.modeChangeLoadBalancePercent : undefined);
  if (own === undefined) return current.percentage;
  return current.serverType === 'PrimaryServer' ? own : 100 - own;
}
