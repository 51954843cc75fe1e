import type { CmdletDefinition } from '../definition/cmdlet-definition.js';
import { docComment } from './doc-comment.js';
import { sourceLiteral } from './source-literal.js';

const NAMES = ['namespace', 'classVersion', 'moduleName', 'moduleVersion'] as const;

/** What all cmdlets of a module say alike. */
export type ModuleConstants = Partial<Pick<CmdletDefinition, (typeof NAMES)[number]>>;

/** The name of the constant that holds them. */
export const MODULE_CONSTANTS = 'moduleConstants';

export function moduleConstants(definitions: readonly CmdletDefinition[]): ModuleConstants {
  const [first] = definitions;
  const alike = NAMES.filter((name) => definitions.every((definition) => definition[name] === first?.[name]));
  return Object.fromEntries(alike.map((name) => [name, first?.[name]]));
}

/** The module that holds them. */
export function moduleConstantsModule(constants: ModuleConstants): string {
  const start = `export const ${MODULE_CONSTANTS} = `;
  return `${docComment(['What all cmdlets of the module say alike.'])}${start}${sourceLiteral(constants, 0, 120)};\n`;
}
