import type { CimClassDeclaration } from '../cim/value/class-declaration.js';
import { readCdxml } from './cdxml/cdxml-reader.js';
import type { CmdletDefinition } from './definition/cmdlet-definition.js';
import { SchemaError } from './definition/schema-error.js';
import { readMof } from './mof/mof-reader.js';
import { type ClassTable, resolveCmdlets } from './resolve/resolve-cmdlets.js';

/** The text of a schema file; with a name, errors say which file they mean. */
export type SchemaSource = string | { readonly fileName: string; readonly text: string };

export interface CmdletModuleSources {
  /** CDXML files: the cmdlets. */
  readonly cdxml: readonly SchemaSource[];
  /**
   * MOF files: the classes that the cmdlets call and those that they write. Optional: a class that is missing is called by the types
   * that the CDXML names, as PowerShell does it, and its instances are read by the types that the server sends.
   */
  readonly mof?: readonly SchemaSource[];
}

export interface CmdletModule {
  /** Cmdlets by lower-case name. */
  readonly cmdlets: ReadonlyMap<string, CmdletDefinition>;
  /** Classes by lower-case name. */
  readonly classes: ReadonlyMap<string, CimClassDeclaration>;
}

/** Reads cmdlets from CDXML, and the classes behind them from MOF. @throws SchemaError that names the file, and for MOF the place. */
export function readCmdletModule(sources: CmdletModuleSources): CmdletModule {
  const classes = readClasses(sources.mof ?? []);
  const cmdlets = new Map<string, CmdletDefinition>();
  sources.cdxml.forEach((source, index) => {
    const { fileName, text } = named(source, `(CDXML ${index + 1})`);
    for (const definition of resolveCmdlets(readCdxml(text, fileName), classes)) {
      const key = definition.name.toLowerCase();
      if (cmdlets.has(key))
        throw new SchemaError(fileName, `The cmdlet ${definition.name} is in another file already.`);
      cmdlets.set(key, definition);
    }
  });
  return { cmdlets, classes };
}

function readClasses(sources: readonly SchemaSource[]): ClassTable {
  const classes = new Map<string, CimClassDeclaration>();
  sources.forEach((source, index) => {
    const { fileName, text } = named(source, `(MOF ${index + 1})`);
    for (const declaration of readMof(text, { fileName })) {
      const key = declaration.className.toLowerCase();
      if (classes.has(key)) throw new SchemaError(fileName, `The class ${declaration.className} is declared twice.`);
      classes.set(key, declaration);
    }
  });
  return classes;
}

function named(source: SchemaSource, fallback: string): { readonly fileName: string; readonly text: string } {
  return typeof source === 'string' ? { fileName: fallback, text: source } : source;
}
