import { ALL_PARAMETER_SETS, type CmdletDefinition } from '../definition/cmdlet-definition.js';
import { typeScriptExample } from './command-example.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { classConstant, classPath, functionName, instanceType, methodConstant, typeStem } from './names.js';
import { parameterInterfaces, pipedParametersType } from './parameter-interfaces.js';
import type { DescribedCmdlet } from './schema-library.js';
import { SourceCode, sourceLiteral } from './source-literal.js';

const LIB = '../../..';

/** The module of one cmdlet: the types of its parameters, its definition, and the function that hands it to the engine. */
export function cmdletModule(cmdlet: DescribedCmdlet): string {
  const imports = new ImportList();
  const parts = [
    parameterInterfaces(cmdlet, imports),
    definitionSource(cmdlet, imports),
    functionSource(cmdlet, imports),
  ];
  return `${imports}\n${parts.join('\n')}`;
}

export function definitionConstant(definition: CmdletDefinition): string {
  return `${functionName(definition)}Definition`;
}

function definitionSource({ definition }: DescribedCmdlet, imports: ImportList): string {
  const classModule = `../${classPath(definition.className)}.js`;
  const value = {
    ...definition,
    methods: definition.methods.map((method) => ({
      ...method,
      declaration: new SourceCode(
        imports.value(methodConstant(definition.className, method.declaration.name), classModule),
      ),
    })),
    outputClasses: definition.outputClasses.map((declaration) => {
      const name = classConstant(declaration.className);
      return new SourceCode(imports.value(name, `../${classPath(declaration.className)}.js`));
    }),
  };
  const type = imports.type('CmdletDefinition', `${LIB}/schema/definition/cmdlet-definition.js`);
  const start = `export const ${definitionConstant(definition)}: ${type} = `;
  return `${docComment([`${definition.name} as data.`])}${start}${sourceLiteral(value, 0, start.length)};\n`;
}

function functionSource(cmdlet: DescribedCmdlet, imports: ImportList): string {
  const { definition } = cmdlet;
  const name = functionName(definition);
  const parameters = `${typeStem(definition)}Parameters`;
  const item = outputItem(definition, imports);
  const options = imports.type('InvocationOptions', `${LIB}/cmdlet/contract/invocation-options.js`);
  const job = `${imports.type('CimJob', `${LIB}/cmdlet/result/cim-job.js`)}<${item}>`;
  const result = `${imports.type('CmdletResult', `${LIB}/cmdlet/result/result.js`)}<${item}>`;
  const invoke = imports.value('invokeCmdlet', `${LIB}/cmdlet/invoke.js`);
  const invokeAsJob = imports.value('invokeCmdletAsJob', `${LIB}/cmdlet/invoke.js`);
  const needed = definition.methods.every((method) => hasMandatory(definition, method.parameterSet));
  return `${functionComment(cmdlet)}export function ${name}(
  parameters: ${parameters} & { readonly AsJob: true },
  options?: ${options},
): ${job};
export function ${name}(
  parameters${needed ? '' : '?'}: ${parameters} & { readonly AsJob?: false | undefined },
  options?: ${options},
): ${result};
${pipedOverloads(cmdlet, imports, job, result)}export function ${name}(
  parameters: ${pipedParametersType(definition) ?? parameters} & { readonly AsJob?: boolean | undefined }${needed ? '' : ' = {}'},
  options: ${options} = {},
): ${job} | ${result} {
  return parameters.AsJob
    ? ${invokeAsJob}<${item}>(${definitionConstant(definition)}, { ...parameters }, options)
    : ${invoke}<${item}>(${definitionConstant(definition)}, { ...parameters }, options);
}
`;
}

/** The function once more, for a call with pipeline input: what an object may bring need not be given. */
function pipedOverloads({ definition }: DescribedCmdlet, imports: ImportList, job: string, result: string): string {
  const parameters = pipedParametersType(definition);
  if (parameters === undefined) return '';
  const name = functionName(definition);
  const options = imports.type('PipedOptions', `${LIB}/cmdlet/contract/piped-parameters.js`);
  return `export function ${name}(
  parameters: ${parameters} & { readonly AsJob: true },
  options: ${options},
): ${job};
export function ${name}(
  parameters: ${parameters} & { readonly AsJob?: false | undefined },
  options: ${options},
): ${result};
`;
}

function hasMandatory(definition: CmdletDefinition, set: string): boolean {
  return definition.parameters.some((parameter) =>
    parameter.sets.some((entry) => entry.mandatory && (entry.set === set || entry.set === ALL_PARAMETER_SETS)),
  );
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
