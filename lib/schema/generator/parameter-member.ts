import type { CmdletParameter, CmdletParameterSetMembership } from '../definition/cmdlet-definition.js';
import { takesNull } from '../definition/takes-null.js';
import { docComment } from './doc-comment.js';
import type { ImportList } from './import-list.js';
import { type DescribedCmdlet, relatedProperties } from './schema-library.js';
import { quoted } from './source-literal.js';
import { parameterType, propertyType } from './value-types.js';

const LIB = '../../..';

/** The member that a parameter is in the type of a parameter set, and those of its aliases. */
export function memberSource(
  cmdlet: DescribedCmdlet,
  parameter: CmdletParameter,
  membership: CmdletParameterSetMembership | undefined,
  imports: ImportList,
): string {
  const type = parameterType(cmdlet, parameter, imports, LIB);
  const mandatory = membership?.mandatory === true;
  // Null is a value where PowerShell's binder takes it for one; elsewhere nothing is given by leaving a parameter out.
  const nulls = takesNull(parameter) ? ' | null' : '';
  const comment = docComment([parameter.description || `Parameter ${parameter.name}.`], 2);
  const member = `${comment}  readonly ${parameter.name}${mandatory ? '' : '?'}: ${type}${nulls}${mandatory ? '' : ' | undefined'};\n`;
  return member + parameter.aliases.map((alias) => aliasMember(alias, parameter.name, type)).join('');
}

/** What a parameter is in the type of a piped object, under its name and its aliases: its values, and those that the related classes have there. */
export function inputMember(
  cmdlet: DescribedCmdlet,
  parameter: CmdletParameter,
  needed: boolean,
  imports: ImportList,
): string {
  const types = [
    parameterType(cmdlet, parameter, imports, LIB),
    ...relatedProperties(cmdlet, parameter.name).map((property) => propertyType(property, imports, LIB)),
  ];
  // A relationship's one scope is an array with it.
  if (parameter.type === 'IPAddress' && !parameter.isArray) types.push('readonly string[]');
  const type = [...new Set(types.flatMap((one) => one.split(' | ')))].join(' | ');
  const comment = docComment([parameter.description || `Parameter ${parameter.name}.`], 2);
  const member = `${comment}  readonly ${parameter.name}${needed ? '' : '?'}: ${type} | null${needed ? '' : ' | undefined'};\n`;
  return member + parameter.aliases.map((alias) => aliasMember(alias, parameter.name, `${type} | null`)).join('');
}

/** What a parameter of other sets is in the type of a set: a type that is what the compiler says of a value there. */
export function foreignMember(parameter: CmdletParameter, set: string): string {
  const sets = parameter.sets.map((entry) => entry.set).join(', ');
  const sentence = `${parameter.name} belongs to parameter set ${sets}, not to ${set}: keep to the parameters of one set`;
  return `${docComment([`Belongs to parameter set ${sets}.`], 2)}  readonly ${parameter.name}?: ${quoted(sentence)} | undefined;\n`;
}

function aliasMember(alias: string, name: string, type: string): string {
  return `${docComment([`Alias of ${name}.`], 2)}  readonly ${alias}?: ${type} | undefined;\n`;
}
