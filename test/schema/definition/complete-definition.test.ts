import { describe, expect, it } from '@jest/globals';
import { cmdletDefinitions } from '../../../lib/dhcp-server/index.js';
import { completeDefinition } from '../../../lib/schema/definition/complete-definition.js';
import { readCmdletModule } from '../../../lib/schema/read-cmdlet-module.js';
import { schemaFiles } from '../schema-files.js';

/** Descriptions of a class stand in the comments of generated code, not in its data. */
function withoutDescriptions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, item: unknown) => {
    const isDeclaration = typeof item === 'object' && item !== null && ('direction' in item || 'isStatic' in item);
    return isDeclaration ? { ...item, description: undefined } : item;
  });
}

describe('completeDefinition', () => {
  const minimal = completeDefinition({
    namespace: 'root/test',
    className: 'PS_Thing',
    classVersion: '1.0',
    moduleName: 'Things',
    moduleVersion: '1.0',
    name: 'Get-Thing-Two',
    synopsis: '',
    parameters: [
      { name: 'Id', type: 'UInt32' },
      { name: 'Only', type: 'String', sets: [{ set: 'Other', mandatory: true }] },
    ],
    methods: [
      {
        declaration: {
          name: 'Get',
          isStatic: true,
          returnType: 'uint32',
          parameters: [
            { name: 'Id', type: 'uint32', direction: 'in' },
            { name: 'Only', type: 'string', direction: 'in' },
            { name: 'Unknown', type: 'string', direction: 'in' },
            { name: 'cmdletOutput', type: 'string', isArray: true, direction: 'out' },
          ],
        },
      },
    ],
  });

  it('takes verb and noun from the name', () => {
    expect(minimal).toMatchObject({ verb: 'Get', noun: 'Thing-Two' });
  });

  it('takes no impact, no question, no alias and no rule where nothing is said', () => {
    expect(minimal).toMatchObject({ confirmImpact: 'None', supportsShouldProcess: false, aliases: [], rules: [] });
    expect(minimal.defaultParameterSet).toBe('(All)');
  });

  it('lets a parameter be optional, in every set, single and never empty', () => {
    expect(minimal.parameters[0]).toEqual({
      name: 'Id',
      type: 'UInt32',
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
    });
  });

  it('gives a method the parameters of its set that are called as its own are', () => {
    expect(minimal.methods[0]).toMatchObject({
      methodName: 'Get',
      parameterSet: '(All)',
      returnValue: 'errorCode',
      parameters: [{ name: 'Id', cimType: 'uint32', isArray: false, from: 'Id' }],
    });
  });

  it('makes of each generated definition what its CDXML says', () => {
    const { cmdlets } = readCmdletModule({ cdxml: schemaFiles('.cdxml'), mof: schemaFiles('.mof') });
    for (const [name, definition] of cmdlets) {
      const { outputClasses: _, ...read } = definition;
      const { outputClasses, ...generated } = cmdletDefinitions.get(name) ?? definition;
      expect(withoutDescriptions(generated)).toEqual(withoutDescriptions(read));
      expect(outputClasses.map(({ className }) => className)).toEqual(
        definition.outputClasses.map(({ className }) => className),
      );
    }
  });
});
