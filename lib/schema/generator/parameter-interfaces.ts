import { ALL_PARAMETER_SETS, type CmdletDefinition, type CmdletParameter } from '../definition/cmdlet-definition.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { typeStem } from './names.js';
import { foreignMember, inputMember, memberSource } from './parameter-member.js';
import type { DescribedCmdlet } from './schema-library.js';
import type { SharedParts } from './shared-parts.js';
import { quoted } from './source-literal.js';

const LIB = '../../..';

/**
 * The types of a cmdlet's parameters: what all sets share, an interface for each set, and their union. A parameter that a set does not
 * have has a type there that no value is of, so that two sets cannot be mixed.
 */
export function parameterInterfaces(cmdlet: DescribedCmdlet, shared: SharedParts, imports: ImportList): string {
  return [
    ownInterfaces(cmdlet, shared, imports),
    ...pipedParameters(cmdlet, imports),
    ...inputInterface(cmdlet, imports),
  ].join('\n');
}

function ownInterfaces(cmdlet: DescribedCmdlet, parts: SharedParts, imports: ImportList): string {
  const { definition } = cmdlet;
  const stem = typeStem(definition);
  const sets = definition.methods.map((method) => method.parameterSet);
  const bases = [imports.type('EngineParameters', `${LIB}/cmdlet/contract/engine-parameters.js`)];
  if (definition.supportsShouldProcess)
    bases.push(imports.type('ShouldProcessParameters', `${LIB}/cmdlet/contract/engine-parameters.js`));
  const everywhere = definition.parameters.filter((parameter) => parameter.sets[0]?.set === ALL_PARAMETER_SETS);
  const others = definition.parameters.filter((parameter) => !everywhere.includes(parameter));
  const members = everywhere.flatMap((parameter) => {
    const type = parts.typeOf(parameter, memberSource(cmdlet, parameter, parameter.sets[0], new ImportList()));
    if (type === undefined) return [memberSource(cmdlet, parameter, parameter.sets[0], imports)];
    bases.push(imports.type(type, '../shared.js'));
    return [];
  });
  if (sets.length === 1)
    return interfaceSource(`${stem}Parameters`, bases, `Parameters of ${definition.name}.`, members);
  const base = interfaceSource(
    `${stem}SharedParameters`,
    bases,
    `Parameters of ${definition.name} that every parameter set has.`,
    members,
  );
  const perSet = sets.map((set) => {
    const own = others.map((parameter) => {
      const membership = parameter.sets.find((entry) => entry.set === set);
      return membership ? memberSource(cmdlet, parameter, membership, imports) : foreignMember(parameter, set);
    });
    const byDefault = set === definition.defaultParameterSet ? ', the default one' : '';
    return interfaceSource(
      setType(stem, set),
      [`${stem}SharedParameters`],
      `Parameter set ${set} of ${definition.name}${byDefault}.`,
      own,
    );
  });
  const union = `${docComment([`Parameters of ${definition.name}: one of its parameter sets.`])}export type ${stem}Parameters =\n${sets
    .map((set) => `  | ${setType(stem, set)}`)
    .join('\n')};\n`;
  return [base, ...perSet, union].join('\n');
}

/** The type of the parameters beside pipeline input; undefined where no mandatory one may come from there. */
export function pipedParametersType(definition: CmdletDefinition): string | undefined {
  return pipedMandatory(definition).length === 0 ? undefined : `${typeStem(definition)}PipedParameters`;
}

function pipedParameters({ definition }: DescribedCmdlet, imports: ImportList): string[] {
  const name = pipedParametersType(definition);
  if (name === undefined) return [];
  const names = pipedMandatory(definition);
  const type = imports.type('PipedParameters', `${LIB}/cmdlet/contract/piped-parameters.js`);
  const comment = `Parameters of ${definition.name} beside pipeline input, which may bring ${names.join(', ')}.`;
  const source = `${type}<\n  ${typeStem(definition)}Parameters,\n  ${names.map(quoted).join(' | ')}\n>`;
  return [`${docComment([comment])}export type ${name} = ${source};\n`];
}

/** The type of what may be piped to a cmdlet; `never` where it takes nothing of a piped object. */
export function inputType(definition: CmdletDefinition): string {
  return pipedByName(definition).length === 0 ? 'never' : `${typeStem(definition)}Input`;
}

/** What a piped object has. It must bring the one parameter without which no set is complete, where that has no other name. */
function inputInterface(cmdlet: DescribedCmdlet, imports: ImportList): string[] {
  const { definition } = cmdlet;
  const parameters = pipedByName(definition);
  if (parameters.length === 0) return [];
  const [needed, ...others] = pipedMandatory(definition);
  const isNeeded = ({ name, aliases, sets }: CmdletParameter): boolean =>
    others.length === 0 &&
    name === needed &&
    aliases.length === 0 &&
    (sets[0]?.set === ALL_PARAMETER_SETS || sets.length === definition.methods.length);
  const members = parameters.map((parameter) => inputMember(cmdlet, parameter, isNeeded(parameter), imports));
  const base = imports.type('PipedObject', `${LIB}/cmdlet/contract/piped-input.js`);
  return [
    interfaceSource(inputType(definition), [base], `What ${definition.name} takes from a piped object.`, members),
  ];
}

function pipedByName({ parameters }: CmdletDefinition): CmdletParameter[] {
  return parameters.filter(
    (parameter) =>
      parameter.valueFromPipelineByPropertyName ||
      parameter.sets.some((entry) => entry.valueFromPipelineByPropertyName === true),
  );
}

/** Names of the parameters that must be given, and that a piped object may bring. */
function pipedMandatory({ parameters }: CmdletDefinition): string[] {
  return parameters
    .filter((parameter) =>
      parameter.sets.some(
        (entry) =>
          entry.mandatory && (entry.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName),
      ),
    )
    .map(({ name }) => name);
}

function setType(stem: string, set: string): string {
  return `${stem}By${set.replace(/[^A-Za-z0-9_]/g, '')}Parameters`;
}

function interfaceSource(name: string, bases: readonly string[], comment: string, members: readonly string[]): string {
  return `${docComment([comment])}export interface ${name} extends ${bases.join(', ')} {\n${members.join('')}}\n`;
}
