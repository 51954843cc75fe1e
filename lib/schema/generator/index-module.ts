import { definitionConstant } from './cmdlet-module.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classConstant, classPath, cmdletPath, functionName, instanceType } from './names.js';
import { parameterTypeNames } from './parameter-interfaces.js';
import type { SchemaLibrary } from './schema-library.js';
import { quoted } from './source-literal.js';

/** The module that exports everything by name, with the tables of cmdlets and classes. */
export function indexModule(library: SchemaLibrary): string {
  const imports = new ImportList();
  const classes = [...library.classes].sort((left, right) => left.className.localeCompare(right.className, 'en'));
  const exports: string[] = [];
  for (const declaration of classes) {
    const from = `./${classPath(declaration.className)}.js`;
    imports.value(classConstant(declaration.className), from);
    if (declaration.properties.length > 0) {
      exports.push(
        `export type { ${declaration.className}, ${instanceType(declaration.className)} } from ${quoted(from)};\n`,
      );
    }
  }
  for (const cmdlet of library.cmdlets) {
    const from = `./${cmdletPath(cmdlet.definition)}.js`;
    imports.value(definitionConstant(cmdlet.definition), from);
    exports.push(
      `export type {\n${parameterTypeNames(cmdlet)
        .map((name) => `  ${name},\n`)
        .join('')}} from ${quoted(from)};\n`,
    );
    exports.push(`export { ${functionName(cmdlet.definition)} } from ${quoted(from)};\n`);
  }
  imports.type('CimClassDeclaration', '../../cim/value/class-declaration.js');
  imports.type('CmdletDefinition', '../definition/cmdlet-definition.js');
  const cmdletEntries = library.cmdlets.map(
    ({ definition }) => `  [${quoted(definition.name.toLowerCase())}, ${definitionConstant(definition)}],\n`,
  );
  const classEntries = classes.map(
    ({ className }) => `  [${quoted(className.toLowerCase())}, ${classConstant(className)}],\n`,
  );
  return `${imports}
${exports.join('')}
${docComment(['The cmdlets of the module, by name in lower case.'])}export const cmdletDefinitions: ReadonlyMap<string, CmdletDefinition> = new Map([
${cmdletEntries.join('')}]);

${docComment(['The CIM classes of the module, by name in lower case.'])}export const classDeclarations: ReadonlyMap<string, CimClassDeclaration> = new Map([
${classEntries.join('')}]);
`;
}
