import { declaredWith } from './definitions-module.js';
import { docComment } from './doc-comment.js';
import { classConstant, classPath, definitionsLoader, definitionsPath } from './names.js';
import type { SchemaLibrary } from './schema-library.js';
import { quoted } from './source-literal.js';

/**
 * The module that loads definitions and classes when they are asked for, at once and without a promise: binding, and what it throws, comes
 * before a call returns. The build makes a file of its own of each module that is loaded so.
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
      `export const ${definitionsLoader(className)} = () => ${loaded(`./${definitionsPath(className)}.js`)};\n`,
  );
  const declarations = [...classes.map(({ className }) => className)].sort().map((className) => {
    const constant = classConstant(className);
    const home = homes.get(className);
    const module = home === undefined ? `(${loaded(`./${classPath(className)}.js`)})` : `${definitionsLoader(home)}()`;
    return `export const ${constant} = () => ${module}.${constant};\n`;
  });
  return `${docComment(['The cmdlets over each class, loaded with the first call of one.'])}${definitions.join('')}
${docComment(['The declarations of the classes, loaded when they are asked for.'])}${declarations.join('')}`;
}

function loaded(path: string): string {
  return `require(${quoted(path)}) as typeof import(${quoted(path)})`;
}
