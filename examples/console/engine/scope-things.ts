import type { CimletClient, CmdletSession } from 'cimlet';

/** One thing in a scope as a server has it; null: it has none. */
export interface ReservationThing {
  readonly clientId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly type: string;
}
export interface LeaseThing {
  readonly clientId: string | null;
  readonly name: string | null;
  readonly state: string;
}

type Options = { readonly signal: AbortSignal; readonly timeoutMs: number };
type Session = { readonly CimSession: CmdletSession };

/** Reservations are listed by scope and chosen here: asked by -ClientId, servers in the field gave leases as well. */
export async function reservationAt(
  client: CimletClient,
  { CimSession }: Session,
  ScopeId: string,
  address: string,
  options: Options,
): Promise<ReservationThing | null> {
  const rows = await client.getDhcpServerv4Reservation({ CimSession, ScopeId }, options);
  const found = rows.find(({ IPAddress }) => IPAddress === address);
  if (found === undefined) return null;
  return { clientId: found.ClientId, name: found.Name, description: found.Description, type: found.Type };
}

export async function leaseAt(
  client: CimletClient,
  { CimSession }: Session,
  ScopeId: string,
  address: string,
  options: Options,
): Promise<LeaseThing | null> {
  const rows = await client.getDhcpServerv4Lease({ CimSession, ScopeId, AllLeases: true }, options);
  const found = rows.find(({ IPAddress }) => IPAddress === address);
  return found === undefined ? null : { clientId: found.ClientId, name: found.HostName, state: found.AddressState };
}

export async function hasExclusion(
  client: CimletClient,
  { CimSession }: Session,
  ScopeId: string,
  start: string,
  end: string,
  options: Options,
): Promise<boolean> {
  const rows = await client.getDhcpServerv4ExclusionRange({ CimSession, ScopeId }, options);
  return rows.some(({ StartRange, EndRange }) => StartRange === start && EndRange === end);
}

/** The scope's own value, of no class and no policy; null: none. */
export async function optionValue(
  client: CimletClient,
  { CimSession }: Session,
  ScopeId: string,
  optionId: number,
  options: Options,
): Promise<readonly string[] | null> {
  const rows = await client.getDhcpServerv4OptionValue({ CimSession, ScopeId }, options);
  const found = rows.find((row) => row.OptionId === optionId && !row.VendorClass && !row.UserClass && !row.PolicyName);
  return found === undefined ? null : [...(found.Value ?? [])].map(String);
}
