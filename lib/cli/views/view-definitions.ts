import { DHCP_SERVER_VIEWS } from './dhcp-server-views.js';
import type { ViewDefinition } from './view.js';

/** The views of what the failover cmdlets and their neighbours give, and PowerShell's of a class. */
const VIEW_DEFINITIONS: readonly ViewDefinition[] = [
  {
    className: 'DhcpServerv4Failover',
    view: {
      kind: 'list',
      properties: [
        'Name',
        'PartnerServer',
        'Mode',
        'LoadBalancePercent',
        'ServerRole',
        'ReservePercent',
        'MaxClientLeadTime',
        'StateSwitchInterval',
        'State',
        'ScopeId',
        'AutoStateTransition',
        'EnableAuth',
      ],
    },
    extended: ['ScopeId', 'PrimaryServerIP', 'SecondaryServerIP'],
  },
  {
    className: 'DhcpServerv4Scope',
    view: {
      kind: 'table',
      columns: [
        { property: 'ScopeId', width: 15 },
        { property: 'SubnetMask', width: 15 },
        { property: 'Name', width: 14 },
        { property: 'State', width: 8 },
        { property: 'StartRange', width: 15 },
        { property: 'EndRange', width: 15 },
        { property: 'LeaseDuration' },
      ],
    },
    extended: ['ScopeId', 'SubnetMask', 'StartRange', 'EndRange'],
  },
  {
    className: 'CimClass',
    view: {
      kind: 'table',
      groupBy: { property: 'Namespace', label: 'NameSpace' },
      columns: [
        { property: 'CimClassName', width: 35 },
        { property: 'CimClassMethods', width: 20 },
        { property: 'CimClassProperties', width: 60 },
      ],
    },
    extended: [],
  },
  {
    className: 'DhcpServerVersion',
    view: {
      kind: 'table',
      columns: [
        { property: 'MajorVersion', width: 12 },
        { property: 'MinorVersion', width: 12 },
      ],
    },
    extended: [],
  },
];

const COUNT = { property: 'Count', width: 5, isRight: true };

/** PowerShell's own, of values that are no instances. */
const VALUE_VIEWS: readonly ViewDefinition[] = [
  {
    className: 'System.Version',
    view: {
      kind: 'table',
      columns: [
        { property: 'Major', width: 6 },
        { property: 'Minor', width: 6 },
        { property: 'Build', width: 6 },
        { property: 'Revision', width: 8 },
      ],
    },
    extended: [],
  },
  {
    className: 'System.Collections.DictionaryEntry',
    view: { kind: 'table', columns: [{ property: 'Name', width: 30, cut: '…' }, { property: 'Value' }] },
    extended: [],
  },
  {
    className: 'Microsoft.PowerShell.Commands.GroupInfo',
    view: {
      kind: 'table',
      columns: [COUNT, { property: 'Name', width: 25, cut: '…' }, { property: 'Group' }],
      list: ['Name', 'Count', 'Group', 'Values'],
    },
    extended: [],
  },
  {
    className: 'Microsoft.PowerShell.Commands.GroupInfoNoElement',
    view: {
      kind: 'table',
      columns: [COUNT, { property: 'Name', width: 25, cut: '…' }],
      list: ['Name', 'Count', 'Values'],
    },
    extended: [],
  },
];

const BY_CLASS = new Map(
  [...VIEW_DEFINITIONS, ...VALUE_VIEWS, ...DHCP_SERVER_VIEWS].map((definition) => [
    definition.className.toLowerCase(),
    definition,
  ]),
);

/** The definition for a class, whatever the case of its name; undefined when it has none. */
export function viewDefinitionOf(className: string | undefined): ViewDefinition | undefined {
  if (className === undefined) return undefined;
  return BY_CLASS.get(className.toLowerCase());
}
