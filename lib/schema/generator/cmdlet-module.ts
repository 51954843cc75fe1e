import type { CmdletDefinition } from '../definition/cmdlet-definition.js';
import { typeScriptExample } from './command-example.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classPath, definitionConstant, definitionsPath, functionName, instanceType, typeStem } from './names.js';
import { inputType, parameterInterfaces, pipedParametersType } from './parameter-interfaces.js';
import type { DescribedCmdlet } from './schema-library.js';
import type { SharedParts } from './shared-parts.js';
import { loadedModule } from './source-literal.js';

const LIB = '../../..';

/**
 * The module of one cmdlet: the types of its parameters, and the function that hands its definition to the engine. The definition is loaded
 * with the first call, and named here alone, so that a bundle of one cmdlet needs no other's.
 */
export function cmdletModule(cmdlet: DescribedCmdlet, shared: SharedParts): string {
  const imports = new ImportList();
  const parts = [parameterInterfaces(cmdlet, shared, imports), functionSource(cmdlet, imports)];
  return `${imports}\n${parts.join('\n')}`;
}

function functionSource(cmdlet: DescribedCmdlet, imports: ImportList): string {
  const { definition } = cmdlet;
  const piped = pipedParametersType(definition);
  const types = [
    `${typeStem(definition)}Parameters`,
    ...(piped === undefined ? [] : [piped]),
    outputItem(definition, imports),
    inputType(definition),
  ];
  const make = imports.value('cmdletFunction', `${LIB}/cmdlet/cmdlet-function.js`);
  const start = `export const ${functionName(definition)} = ${make}`;
  const definitions = loadedModule(`../${definitionsPath(definition.className)}.js`);
  const flat = `${start}<${types.join(', ')}>(`;
  const head = flat.length <= 120 ? flat : `${start}<\n${types.map((type) => `  ${type}`).join(',\n')}\n>(`;
  return `${functionComment(cmdlet)}${head}\n  () => (${definitions}).${definitionConstant(definition)},\n);\n`;
}

function outputItem(definition: CmdletDefinition, imports: ImportList): string {
  const { outputType, outputClasses } = definition;
  if (outputType === undefined) return 'never';
  const declared = outputClasses.find((declaration) => declaration.className === outputType);
  if (declared) return imports.type(instanceType(outputType), `../${classPath(outputType)}.js`);
  if (outputType === 'String') return 'string';
  return imports.type('CimInstance', `${LIB}/cim/instance/cim-instance.js`);
}

function functionComment({ definition, help }: DescribedCmdlet, cmdlet = { definition, help }): string {
  const [example] = help.examples;
  return docComment([
    definition.synopsis,
    ...(help.description === undefined ? [] : ['', ...help.description.split('\n')]),
    '',
    `@param parameters PowerShell's parameters, spelled as PowerShell spells them${parameterSets(definition)}. \`AsJob: true\` gives a job.`,
    '@param options How the call is run: abort, timeout, who is asked, listeners.',
    '@returns All results when awaited; each as it arrives when iterated.',
    '@throws {ParameterBindingError} The parameters do not fit; nothing was sent.',
    '@throws {CmdletError} One or more servers failed; it holds the results of the others.',
    ...(example === undefined ? [] : ['@example', '```ts', ...typeScriptExample(cmdlet, example.command), '```']),
    ...(definition.helpUri === undefined ? [] : [`@see {@link ${definition.helpUri}} PowerShell's help`]),
  ]);
}

function parameterSets(definition: CmdletDefinition): string {
  const sets = definition.methods.map((method) => method.parameterSet);
  return sets.length === 1 ? '' : `; parameter sets: ${sets.join(', ')}`;
}
