import type { OutputObject } from '../values/line-value.js';
import { viewDefinitionOf } from './view-definitions.js';

/**
 * The names of an instance's properties as PowerShell goes through them, for `Select-Object *`, lists and JSON: the type extension's first, the
 * class's own in alphabetical order, the computer's name at the end. Of any other object, as they stand in it.
 */
export function propertyOrder({ className, viewName }: OutputObject, names: readonly string[]): readonly string[] {
  if (className === undefined) return names;
  const { aliases = {}, asciiOf = {}, extended = [] } = viewDefinitionOf(viewName ?? className) ?? {};
  const first = [...Object.keys(aliases), ...Object.keys(asciiOf), ...extended].filter((name) => names.includes(name));
  const own = names.filter((name) => !first.includes(name) && name !== 'PSComputerName').sort();
  return [...first, ...own, ...names.filter((name) => name === 'PSComputerName')];
}
