import type { CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import type {
  CdxmlCmdlet,
  CdxmlDocument,
  CdxmlMethod,
  CdxmlMethodParameter,
  CdxmlParameterMetadata,
} from '../cdxml/cdxml-document.js';
import {
  ALL_PARAMETER_SETS,
  type CmdletParameter,
  type CmdletParameterSetMembership,
} from '../definition/cmdlet-definition.js';
import { SchemaError } from '../definition/schema-error.js';
import { type ResolvedType, resolveType } from './method-declaration.js';
import type { ParameterSetNames } from './parameter-set-names.js';
import type { CmdletPrivateData } from './private-data.js';

interface Occurrence {
  readonly set: string;
  readonly entry: CdxmlMethodParameter;
  readonly metadata: CdxmlParameterMetadata;
  readonly description: string;
}

/** The parameters of a cmdlet, in the order in which its methods first name them. */
export function parameterDefinitions(
  document: CdxmlDocument,
  cmdlet: CdxmlCmdlet,
  declarations: ReadonlyMap<CdxmlMethod, CimMethodDeclaration>,
  setNames: ParameterSetNames,
  privateData: CmdletPrivateData,
): CmdletParameter[] {
  const byName = new Map<string, Occurrence[]>();
  for (const method of cmdlet.methods) {
    for (const entry of method.parameters) {
      if (entry.parameter === undefined) continue;
      const declared = declarations
        .get(method)
        ?.parameters.find((one) => one.name.toLowerCase() === entry.name.toLowerCase());
      const name = entry.parameter.psName ?? entry.name;
      const occurrences = byName.get(name) ?? [];
      occurrences.push({
        set: setNames(method),
        entry,
        metadata: entry.parameter,
        description: declared?.description ?? '',
      });
      byName.set(name, occurrences);
    }
  }
  return [...byName].map(([name, found]) => parameterDefinition(document, cmdlet, name, found, privateData));
}

function parameterDefinition(
  document: CdxmlDocument,
  cmdlet: CdxmlCmdlet,
  name: string,
  found: readonly Occurrence[],
  privateData: CmdletPrivateData,
): CmdletParameter {
  const where = `${cmdlet.verb}-${cmdlet.noun}, parameter ${name}`;
  const [first] = found;
  if (first === undefined) throw new SchemaError(document.fileName, `${where}: It occurs nowhere.`);
  const shape = JSON.stringify(sameEverywhere(first));
  if (found.some((occurrence) => JSON.stringify(sameEverywhere(occurrence)) !== shape)) {
    throw new SchemaError(
      document.fileName,
      `${where}: Its type, names and validation must be the same in every parameter set.`,
    );
  }
  const type = resolveType(document, first.entry.type, where);
  const { metadata } = first;
  const seconds = privateData.seconds.get(name);
  const { enumeration } = type;
  return {
    name,
    aliases: metadata.aliases,
    type: type.type,
    isArray: type.isArray,
    description: first.description,
    sets: memberships(found, cmdlet.methods.length),
    valueFromPipelineByPropertyName: found.some((occurrence) => occurrence.metadata.valueFromPipelineByPropertyName),
    ...(found.some((occurrence) => occurrence.metadata.valueFromPipeline) && { valueFromPipeline: true }),
    ...(type.className !== undefined && { className: type.className }),
    ...(enumeration && { enumeration: { flags: enumeration.flags, values: enumeration.values } }),
    ...validation(metadata, type),
    allowNull: metadata.allowNull,
    allowEmptyString: metadata.allowEmptyString,
    allowEmptyCollection: metadata.allowEmptyCollection,
    ipv4Only: privateData.ipv4Only.has(name),
    ...(seconds && { seconds }),
    secret: privateData.secret.has(name) || type.type === 'PSCredential',
  };
}

/** What may not differ from set to set; position, mandatory and pipeline input may. */
function sameEverywhere({ entry, metadata }: Occurrence): object {
  const { isMandatory, position, valueFromPipeline, valueFromPipelineByPropertyName, psName, ...rest } = metadata;
  return { type: entry.type, ...rest };
}

function validation(metadata: CdxmlParameterMetadata, type: ResolvedType): Partial<CmdletParameter> {
  const { validateLength, validateCount } = metadata;
  return {
    ...(metadata.validateSet && { validateSet: metadata.validateSet }),
    ...(metadata.validateRange && { validateRange: metadata.validateRange }),
    ...(validateLength && { validateLength }),
    ...(validateCount && { validateCount }),
    ...(metadata.validateNotNull && { validateNotNull: true }),
    ...(metadata.validateNotNullOrEmpty && { validateNotNullOrEmpty: true }),
    ...(type.nullable && { nullable: true }),
  };
}

function memberships(found: readonly Occurrence[], setCount: number): CmdletParameterSetMembership[] {
  const differs = new Set(found.map(({ metadata }) => metadata.valueFromPipelineByPropertyName)).size > 1;
  const all = found.map(({ set, metadata }) => ({
    set,
    mandatory: metadata.isMandatory,
    ...(metadata.position !== undefined && { position: metadata.position }),
    ...(differs && { valueFromPipelineByPropertyName: metadata.valueFromPipelineByPropertyName }),
  }));
  const [first] = all;
  const same = all.every((entry) => entry.mandatory === first?.mandatory && entry.position === first.position);
  return first && same && !differs && all.length === setCount ? [{ ...first, set: ALL_PARAMETER_SETS }] : all;
}
