import type { CimClassDeclaration, CimPropertyDeclaration } from '../../cim/value/class-declaration.js';
import { readCdxml } from '../cdxml/cdxml-reader.js';
import type { CmdletDefinition, CmdletSyntax } from '../definition/cmdlet-definition.js';
import { readCmdletModule, type SchemaSource } from '../read-cmdlet-module.js';
import { type CmdletPrivateData, readNotCmdlets, readPrivateData } from '../resolve/private-data.js';

/** What the help page of a cmdlet is made of, whatever the cmdlet does. */
export interface HelpedCmdlet {
  readonly definition: CmdletSyntax;
  readonly help: Pick<CmdletPrivateData, 'description' | 'errors' | 'examples'>;
}

/** One cmdlet with all that its schema says, help included. */
export interface DescribedCmdlet extends HelpedCmdlet {
  readonly definition: CmdletDefinition;
  readonly help: CmdletPrivateData;
  /** The CDXML file. */
  readonly fileName: string;
  /** The classes whose instances are piped in or written, as far as the MOF declares them. */
  readonly relatedClasses: readonly CimClassDeclaration[];
}

export type NamedSource = Exclude<SchemaSource, string>;

/** What the generator works on. */
export interface SchemaLibrary {
  readonly cmdlets: readonly DescribedCmdlet[];
  readonly classes: readonly CimClassDeclaration[];
  /** Names in lower case that are often written for cmdlets that do not exist, and what is meant. */
  readonly notCmdlets: readonly (readonly [name: string, sentence: string])[];
}

/** Reads MOF and CDXML files for the generator. @throws SchemaError */
export function readSchemaLibrary(cdxml: readonly NamedSource[], mof: readonly NamedSource[]): SchemaLibrary {
  const module = readCmdletModule({ cdxml, mof });
  const cmdlets: DescribedCmdlet[] = [];
  const notCmdlets: [string, string][] = [];
  for (const source of cdxml) {
    const document = readCdxml(source.text, source.fileName);
    notCmdlets.push(...readNotCmdlets(document));
    for (const cmdlet of document.cmdlets) {
      const definition = module.cmdlets.get(`${cmdlet.verb}-${cmdlet.noun}`.toLowerCase());
      if (definition === undefined) continue;
      const names = [
        ...(definition.inputClasses ?? []),
        ...(definition.outputType === undefined ? [] : [definition.outputType]),
      ];
      const related = [...new Set(names)].map((name) => module.classes.get(name.toLowerCase()));
      cmdlets.push({
        definition,
        help: readPrivateData(document, cmdlet),
        fileName: source.fileName,
        relatedClasses: related.filter((declaration) => declaration !== undefined),
      });
    }
  }
  cmdlets.sort((left, right) => left.definition.name.localeCompare(right.definition.name, 'en'));
  notCmdlets.sort(([left], [right]) => left.localeCompare(right, 'en'));
  return { cmdlets, classes: [...module.classes.values()], notCmdlets };
}

/** Properties of that name in the related classes; names are compared without case. */
export function relatedProperties(cmdlet: DescribedCmdlet, name: string): CimPropertyDeclaration[] {
  return cmdlet.relatedClasses.flatMap((declaration) =>
    declaration.properties.filter((property) => property.name.toLowerCase() === name.toLowerCase()),
  );
}

/** True for a property that never is null. */
export function isNeverNull(property: CimPropertyDeclaration): boolean {
  return property.key === true || property.required === true;
}
