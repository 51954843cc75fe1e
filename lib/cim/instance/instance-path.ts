import type { CimInstanceProperties, CimProperty, CimScalar, CimValue } from '../value/cim-value.js';

/** WMI's object path of an instance, or undefined when it has no complete key. */
export function instancePath(
  system: { readonly namespace: string; readonly className: string; readonly serverName: string | undefined },
  properties: Iterable<CimProperty>,
): string | undefined {
  const keys = [...properties].filter((property) => property.flags.key);
  if (keys.length === 0 || keys.some((property) => property.value === null)) return undefined;
  const server = system.serverName === undefined ? '' : `\\\\${system.serverName}\\`;
  const pairs = keys.map((property) => `${property.name}=${pathValue(property.value)}`);
  return `${server}${system.namespace.replaceAll('/', '\\')}:${system.className}.${pairs.join(',')}`;
}

/** Of a key in an instance's line, as in MMI (Internal/Helpers.cs). */
const LONGEST_VALUE = 40;
const NOT_SHOWN = /[^\p{L}\p{Nd}\p{P} ]/gu;

/**
 * An instance in one line, as MMI's `CimInstance.ToString` prints it: of a value what is no letter, digit, punctuation or blank is `?`, and what
 * goes beyond 40 characters is `...`, since it stands in questions.
 */
export function instanceText(className: string, properties: CimInstanceProperties): string {
  const caption = properties.get('Caption')?.value;
  const keys = [...properties]
    .filter((property) => property.flags.key)
    .map(propertyText)
    .join(', ');
  const head =
    typeof caption === 'string' && caption !== '' ? `${className}: ${caption.replace(NOT_SHOWN, '?')}` : className;
  return keys === '' ? head : `${head} (${keys})`;
}

/** A property in one line, as MMI's `CimProperty.ToString` prints it: `Name = "x"`. */
export function propertyText({ name, value }: Pick<CimProperty, 'name' | 'value'>): string {
  return value === null ? name : `${name} = ${displayValue(value)}`;
}

function pathValue(value: CimValue): string {
  if (value === null) return '';
  switch (typeof value) {
    case 'bigint':
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 'TRUE' : 'FALSE';
    case 'object':
      return quoted(pathText(value));
    default:
      return quoted(value);
  }
}

/** A reference by its own path, a datetime in its CIM form; both stand in quotes, as WMI writes them. */
function pathText(value: CimValue & object): string {
  if ('cimSystemProperties' in value) return value.cimSystemProperties.path ?? String(value);
  return 'toCim' in value ? value.toCim() : String(value);
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function displayValue(value: CimValue): string {
  if (value === null) return '';
  if (Array.isArray(value))
    return `{${value.map((item: CimScalar | null) => (item === null ? '' : displayScalar(item))).join(', ')}}`;
  return displayScalar(value as CimScalar);
}

function displayScalar(value: CimScalar): string {
  if (typeof value === 'string') {
    const cut = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
    return `"${cut.replace(NOT_SHOWN, '?')}"`;
  }
  if (typeof value === 'object' && 'cimSystemProperties' in value) return '...';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
