import type { CmdletParameter, CmdletParameterSetMembership } from '../definition/cmdlet-definition.js';
import { docComment } from './doc-comment.js';
import type { ImportList } from './import-list.js';
import { type DescribedCmdlet, isNeverNull, relatedProperties } from './schema-library.js';
import { parameterType } from './value-types.js';

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
  const nulls = acceptsNull(cmdlet, parameter, mandatory) ? ' | null' : '';
  const comment = docComment([parameter.description || `Parameter ${parameter.name}.`], 2);
  const member = `${comment}  readonly ${parameter.name}${mandatory ? '' : '?'}: ${type}${nulls}${mandatory ? '' : ' | undefined'};\n`;
  return member + parameter.aliases.map((alias) => aliasMember(alias, parameter.name, type)).join('');
}

/**
 * Null is what an empty property of a piped or spread object gives: it counts as not given, and for a mandatory parameter is refused when
 * the call is bound. For a parameter with AllowNull it is a value.
 */
function acceptsNull(cmdlet: DescribedCmdlet, parameter: CmdletParameter, mandatory: boolean): boolean {
  const properties = relatedProperties(cmdlet, parameter.name);
  if (mandatory)
    return parameter.valueFromPipelineByPropertyName && properties.some((property) => !isNeverNull(property));
  return (
    parameter.allowNull ||
    parameter.nullable === true ||
    parameter.valueFromPipelineByPropertyName ||
    properties.length > 0
  );
}

/** What a parameter of other sets is in the type of a set. */
export function foreignMember(parameter: CmdletParameter): string {
  const sets = parameter.sets.map((entry) => entry.set).join(', ');
  return `${docComment([`Belongs to parameter set ${sets}.`], 2)}  readonly ${parameter.name}?: null | undefined;\n`;
}

function aliasMember(alias: string, name: string, type: string): string {
  return `${docComment([`Alias of ${name}.`], 2)}  readonly ${alias}?: ${type} | undefined;\n`;
}
