import { declaredWith } from './definitions-module.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classConstant, classPath, definitionConstant, definitionsLoader, definitionsPath } from './names.js';
import type { SchemaLibrary } from './schema-library.js';
import { loadedModule, quoted } from './source-literal.js';

/**
 * The tables of cmdlets and classes, whose values are loaded when they are asked for, at once and without a promise: binding, and what it
 * throws, comes before a call returns. The build makes a file of its own of each module that is loaded so, this one among them.
 */
export function loadModule({ cmdlets, classes }: SchemaLibrary): string {
  const owners = [...new Set(cmdlets.map(({ definition }) => definition.className))].sort();
  const homes = new Map<string, string>();
  for (const owner of owners) {
    const definitions = cmdlets.map(({ definition }) => definition).filter(({ className }) => className === owner);
    for (const className of declaredWith(definitions)) homes.set(className, homes.get(className) ?? owner);
  }
  const definitions = owners.map(
    (className) =>
      `const ${definitionsLoader(className)} = () => ${loadedModule(`./${definitionsPath(className)}.js`)};\n`,
  );
  const table = (name: string, comment: string, type: string, entries: readonly string[]): string =>
    `${docComment([comment])}export const ${name}: readonly (readonly [name: string, load: () => ${type}])[] = [\n${entries.join('')}];\n`;
  const cmdletEntries = cmdlets.map(({ definition }) =>
    entry(definition.name, `${definitionsLoader(definition.className)}().${definitionConstant(definition)}`),
  );
  const classEntries = classes
    .map(({ className }) => className)
    .sort((left, right) => left.localeCompare(right, 'en'))
    .map((className) => {
      const home = homes.get(className);
      const path = `./${classPath(className)}.js`;
      const module = home === undefined ? `(${loadedModule(path)})` : `${definitionsLoader(home)}()`;
      return entry(className, `${module}.${classConstant(className)}`);
    });
  const imports = new ImportList();
  const cmdletType = imports.type('CmdletDefinition', '../../schema/definition/cmdlet-definition.js');
  const classType = imports.type('CimClassDeclaration', '../../cim/value/class-declaration.js');
  return `${imports}
${docComment(['The cmdlets over each class.'])}${definitions.join('')}
${table('cmdletLoaders', 'The cmdlets by name in lower case.', cmdletType, cmdletEntries)}
${table('classLoaders', 'The declarations of the classes by name in lower case.', classType, classEntries)}`;
}

function entry(name: string, value: string): string {
  return `  [${quoted(name.toLowerCase())}, () => ${value}],\n`;
}
