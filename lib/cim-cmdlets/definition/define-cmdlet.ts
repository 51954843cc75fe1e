import type { OperationCmdlet } from '../../cmdlet/contract/cmdlet.js';

/** What a CIM cmdlet says of itself; the rest is the same for all of them. */
export type CimCmdletParts = Pick<
  OperationCmdlet,
  'verb' | 'noun' | 'aliases' | 'synopsis' | 'defaultParameterSet' | 'parameters' | 'operations'
> & {
  /** What ends its error ids: `GetCimInstance` of `Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand`. */
  readonly command: string;
  readonly outputType?: string;
  /** -WhatIf and -Confirm exist. */
  readonly changes?: boolean;
};

/** A cmdlet of PowerShell's module CimCmdlets. */
export function defineCimCmdlet(parts: CimCmdletParts): OperationCmdlet {
  const { command, changes = false, ...cmdlet } = parts;
  const name = `${cmdlet.verb}-${cmdlet.noun}`;
  return {
    ...cmdlet,
    name,
    commandType: `Microsoft.Management.Infrastructure.CimCmdlets.${command}Command`,
    helpUri: `https://learn.microsoft.com/powershell/module/cimcmdlets/${name.toLowerCase()}`,
    moduleName: 'CimCmdlets',
    moduleVersion: '7.0.0.0',
    supportsShouldProcess: changes,
    confirmImpact: changes ? 'Medium' : 'None',
    rules: [],
    outputClasses: [],
  };
}
