import {
  ALL_PARAMETER_SETS,
  type CmdletDefinition,
  type CmdletParameter,
  type CmdletParameterSetMembership,
} from '../definition/cmdlet-definition.js';
import { docComment } from './doc-comment.js';
import type { ImportList } from './import-list.js';
import { typeStem } from './names.js';
import { type DescribedCmdlet, isNeverNull, relatedProperties } from './schema-library.js';
import { quoted } from './source-literal.js';
import { parameterType } from './value-types.js';

const LIB = '../../..';

/**
 * The types of a cmdlet's parameters: what all sets share, an interface for each set, and their union. A parameter that a set does not
 * have may only be null there, so that two sets cannot be mixed. An instance's properties can be spread into them all the same: TypeScript
 * looks for unknown names only among those that are written out, and the engine ignores what is not a parameter.
 */
export function parameterInterfaces(cmdlet: DescribedCmdlet, imports: ImportList): string {
  return [ownInterfaces(cmdlet, imports), ...pipedParameters(cmdlet, imports)].join('\n');
}

function ownInterfaces(cmdlet: DescribedCmdlet, imports: ImportList): string {
  const { definition } = cmdlet;
  const stem = typeStem(definition);
  const sets = definition.methods.map((method) => method.parameterSet);
  const bases = [imports.type('EngineParameters', `${LIB}/cmdlet/contract/engine-parameters.js`)];
  if (definition.supportsShouldProcess)
    bases.push(imports.type('ShouldProcessParameters', `${LIB}/cmdlet/contract/engine-parameters.js`));
  if (sets.length === 1) {
    const members = definition.parameters.map((parameter) =>
      memberOfSet(cmdlet, parameter, parameter.sets[0], imports),
    );
    return interfaceSource(`${stem}Parameters`, bases, `Parameters of ${definition.name}.`, [
      ...members,
      ...aliasMembers(cmdlet, definition.parameters, imports),
    ]);
  }
  const shared = definition.parameters.filter((parameter) => parameter.sets[0]?.set === ALL_PARAMETER_SETS);
  const others = definition.parameters.filter((parameter) => !shared.includes(parameter));
  const base = interfaceSource(
    `${stem}SharedParameters`,
    bases,
    `Parameters of ${definition.name} that every parameter set has.`,
    [
      ...shared.map((parameter) => memberOfSet(cmdlet, parameter, parameter.sets[0], imports)),
      ...aliasMembers(cmdlet, shared, imports),
    ],
  );
  const perSet = sets.map((set) => {
    const members = others.map((parameter) => {
      const membership = parameter.sets.find((entry) => entry.set === set);
      return membership ? memberOfSet(cmdlet, parameter, membership, imports) : foreignMember(parameter);
    });
    const own = others.filter((parameter) => parameter.sets.some((entry) => entry.set === set));
    const byDefault = set === definition.defaultParameterSet ? ', the default one' : '';
    return interfaceSource(
      setType(stem, set),
      [`${stem}SharedParameters`],
      `Parameter set ${set} of ${definition.name}${byDefault}.`,
      [...members, ...aliasMembers(cmdlet, own, imports)],
    );
  });
  const union = `${docComment([`Parameters of ${definition.name}: one of its parameter sets.`])}export type ${stem}Parameters =\n${sets
    .map((set) => `  | ${setType(stem, set)}`)
    .join('\n')};\n`;
  return [base, ...perSet, union].join('\n');
}

/** Names of the types that {@link parameterInterfaces} makes. */
export function parameterTypeNames({ definition }: DescribedCmdlet): string[] {
  const stem = typeStem(definition);
  const piped = pipedParametersType(definition);
  const both = [`${stem}Parameters`, ...(piped === undefined ? [] : [piped])];
  if (definition.methods.length === 1) return both;
  return [
    ...both,
    `${stem}SharedParameters`,
    ...definition.methods.map((method) => setType(stem, method.parameterSet)),
  ];
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

function memberOfSet(
  cmdlet: DescribedCmdlet,
  parameter: CmdletParameter,
  membership: CmdletParameterSetMembership | undefined,
  imports: ImportList,
): string {
  const type = parameterType(cmdlet, parameter, imports, LIB);
  const mandatory = membership?.mandatory === true;
  const nulls = acceptsNull(cmdlet, parameter, mandatory) ? ' | null' : '';
  const comment = docComment([parameter.description || `Parameter ${parameter.name}.`], 2);
  return `${comment}  readonly ${parameter.name}${mandatory ? '' : '?'}: ${type}${nulls}${mandatory ? '' : ' | undefined'};\n`;
}

/**
 * Null is what an empty property of a piped or spread object gives: it counts as not given, and for a mandatory parameter is refused when
 * the call is bound. For a parameter with AllowNull it is a value.
 */
function acceptsNull(cmdlet: DescribedCmdlet, parameter: CmdletParameter, mandatory: boolean): boolean {
  const properties = relatedProperties(cmdlet, parameter.name);
  if (mandatory)
    return parameter.valueFromPipelineByPropertyName && properties.some((property) => !isNeverNull(property));
  return parameter.allowNull || parameter.valueFromPipelineByPropertyName || properties.length > 0;
}

function foreignMember(parameter: CmdletParameter): string {
  const sets = parameter.sets.map((entry) => entry.set).join(', ');
  return `${docComment([`Belongs to parameter set ${sets}.`], 2)}  readonly ${parameter.name}?: null | undefined;\n`;
}

function aliasMembers(cmdlet: DescribedCmdlet, parameters: readonly CmdletParameter[], imports: ImportList): string[] {
  return parameters.flatMap((parameter) =>
    parameter.aliases.map((alias) =>
      aliasMember(alias, parameter.name, parameterType(cmdlet, parameter, imports, LIB)),
    ),
  );
}

function aliasMember(alias: string, name: string, type: string): string {
  return `${docComment([`Alias of ${name}.`], 2)}  readonly ${alias}?: ${type} | undefined;\n`;
}
