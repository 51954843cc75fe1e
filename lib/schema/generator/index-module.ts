import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classPath, cmdletPath, instanceType } from './names.js';
import type { SchemaLibrary } from './schema-library.js';
import { loadedModule, quoted } from './source-literal.js';

/** The module that exports everything by name. */
export function indexModule(library: SchemaLibrary, sharedTypes: readonly string[]): string {
  const classes = [...library.classes].sort((left, right) => left.className.localeCompare(right.className, 'en'));
  const types = classes
    .filter(({ properties }) => properties.length > 0)
    .map(({ className }) => {
      return `export type { ${className}, ${instanceType(className)} } from ${quoted(`./${classPath(className)}.js`)};\n`;
    });
  const functions = library.cmdlets.map(
    ({ definition }) => `export * from ${quoted(`./${cmdletPath(definition)}.js`)};\n`,
  );
  const shared = sharedTypes.length === 0 ? '' : `export type { ${sharedTypes.join(', ')} } from './shared.js';\n`;
  return `
${types.join('')}${functions.join('')}${shared}export * from './tables.js';
`;
}

/** The tables of cmdlets and classes. What they hold, and their names, is loaded when it is asked for. */
export function tablesModule(library: SchemaLibrary): string {
  const imports = new ImportList();
  const map = imports.value('LazyMap', '../../base/collections/lazy-map.js');
  const classType = imports.type('CimClassDeclaration', '../../cim/value/class-declaration.js');
  const cmdletType = imports.type('CmdletDefinition', '../../schema/definition/cmdlet-definition.js');
  const tables = loadedModule('./load.js');
  return `${imports}
${docComment(['The cmdlets of the module, by name in lower case.'])}export const cmdletDefinitions: ReadonlyMap<string, ${cmdletType}> = new ${map}(
  () => (${tables}).cmdletLoaders,
);

${docComment(['The CIM classes of the module, by name in lower case.'])}export const classDeclarations: ReadonlyMap<string, ${classType}> = new ${map}(
  () => (${tables}).classLoaders,
);

${docComment(['Names in lower case that are often written for cmdlets that the module does not have, and what is meant.'])}export const notCmdlets: ReadonlyMap<string, string> = new Map([
${library.notCmdlets.map(([name, sentence]) => `  [${quoted(name)}, ${quoted(sentence)}],\n`).join('')}]);
`;
}
