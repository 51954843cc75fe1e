import type { LabDescription } from '../../../lib/emulator/lab/lab-description.js';
import { A, B, NAME, type Outcome, type Pair, SCOPES, THIRD } from '../pair.js';
import { fillRelationships, withPartnerVersion } from './add-preconditions.rows.js';

/** failover-semantics 3.1 (symbols and numbers of the Windows SDK), with the way in which the emulator gives each code, or why it does not. */
export interface ErrorCodeRow {
  readonly code: number;
  readonly symbol: string;
  readonly provoke?: (pair: Pair) => Promise<Outcome>;
  /** What the lab must be for it. */
  readonly lab?: LabDescription;
  readonly notGiven?: string;
}

const FO = 'ERROR_DHCP_FO_';
const scope = (pair: Pair, method: string, parameters: Record<string, unknown>) =>
  pair.call(A, `PS_DhcpServerv4Scope.${method}`, parameters as never);
const afterAdd =
  (action: (pair: Pair) => Promise<Outcome>) =>
  async (pair: Pair): Promise<Outcome> => {
    await pair.add({ ScopeId: ['10.10.10.0'] });
    return action(pair);
  };
const addScope = (pair: Pair, scopeIds: readonly string[] = ['10.20.20.0'], server = A) =>
  pair.call(server, 'PS_DhcpServerv4FailoverScope.Add', { Name: NAME, ScopeId: scopeIds });

export const errorCodeRows: readonly ErrorCodeRow[] = [
  {
    code: 20113,
    symbol: `${FO}SCOPE_ALREADY_IN_RELATIONSHIP`,
    provoke: afterAdd((pair) => scope(pair, 'Remove', { ScopeId: ['10.10.10.0'], Force: true })),
  },
  {
    code: 20114,
    symbol: `${FO}RELATIONSHIP_EXISTS`,
    provoke: afterAdd((pair) => pair.add({ ScopeId: ['10.20.20.0'] })),
  },
  { code: 20115, symbol: `${FO}RELATIONSHIP_DOES_NOT_EXIST`, provoke: (pair) => pair.set({ LoadBalancePercent: 1 }) },
  {
    code: 20116,
    symbol: `${FO}SCOPE_NOT_IN_RELATIONSHIP`,
    provoke: (pair) => pair.call(A, 'PS_DhcpServerv4Failover.GetByScopeId', { ScopeId: SCOPES.slice(0, 1) }),
  },
  {
    code: 20117,
    symbol: `${FO}RELATION_IS_SECONDARY`,
    notGiven: 'only of TriggerAddrAllocation, which no cmdlet calls',
  },
  {
    code: 20118,
    symbol: `${FO}NOT_SUPPORTED`,
    lab: { servers: withPartnerVersion({ major: 6, minor: 1 }) },
    provoke: (pair) => pair.add(),
  },
  {
    code: 20119,
    symbol: `${FO}TIME_OUT_OF_SYNC`,
    provoke: (pair) => {
      pair.lab.skewClock(B, -60_001);
      return pair.add();
    },
  },
  {
    code: 20120,
    symbol: `${FO}STATE_NOT_NORMAL`,
    provoke: afterAdd((pair) => {
      pair.lab.cutLink(A, B);
      return addScope(pair);
    }),
  },
  {
    code: 20121,
    symbol: 'ERROR_DHCP_NO_ADMIN_PERMISSION',
    lab: { choices: { noRightsCode: 20121 } },
    provoke: (pair) =>
      pair.call(
        A,
        'PS_DhcpServerv4Failover.AddByLoadBalance',
        { Name: NAME, PartnerServer: B, ScopeId: SCOPES },
        { delegated: false },
      ),
  },
  {
    code: 20122,
    symbol: 'ERROR_DHCP_SERVER_NOT_REACHABLE',
    lab: { choices: { unreachableCode: 20122 } },
    provoke: (pair) => {
      pair.lab.powerOff(B);
      return pair.add();
    },
  },
  {
    code: 20123,
    symbol: 'ERROR_DHCP_SERVER_NOT_RUNNING',
    lab: { choices: { serviceStoppedCode: 20123 } },
    provoke: (pair) => {
      pair.lab.setService(B, 'stopped');
      return pair.add();
    },
  },
  {
    code: 20124,
    symbol: 'ERROR_DHCP_SERVER_NAME_NOT_RESOLVED',
    provoke: (pair) => pair.add({ PartnerServer: 'nowhere' }),
  },
  { code: 20125, symbol: `${FO}RELATIONSHIP_NAME_TOO_LONG`, provoke: (pair) => pair.add({ Name: 'n'.repeat(127) }) },
  {
    code: 20126,
    symbol: 'ERROR_DHCP_REACHED_END_OF_SELECTION',
    notGiven: 'of the search for free addresses, not of failover',
  },
  {
    code: 20127,
    symbol: `${FO}ADDSCOPE_LEASES_NOT_SYNCED`,
    provoke: afterAdd((pair) => {
      pair.lab.injectFault({ kind: 'partner-dies', partner: B, step: 'scope-activated-on-partner' });
      return addScope(pair);
    }),
  },
  {
    code: 20128,
    symbol: `${FO}MAX_RELATIONSHIPS`,
    provoke: async (pair) => {
      await fillRelationships(pair, A, 'full', 1);
      return pair.add();
    },
  },
  {
    code: 20129,
    symbol: `${FO}IPRANGE_TYPE_CONV_ILLEGAL`,
    provoke: afterAdd((pair) => scope(pair, 'SetByWithoutRange', { ScopeId: '10.10.10.0', Type: 'Bootp' })),
  },
  {
    code: 20130,
    symbol: `${FO}MAX_ADD_SCOPES`,
    provoke: afterAdd((pair) => addScope(pair, Array(401).fill('10.20.20.0'))),
  },
  {
    code: 20131,
    symbol: `${FO}BOOT_NOT_SUPPORTED`,
    provoke: async (pair) => {
      await scope(pair, 'SetByWithoutRange', { ScopeId: '10.20.20.0', Type: 'Both' });
      return pair.add();
    },
  },
  { code: 20132, symbol: `${FO}RANGE_PART_OF_REL`, notGiven: 'no cmdlet of the module deletes the range of a scope' },
  {
    code: 20133,
    symbol: `${FO}SCOPE_SYNC_IN_PROGRESS`,
    provoke: afterAdd(async (pair) => {
      pair.lab.powerOff(B);
      pair.lab.powerOn(B, { databaseLost: true });
      return pair.call(B, 'PS_DhcpServerv4FailoverScope.Remove', { Name: NAME, ScopeId: ['10.10.10.0'], Force: true });
    }),
  },
  {
    code: 20134,
    symbol: `${FO}FEATURE_NOT_SUPPORTED`,
    notGiven: 'every emulated server with failover has all its features',
  },
  { code: 2, symbol: 'ERROR_FILE_NOT_FOUND', provoke: (pair) => addScope(pair, ['10.20.20.0'], THIRD) },
  {
    code: 5,
    symbol: 'ERROR_ACCESS_DENIED',
    provoke: (pair) => pair.call(A, 'PS_DhcpServerVersion.Get', {}, { userName: 'nobody' }),
  },
  { code: 87, symbol: 'ERROR_INVALID_PARAMETER', provoke: (pair) => pair.add({ LoadBalancePercent: 101 }) },
  { code: 259, symbol: 'ERROR_NO_MORE_ITEMS', notGiven: 'Get swallows it: no relationships, no output' },
  {
    code: 1722,
    symbol: 'RPC_S_SERVER_UNAVAILABLE',
    provoke: (pair) => {
      pair.lab.powerOff(B);
      return pair.add();
    },
  },
  {
    code: 1753,
    symbol: 'EPT_S_NOT_REGISTERED',
    provoke: (pair) => {
      pair.lab.setService(A, 'stopped');
      return pair.call(A, 'PS_DhcpServerVersion.Get');
    },
  },
];
