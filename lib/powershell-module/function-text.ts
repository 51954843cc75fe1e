import type { Cmdlet } from '../cmdlet/contract/cmdlet.js';
import { ALL_PARAMETER_SETS } from '../schema/definition/cmdlet-definition.js';
import { parameterText } from './parameter-text.js';
import { quotedText } from './powershell-text.js';

/** What PowerShell's CDXML engine adds to each cmdlet, in all sets. */
const ENGINE_PARAMETERS = [
  "        [Parameter()]\n        [Alias('Session')]\n        [ValidateNotNullOrEmpty()]\n        [Microsoft.Management.Infrastructure.CimSession[]]$CimSession",
  '        [Parameter()]\n        [int]$ThrottleLimit',
  '        [Parameter()]\n        [switch]$AsJob',
];

/** A cmdlet as an advanced function, which binds as PowerShell does and hands over what was bound. `namespaceOf`: of a class by its name. */
export function functionText(
  cmdlet: Cmdlet,
  helpFile: string,
  namespaceOf: (className: string) => string | undefined,
): string {
  const parameters = [...cmdlet.parameters.map(parameterText), ...('methods' in cmdlet ? ENGINE_PARAMETERS : [])];
  const attributes = [
    `[CmdletBinding(${bindingFacts(cmdlet).join(', ')})]`,
    ...(cmdlet.outputType === undefined
      ? []
      : [`[OutputType(${quotedText(completedTypeName(cmdlet.outputType, namespaceOf))})]`]),
    ...(cmdlet.aliases.length === 0 ? [] : [`[Alias(${cmdlet.aliases.map(quotedText).join(', ')})]`]),
  ];
  return `function ${cmdlet.name} {
    # .EXTERNALHELP ${helpFile}
${attributes.map((attribute) => `    ${attribute}`).join('\n')}
    param(
${parameters.join(',\n\n')}
    )
    begin { $private:run = $null; $run = Open-Run $PSCmdlet ${quotedText(cmdlet.name)} $PSBoundParameters }
    process { Add-RunInput $run $_ $PSBoundParameters }
    end { Complete-Run $run }
    clean { if ($run) { Close-Run $run } }
}
`;
}

/** The .NET type name of what comes out. */
export function outputTypeName(outputType: string, namespaceOf: (className: string) => string | undefined): string {
  const namespace = namespaceOf(outputType);
  if (namespace !== undefined) return `Microsoft.Management.Infrastructure.CimInstance#${namespace}/${outputType}`;
  return outputType === 'String' ? 'System.String' : `Microsoft.Management.Infrastructure.${outputType}`;
}

/**
 * The type name by which Tab completes members of what comes out. With a namespace in it PowerShell would ask this computer for the class, by
 * a cmdlet that is not there, and fail.
 */
function completedTypeName(outputType: string, namespaceOf: (className: string) => string | undefined): string {
  return outputTypeName(outputType, namespaceOf).replace(/#[^#]*\//, '#');
}

function bindingFacts(cmdlet: Cmdlet): string[] {
  return [
    ...(cmdlet.defaultParameterSet === ALL_PARAMETER_SETS
      ? []
      : [`DefaultParameterSetName = ${quotedText(cmdlet.defaultParameterSet)}`]),
    ...(cmdlet.supportsShouldProcess
      ? ['SupportsShouldProcess', `ConfirmImpact = ${quotedText(cmdlet.confirmImpact)}`]
      : []),
    'PositionalBinding = $false',
    ...(cmdlet.helpUri === undefined ? [] : [`HelpUri = ${quotedText(cmdlet.helpUri)}`]),
  ];
}
