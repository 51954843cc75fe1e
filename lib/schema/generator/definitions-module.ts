import type { CmdletDefinition } from '../definition/cmdlet-definition.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classConstant, classPath, definitionConstant, methodConstant } from './names.js';
import type { SharedParts } from './shared-parts.js';
import { quoted, SourceCode, sourceLiteral } from './source-literal.js';
import { writtenDefinition } from './written-definition.js';

const LIB = '../../..';

/** The module with the cmdlets over one class as data, and with the declarations of the class and of what they write. */
export function definitionsModule(definitions: readonly CmdletDefinition[], shared: SharedParts): string {
  const imports = new ImportList();
  const parts = definitions.map((definition) => definitionSource(definition, shared, imports));
  const classes = declaredWith(definitions).map(
    (className) => `export { ${classConstant(className)} } from ${quoted(`../${classPath(className)}.js`)};\n`,
  );
  return `${imports}\n${classes.join('')}\n${parts.join('\n')}`;
}

/** The names of the classes that the module of these definitions exports. */
export function declaredWith(definitions: readonly CmdletDefinition[]): string[] {
  const names = definitions.flatMap(({ className, outputClasses }) => [
    className,
    ...outputClasses.map((declaration) => declaration.className),
  ]);
  return [...new Set(names)].sort();
}

function definitionSource(definition: CmdletDefinition, shared: SharedParts, imports: ImportList): string {
  const classModule = `../${classPath(definition.className)}.js`;
  const written = writtenDefinition(definition);
  const members = Object.entries({
    ...written,
    parameters: written.parameters?.map((parameter) => {
      const constant = shared.constantOf(parameter);
      return constant === undefined ? parameter : new SourceCode(imports.value(constant, '../shared.js'));
    }),
    methods: written.methods.map((method) => ({
      ...method,
      declaration: new SourceCode(
        imports.value(methodConstant(definition.className, method.declaration.name), classModule),
      ),
    })),
    outputClasses: written.outputClasses?.map(({ className }) => {
      return new SourceCode(imports.value(classConstant(className), `../${classPath(className)}.js`));
    }),
  });
  const own = Object.fromEntries(members.filter(([name]) => !shared.hasField(name)));
  const complete = imports.value('completeDefinition', `${LIB}/schema/definition/complete-definition.js`);
  const start = `export const ${definitionConstant(definition)} = ${complete}(`;
  const spread = [imports.value(shared.moduleConstant, '../shared.js')];
  return `${docComment([`${definition.name} as data.`])}${start}${sourceLiteral(own, 0, start.length, spread)});\n`;
}
