import { type OutputObject, propertyValue } from './output-object.js';
import { viewDefinitionOf } from './view-definitions.js';

/** PowerShell's $FormatEnumerationLimit: so many elements of an array are shown. */
const ENUMERATION_LIMIT = 4;

/** A value as PowerShell's list and table views print it: null blank, `True`, `01:00:00`, `{10.10.10.0, 10.20.20.0}`. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) {
    const shown = value.slice(0, ENUMERATION_LIMIT).map(formatValue);
    return `{${shown.join(', ')}${value.length > ENUMERATION_LIMIT ? '...' : ''}}`;
  }
  return String(value);
}

/** The property of an object as the views print it. */
export function formatProperty(item: OutputObject, name: string): string {
  const value = propertyValue(item, name);
  if (Array.isArray(value) && value.length <= 1 && isExtended(item, name)) return formatValue(value[0]);
  return formatValue(value);
}

function isExtended(item: OutputObject, name: string): boolean {
  const extended = viewDefinitionOf(item.viewName ?? item.className)?.extended ?? [];
  return extended.some((candidate) => candidate.toLowerCase() === name.toLowerCase());
}
