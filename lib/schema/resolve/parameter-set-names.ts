import type { CdxmlDocument, CdxmlMethod } from '../cdxml/cdxml-document.js';

/** The name of a method's parameter set. */
export type ParameterSetNames = (method: CdxmlMethod) => string;

/**
 * Where a file names no set, PowerShell does, by the method and the number of sets that it has named in the file before: `Add0`, `Get1`.
 * Such names are seen in Get-Command, in errors and by whoever reads the bound call.
 */
export function parameterSetNames(document: CdxmlDocument): ParameterSetNames {
  const methods = document.cmdlets.flatMap((cmdlet) => cmdlet.methods);
  const unnamed = methods.filter(({ parameterSet }) => parameterSet === undefined);
  return (method) => method.parameterSet ?? `${method.name}${unnamed.indexOf(method)}`;
}
