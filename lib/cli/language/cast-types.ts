import type { CastType } from './syntax.js';

const NAMES: Readonly<Record<string, CastType>> = {
  string: 'String',
  bool: 'Boolean',
  boolean: 'Boolean',
  byte: 'Byte',
  sbyte: 'SByte',
  int16: 'Int16',
  short: 'Int16',
  uint16: 'UInt16',
  ushort: 'UInt16',
  int: 'Int32',
  int32: 'Int32',
  uint: 'UInt32',
  uint32: 'UInt32',
  long: 'Int64',
  int64: 'Int64',
  ulong: 'UInt64',
  uint64: 'UInt64',
  float: 'Single',
  single: 'Single',
  double: 'Double',
  decimal: 'Decimal',
  timespan: 'TimeSpan',
  datetime: 'DateTime',
  ipaddress: 'IPAddress',
  'net.ipaddress': 'IPAddress',
  version: 'Version',
  object: 'Object',
  array: 'Array',
  hashtable: 'Hashtable',
  pscustomobject: 'PSCustomObject',
  ordered: 'Ordered',
  void: 'Null',
};

/** The types that a cast in a line may name, whatever their case and with or without `System.`; undefined for others. */
export function castType(written: string): CastType | undefined {
  const name = written
    .trim()
    .toLowerCase()
    .replace(/^system\./, '');
  const isArray = name.endsWith('[]');
  const found = new Map(Object.entries(NAMES)).get(isArray ? name.slice(0, -2) : name);
  if (!isArray || found === undefined) return found;
  return /^(?:Array|Hashtable|PSCustomObject|Ordered|Null)$/.test(found) ? undefined : (`${found}[]` as CastType);
}
