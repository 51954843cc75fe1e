import { inAll, type ParameterTraits, parameter } from '../../cim-cmdlets/definition/parameters.js';
import type { OperationCmdlet, OperationFactory } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletParameter, CmdletRule } from '../../schema/definition/cmdlet-definition.js';

/** What a function of the module's script says of itself. */
export interface ScriptCmdletParts
  extends Pick<OperationCmdlet, 'verb' | 'synopsis' | 'gathersInput' | 'inputClasses'> {
  readonly parameters: readonly CmdletParameter[];
  readonly rules?: readonly CmdletRule[];
  readonly operation: OperationFactory;
}

/** The one parameter set of a function that names none. */
const ALL = '__AllParameterSets';

/** One of the two cmdlets that Windows' module has as functions of a script: they call its other cmdlets. */
export function defineScriptCmdlet({ operation, rules = [], ...parts }: ScriptCmdletParts): OperationCmdlet {
  const noun = 'DhcpServer';
  const name = `${parts.verb}-${noun}`;
  return {
    ...parts,
    name,
    noun,
    aliases: [],
    helpUri: `https://learn.microsoft.com/powershell/module/dhcpserver/${name.toLowerCase()}`,
    moduleName: 'DhcpServer',
    moduleVersion: '2.0.0.0',
    defaultParameterSet: ALL,
    supportsShouldProcess: true,
    confirmImpact: 'Medium',
    rules,
    outputClasses: [],
    operations: { [ALL]: operation },
  };
}

export function scriptParameter(
  name: string,
  type: CmdletParameter['type'],
  description: string,
  traits: ParameterTraits & { readonly mandatory?: boolean; readonly position?: number } = {},
): CmdletParameter {
  const { mandatory = false, position, ...others } = traits;
  return parameter(
    name,
    type,
    description,
    inAll({ mandatory, ...(position === undefined ? {} : { position }) }),
    others,
  );
}

/** Both have these. Unlike the other cmdlets they take one session. */
export const TARGET_PARAMETERS: readonly CmdletParameter[] = [
  {
    ...scriptParameter(
      'ComputerName',
      'String',
      'DNS name or IP address of the DHCP server; the server at the other end of the session when absent.',
      { aliases: ['Cn'] },
    ),
    validateNotNullOrEmpty: true,
  },
  {
    ...scriptParameter('CimSession', 'CimSession', 'One session, or the name of a computer that one is opened to.', {
      aliases: ['Session'],
    }),
    validateNotNullOrEmpty: true,
  },
];
