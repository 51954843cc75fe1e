import { cmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type {
  CmdletDefinition,
  CmdletParameter,
  PowerShellType,
} from '../../lib/schema/definition/cmdlet-definition.js';

/** The definition of one of the library's cmdlets. */
export function cmdlet(name: string): CmdletDefinition {
  const definition = cmdletDefinitions.get(name.toLowerCase());
  if (definition === undefined) throw new Error(`no ${name}`);
  return definition;
}

export const addFailover = cmdlet('Add-DhcpServerv4Failover');
export const getFailover = cmdlet('Get-DhcpServerv4Failover');
export const setFailover = cmdlet('Set-DhcpServerv4Failover');
export const removeFailover = cmdlet('Remove-DhcpServerv4Failover');

/** A parameter of a made-up cmdlet. */
export function parameter(name: string, type: PowerShellType, more: Partial<CmdletParameter> = {}): CmdletParameter {
  return {
    name,
    type,
    aliases: [],
    isArray: false,
    description: '',
    sets: [{ set: '(All)', mandatory: false }],
    valueFromPipelineByPropertyName: false,
    allowNull: false,
    allowEmptyString: false,
    allowEmptyCollection: false,
    ipv4Only: false,
    secret: false,
    ...more,
  };
}

/** A made-up cmdlet, `Test-Thing`, with one set and one method. */
export function testCmdlet(
  parameters: readonly CmdletParameter[],
  more: Partial<CmdletDefinition> = {},
): CmdletDefinition {
  return {
    name: 'Test-Thing',
    verb: 'Test',
    noun: 'Thing',
    aliases: [],
    synopsis: '',
    namespace: 'root/test',
    className: 'PS_Thing',
    classVersion: '1.0.0',
    moduleName: 'Things',
    moduleVersion: '1.0.0.0',
    defaultParameterSet: '(All)',
    supportsShouldProcess: true,
    confirmImpact: 'Medium',
    parameters,
    methods: [
      {
        parameterSet: '(All)',
        methodName: 'Test',
        parameters: parameters.map(({ name, isArray }) => ({ name, cimType: 'string', isArray, from: name })),
        declaration: {
          name: 'Test',
          isStatic: true,
          returnType: 'uint32',
          parameters: [{ name: 'cmdletOutput', type: 'string', isArray: true, direction: 'out' }],
        },
        returnValue: 'errorCode',
      },
    ],
    rules: [],
    outputType: 'String',
    outputClasses: [],
    ...more,
  };
}
