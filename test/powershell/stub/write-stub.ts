// Writes a PowerShell module with the cmdlets of the CDXML files as functions, which note what was bound instead of sending it, and answer with the
// objects that the command's servers answer with here.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DeclaredCmdlet, type DeclaredParameter, declaredCmdlets } from './cdxml-cmdlets.js';
import { stubClasses } from './stub-objects.js';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** @returns the module's folder, and the recorder that runs lines with it. */
export function writeStub(folder: string): { readonly module: string; readonly recorder: string } {
  const module = join(folder, 'DhcpServer');
  mkdirSync(module, { recursive: true });
  const cmdlets = declaredCmdlets();
  const body = readFileSync(join(__dirname, 'stub-body.ps1'), 'utf8');
  writeFileSync(
    join(module, 'DhcpServer.psm1'),
    `${body}\n${cmdlets.map(functionOf).join('\n')}\nExport-ModuleMember -Function *-Dhcp*\n`,
  );
  writeFileSync(
    join(module, 'DhcpServer.psd1'),
    "@{ RootModule = 'DhcpServer.psm1'; ModuleVersion = '2.0.0.0'; FunctionsToExport = '*' }\n",
  );
  const classes = stubClasses().map(({ className, properties, objects }) => ({ className, properties, objects }));
  const outputs = Object.fromEntries(cmdlets.map(({ name, output }) => [name, output ?? null]));
  writeFileSync(join(module, 'objects.json'), JSON.stringify({ classes, outputs }));
  const recorder = join(folder, 'record.ps1');
  copyFileSync(join(__dirname, 'record.ps1'), recorder);
  return { module, recorder };
}

function functionOf({ name, impact, sets, defaultSet, parameters }: DeclaredCmdlet): string {
  const everywhere =
    sets.length === 0 ? ['[Parameter()]'] : sets.map((set) => `[Parameter(ParameterSetName = ${quoted(set)})]`);
  const blocks = [
    ...parameters.map(parameterBlock),
    [...everywhere, "[Alias('Session')]", '[ValidateNotNullOrEmpty()]', '[object[]]', '$CimSession'],
    [...everywhere, '[int]', '$ThrottleLimit'],
    [...everywhere, '[switch]', '$AsJob'],
  ];
  const binding = [
    ...(impact === undefined ? [] : ['SupportsShouldProcess = $true', `ConfirmImpact = ${quoted(impact)}`]),
    ...(defaultSet === undefined ? [] : [`DefaultParameterSetName = ${quoted(defaultSet)}`]),
    'PositionalBinding = $false',
  ];
  return [
    `function ${name} {`,
    `  [CmdletBinding(${binding.join(', ')})]`,
    '  param(',
    blocks.map((lines) => lines.map((line) => `    ${line}`).join('\n')).join(',\n\n'),
    '  )',
    `  process { Add-StubCall ${quoted(name)} $PSCmdlet.ParameterSetName $PSBoundParameters; if (-not $WhatIfPreference) { Write-StubObject ${quoted(name)} $PSBoundParameters } }`,
    '}',
  ].join('\n');
}

function parameterBlock({ name, type, aliases, attributes, range, values, memberships }: DeclaredParameter): string[] {
  const parameters = memberships.map(({ set, mandatory, position, byName }) => {
    const parts = [
      ...(set === undefined ? [] : [`ParameterSetName = ${quoted(set)}`]),
      ...(mandatory ? ['Mandatory = $true'] : []),
      ...(position === undefined ? [] : [`Position = ${position}`]),
      ...(byName ? ['ValueFromPipelineByPropertyName = $true'] : []),
    ];
    return `[Parameter(${parts.join(', ')})]`;
  });
  return [
    ...parameters,
    ...(aliases.length > 0 ? [`[Alias(${aliases.map(quoted).join(', ')})]`] : []),
    ...attributes.map((attribute) => `[${attribute}()]`),
    ...(range === undefined ? [] : [`[ValidateRange(${range.join(', ')})]`]),
    ...(values.length > 0 ? [`[ValidateSet(${values.map(quoted).join(', ')})]`] : []),
    ...(type.endsWith('PSCredential')
      ? [`[${type}]`, '[System.Management.Automation.CredentialAttribute()]']
      : [`[${type}]`]),
    `\${${name}}`,
  ];
}
