/**
 * What the stages after a cmdlet and the views work on: an object with named properties in order, or a bare value (a string of
 * Invoke-DhcpServerv4FailoverReplication). The case of a property's name does not matter, as in PowerShell.
 */
export interface OutputObject {
  /** CIM class; absent for what Select-Object made. */
  readonly className?: string;
  readonly namespace?: string;
  /** Of the view, for what is not an instance. */
  readonly viewName?: string;
  readonly properties: ReadonlyMap<string, unknown>;
  /** From which computer it came; null when it is not known. */
  readonly computerName: string | null;
  /** The views show the computer: the cmdlet was given -CimSession (PSShowComputerName). */
  readonly showsComputerName: boolean;
  /** What it was made from, for the next cmdlet of the pipeline. */
  readonly source: unknown;
}

export type OutputItem = OutputObject | string | number | boolean | bigint;

export function isOutputObject(item: OutputItem): item is OutputObject {
  return typeof item === 'object';
}

/** The property's name as the object spells it, or undefined when it has none of that name. PSComputerName always exists. */
export function findProperty(item: OutputObject, name: string): string | undefined {
  if (item.properties.has(name)) return name;
  const wanted = name.toLowerCase();
  for (const key of item.properties.keys()) if (key.toLowerCase() === wanted) return key;
  return wanted === 'pscomputername' ? 'PSComputerName' : undefined;
}

/** The property's value; undefined when the object has none of that name. A bare value has `Length` when it is text. */
export function propertyValue(item: OutputItem, name: string): unknown {
  if (!isOutputObject(item))
    return typeof item === 'string' && name.toLowerCase() === 'length' ? item.length : undefined;
  const key = findProperty(item, name);
  if (key === undefined) return undefined;
  return item.properties.has(key) ? item.properties.get(key) : item.computerName;
}
