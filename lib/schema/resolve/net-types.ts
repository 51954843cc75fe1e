import type { CimType } from '../../cim/value/cim-type.js';
import type { PowerShellType } from '../definition/cmdlet-definition.js';

/** A .NET type name of a CDXML file, understood. */
export interface NetType {
  readonly type: PowerShellType;
  readonly cimType: CimType;
  readonly isArray: boolean;
  /** `System.Nullable`. */
  readonly nullable?: boolean;
}

/** PowerShell's conversion of .NET types to CIM types: `CimConverter` of its CIM engine. */
const TYPES: readonly (readonly [fullName: string, type: PowerShellType, cimType: CimType])[] = [
  ['System.String', 'String', 'string'],
  ['System.Boolean', 'Boolean', 'boolean'],
  ['System.Management.Automation.SwitchParameter', 'SwitchParameter', 'boolean'],
  ['System.Byte', 'Byte', 'uint8'],
  ['System.SByte', 'SByte', 'sint8'],
  ['System.UInt16', 'UInt16', 'uint16'],
  ['System.Int16', 'Int16', 'sint16'],
  ['System.UInt32', 'UInt32', 'uint32'],
  ['System.Int32', 'Int32', 'sint32'],
  ['System.UInt64', 'UInt64', 'uint64'],
  ['System.Int64', 'Int64', 'sint64'],
  ['System.Single', 'Single', 'real32'],
  ['System.Double', 'Double', 'real64'],
  ['System.Char', 'Char', 'char16'],
  ['System.DateTime', 'DateTime', 'datetime'],
  ['System.TimeSpan', 'TimeSpan', 'datetime'],
  ['System.Net.IPAddress', 'IPAddress', 'string'],
  ['System.Guid', 'Guid', 'string'],
  ['System.Uri', 'Uri', 'string'],
  ['System.Version', 'Version', 'string'],
  ['System.Net.Mail.MailAddress', 'MailAddress', 'string'],
  ['System.Net.NetworkInformation.PhysicalAddress', 'PhysicalAddress', 'string'],
  ['System.Management.Automation.PSCredential', 'PSCredential', 'string'],
  ['Microsoft.Management.Infrastructure.CimInstance', 'CimInstance', 'instance'],
];

/** PowerShell's short names, which CDXML files use too. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string: 'System.String',
    bool: 'System.Boolean',
    switch: 'System.Management.Automation.SwitchParameter',
    byte: 'System.Byte',
    sbyte: 'System.SByte',
    ushort: 'System.UInt16',
    short: 'System.Int16',
    uint: 'System.UInt32',
    int: 'System.Int32',
    ulong: 'System.UInt64',
    long: 'System.Int64',
    float: 'System.Single',
    single: 'System.Single',
    double: 'System.Double',
    char: 'System.Char',
    datetime: 'System.DateTime',
    timespan: 'System.TimeSpan',
    ipaddress: 'System.Net.IPAddress',
    guid: 'System.Guid',
    uri: 'System.Uri',
    version: 'System.Version',
    pscredential: 'System.Management.Automation.PSCredential',
    ciminstance: 'Microsoft.Management.Infrastructure.CimInstance',
  }),
);

/** The type that a PSType names, compared without case; undefined for one that has no CIM type. */
export function netType(psType: string): NetType | undefined {
  const [, value] = /^(?:system\.)?nullable(?:`1)?\[(.+)\]$/i.exec(psType.trim()) ?? [];
  const type = value === undefined ? undefined : plainType(value);
  return type === undefined || type.isArray ? plainType(psType) : { ...type, nullable: true };
}

function plainType(psType: string): NetType | undefined {
  const isArray = /\[\s*\]$/.test(psType.trim());
  const element = psType
    .trim()
    .replace(/\[\s*\]$/, '')
    .toLowerCase();
  const short = element.startsWith('system.') ? element.slice('system.'.length) : element;
  const fullName = (SHORT_NAMES.get(short) ?? element).toLowerCase();
  const found = TYPES.find(([name]) => name.toLowerCase() === fullName);
  return found && { type: found[1], cimType: found[2], isArray };
}

/** `Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DHCP/DhcpServerv4Scope` names DhcpServerv4Scope. */
export function classOfEtsType(etsType: string | undefined): string | undefined {
  return etsType === undefined ? undefined : /#(?:.*[/\\])?([^/\\#[\]]+)(?:\[\])?$/.exec(etsType)?.[1];
}
