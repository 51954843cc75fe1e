import type { CmdletDefinition } from '../definition/cmdlet-definition.js';
import { typeScriptExample } from './command-example.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { MODULE_CONSTANTS, type ModuleConstants } from './module-constants.js';
import { classConstant, classPath, functionName, instanceType, methodConstant, typeStem } from './names.js';
import { parameterInterfaces, pipedParametersType } from './parameter-interfaces.js';
import type { DescribedCmdlet } from './schema-library.js';
import { SourceCode, sourceLiteral } from './source-literal.js';
import { writtenDefinition } from './written-definition.js';

const LIB = '../../..';

/** The module of one cmdlet: the types of its parameters, its definition, and the function that hands it to the engine. */
export function cmdletModule(cmdlet: DescribedCmdlet, shared: ModuleConstants): string {
  const imports = new ImportList();
  const parts = [
    parameterInterfaces(cmdlet, imports),
    definitionSource(cmdlet, shared, imports),
    functionSource(cmdlet, imports),
  ];
  return `${imports}\n${parts.join('\n')}`;
}

export function definitionConstant(definition: CmdletDefinition): string {
  return `${functionName(definition)}Definition`;
}

function definitionSource({ definition }: DescribedCmdlet, shared: ModuleConstants, imports: ImportList): string {
  const classModule = `../${classPath(definition.className)}.js`;
  const written = writtenDefinition(definition);
  const own = Object.entries({
    ...written,
    methods: written.methods.map((method) => ({
      ...method,
      declaration: new SourceCode(
        imports.value(methodConstant(definition.className, method.declaration.name), classModule),
      ),
    })),
    outputClasses: written.outputClasses?.map(({ className }) => {
      return new SourceCode(imports.value(classConstant(className), `../${classPath(className)}.js`));
    }),
  }).filter(([name]) => !(name in shared));
  const spread = Object.keys(shared).length === 0 ? [] : [imports.value(MODULE_CONSTANTS, '../module-constants.js')];
  const complete = imports.value('completeDefinition', `${LIB}/schema/definition/complete-definition.js`);
  const start = `export const ${definitionConstant(definition)} = ${complete}(`;
  return `${docComment([`${definition.name} as data.`])}${start}${sourceLiteral(Object.fromEntries(own), 0, start.length, spread)});\n`;
}

function functionSource(cmdlet: DescribedCmdlet, imports: ImportList): string {
  const { definition } = cmdlet;
  const piped = pipedParametersType(definition);
  const types = [
    `${typeStem(definition)}Parameters`,
    ...(piped === undefined ? [] : [piped]),
    outputItem(definition, imports),
  ];
  const make = imports.value('cmdletFunction', `${LIB}/cmdlet/cmdlet-function.js`);
  const start = `export const ${functionName(definition)} = ${make}`;
  const call = `(${definitionConstant(definition)});`;
  const line = `${start}<${types.join(', ')}>${call}`;
  const lines = line.length <= 120 ? line : `${start}<\n${types.map((type) => `  ${type}`).join(',\n')}\n>${call}`;
  return `${functionComment(cmdlet)}${lines}\n`;
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
    ...(example === undefined
      ? []
      : [
          '@example',
          '```ts',
          ...typeScriptExample({ ...cmdlet, fileName: '', relatedClasses: [] }, example.command),
          '```',
        ]),
    ...(definition.helpUri === undefined ? [] : [`@see {@link ${definition.helpUri}} PowerShell's help`]),
  ]);
}

function parameterSets(definition: CmdletDefinition): string {
  const sets = definition.methods.map((method) => method.parameterSet);
  return sets.length === 1 ? '' : `; parameter sets: ${sets.join(', ')}`;
}
