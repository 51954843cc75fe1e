import { TimeSpan } from 'cimlet';
import type { DhcpServerv4Failover } from 'cimlet/dhcp-server';

/** A relationship as one server of the list holds it, as plain data. */
export interface Copy {
  /** The server that holds it, by its name in the list. */
  readonly server: string;
  readonly name: string;
  readonly isPrimary: boolean;
  readonly state: string;
  readonly mode: 'LoadBalance' | 'HotStandby';
  readonly role: 'Active' | 'Standby' | null;
  readonly share: number | null;
  readonly reserve: number | null;
  readonly mcltSeconds: number;
  readonly automaticSwitch: boolean;
  readonly switchAfterSeconds: number | null;
  readonly authenticated: boolean;
  readonly scopeIds: readonly string[];
  readonly addresses: { readonly primary: string; readonly secondary: string };
  readonly names: { readonly primary: string; readonly secondary: string };
  readonly partner: string;
  readonly readAt: string;
}

export function copyOf(one: DhcpServerv4Failover, server: string, readAt: string): Copy {
  const seconds = (span: unknown): number => (span instanceof TimeSpan ? Math.round(span.totalSeconds) : 0);
  const text = (value: string | null): string => value ?? '';
  const isPrimary = one.ServerType !== 'SecondaryServer';
  return {
    server,
    name: one.Name,
    isPrimary,
    state: one.State,
    mode: one.Mode === 'HotStandby' ? 'HotStandby' : 'LoadBalance',
    role: one.ServerRole,
    share: one.LoadBalancePercent,
    reserve: one.ReservePercent,
    mcltSeconds: seconds(one.MaxClientLeadTime),
    automaticSwitch: one.AutoStateTransition === true,
    switchAfterSeconds: one.StateSwitchInterval === null ? null : seconds(one.StateSwitchInterval),
    authenticated: one.EnableAuth === true,
    scopeIds: [...(one.ScopeId ?? [])],
    addresses: { primary: text(one.PrimaryServerIP), secondary: text(one.SecondaryServerIP) },
    names: {
      primary: text(one.PrimaryServerName) || (isPrimary ? server : one.PartnerServer),
      secondary: text(one.SecondaryServerName) || (isPrimary ? one.PartnerServer : server),
    },
    partner: one.PartnerServer,
    readAt,
  };
}

/** Name and both addresses, sorted: the same on both servers, and of no other pair. */
export function pairKey({ name, addresses }: Pick<Copy, 'name' | 'addresses'>): string {
  return [name, ...[addresses.primary, addresses.secondary].sort()].join('|');
}

/** The name of a key, which may have bars in it. */
export function nameOfKey(key: string): string {
  return key.split('|').slice(0, -2).join('|');
}

/** What the server that holds a copy is known by. */
export const ownAddress = ({ isPrimary, addresses }: Copy): string =>
  isPrimary ? addresses.primary : addresses.secondary;

/** What the other server of it is known by. */
export const partnerAddress = ({ isPrimary, addresses }: Copy): string =>
  isPrimary ? addresses.secondary : addresses.primary;

/** The share of the primary, or what the standby keeps in reserve. */
export function primaryPercent({ mode, isPrimary, share, reserve }: Copy): number | null {
  if (mode === 'HotStandby') return reserve;
  return share === null || isPrimary ? share : 100 - share;
}

/** `load balance 50 : 50`. */
export function shareText({ mode, share, reserve }: Copy): string {
  return mode === 'HotStandby'
    ? `hot standby, ${reserve ?? 0} % in reserve`
    : `load balance ${share ?? 50} : ${100 - (share ?? 50)}`;
}
