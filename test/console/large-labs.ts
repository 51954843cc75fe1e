// Labs that are large, for the runs and the lists of the walk.
import type { LabDescription, ScopeDescription, ServerDescription } from 'cimlet/emulator';
import { DEFAULT_USER } from 'cimlet/emulator';

const two = (index: number): string => String(index).padStart(2, '0');

/** Pairs `P00`, `P01`, … of two servers and one scope each; the second server of each has a reservation that the first one has not. */
export function manyPairs(count: number): LabDescription {
  const servers = Array.from({ length: count }, (_, index) => pairOf(index)).flat();
  return { users: [DEFAULT_USER], servers };
}

export const serverOfPair = (index: number, side: 'a' | 'b'): string => `dhcp-${side}-${two(index)}.contoso.com`;

/** The subnet address of the pair's scope, or another address in it. */
export const scopeOfPair = (index: number, host = 0): string => `10.${100 + index}.0.${host}`;

function pairOf(index: number): ServerDescription[] {
  const net = `10.${100 + index}.0`;
  const [a, b] = [serverOfPair(index, 'a'), serverOfPair(index, 'b')];
  const scope: ScopeDescription = { scopeId: `${net}.0`, name: `Site ${index}` };
  const stray = { ipAddress: `${net}.61`, clientId: `00-15-5d-00-${two(index)}-61`, name: `stray-${two(index)}` };
  const relationship = {
    name: `P${two(index)}`,
    primaryServer: `${net}.2`,
    secondaryServer: `${net}.3`,
    primaryServerName: a,
    secondaryServerName: b,
    mode: 'LoadBalance' as const,
    percentage: 50,
    mcltSeconds: 3600,
    safePeriodSeconds: 0xffffffff,
    scopes: [scope.scopeId],
    state: 'Normal' as const,
    enableAuth: true,
    connected: true,
  };
  return [
    {
      name: a,
      address: `${net}.2`,
      scopes: [scope],
      relationships: [{ ...relationship, serverType: 'PrimaryServer' }],
    },
    {
      name: b,
      address: `${net}.3`,
      scopes: [{ ...scope, reservations: [{ ...stray, description: '', type: 'Both' }] }],
      relationships: [{ ...relationship, serverType: 'SecondaryServer' }],
    },
  ];
}

export const LEASES = 10_000;
const FIRST = 10;

/** One server, and a scope of ten thousand leases, `pc-00000` and on. */
export function tenThousandLeases(): LabDescription {
  const leases = Array.from({ length: LEASES }, (_, index) => ({
    ipAddress: leaseAddress(index),
    clientId: leaseClient(index),
    hostName: leaseName(index),
  }));
  const scope: ScopeDescription = {
    scopeId: '10.64.0.0',
    subnetMask: '255.255.192.0',
    name: 'Campus',
    startRange: leaseAddress(0),
    endRange: '10.64.63.254',
    leases,
  };
  return {
    users: [DEFAULT_USER],
    servers: [{ name: 'dhcp-campus.contoso.com', address: '10.1.0.2', scopes: [scope] }],
  };
}

export const leaseAddress = (index: number): string => `10.64.${(index + FIRST) >> 8}.${(index + FIRST) & 255}`;
export const leaseName = (index: number): string => `pc-${String(index).padStart(5, '0')}.contoso.com`;
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
export const leaseClient = (index: number): string =>
  ['00', '15', '5d', '0a', hex(index >> 8), hex(index & 255)].join('-');
