/** A column of a table: the property, and its width in characters. */
export interface ColumnDefinition {
  readonly property: string;
  readonly width: number;
}

/** How PowerShell shows the instances of a class by default. */
export interface ViewDefinition {
  readonly className: string;
  readonly view:
    | { readonly kind: 'list'; readonly properties: readonly string[] }
    | {
        readonly kind: 'table';
        readonly columns: readonly ColumnDefinition[];
        /** A new table, under this property's value, whenever it changes. */
        readonly groupBy?: { readonly property: string; readonly label: string };
      };
  /**
   * The type extension's own properties (IP addresses), which `Format-List *` shows before all others. An array among them
   * that holds one element shows as that element, since a script property unrolls it.
   */
  readonly extended: readonly string[];
}

/** The views of the DhcpServer module, for the classes that the failover cmdlets and their neighbours give, and PowerShell's of a class. */
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
        { property: 'LeaseDuration', width: 13 },
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

/** The definition for a class, whatever the case of its name; undefined when it has none. */
export function viewDefinitionOf(className: string | undefined): ViewDefinition | undefined {
  if (className === undefined) return undefined;
  const wanted = className.toLowerCase();
  return VIEW_DEFINITIONS.find((definition) => definition.className.toLowerCase() === wanted);
}
