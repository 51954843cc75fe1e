import { quotedList, quotedText } from './powershell-text.js';

export interface ModuleManifest {
  /** Paths as the manifest sees them. */
  readonly root?: string;
  readonly nested?: string;
  readonly formats: readonly string[];
  readonly version: string;
  readonly guid: string;
  readonly description: string;
  readonly functions: readonly string[];
  readonly aliases: readonly string[];
}

/** A module manifest. All names are listed, so that commands are found without running the module. */
export function manifestText(manifest: ModuleManifest): string {
  const { root, nested, formats, version, guid, description, functions, aliases } = manifest;
  return `@{
${root === undefined ? '' : `    RootModule = ${quotedText(root)}\n`}${nested === undefined ? '' : `    NestedModules = ${quotedList([nested])}\n`}    ModuleVersion = ${quotedText(version)}
    GUID = ${quotedText(guid)}
    Author = 'cimlet'
    CompanyName = 'cimlet'
    Copyright = 'MIT License'
    Description = ${quotedText(description)}
    # clean {} is what makes stopping sound.
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FunctionsToExport = @(
${functions.map((name) => `        ${quotedText(name)}`).join('\n')}
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = ${quotedList(aliases)}
    FormatsToProcess = ${quotedList(formats)}
    PrivateData = @{ PSData = @{ Tags = @('DHCP', 'CIM', 'WSMan', 'Linux', 'MacOS'); LicenseUri = 'https://opensource.org/license/mit' } }
}
`;
}
