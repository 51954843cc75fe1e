import { describe, expect, it } from '@jest/globals';
import { writeMethodInput } from '../../lib/cim/codec/index.js';
import type { CmdletSession, MethodInvocation } from '../../lib/cmdlet/contract/cmdlet-session.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import { SchemaError } from '../../lib/schema/definition/schema-error.js';
import { loadCmdletModule } from '../../lib/schema/load-cmdlet-module.js';
import { readCmdletModule } from '../../lib/schema/read-cmdlet-module.js';

const MOF = `
#pragma namespace("root/Acme")
class Lamp { [Key] string Name; [Write] boolean On; };
class PS_Lamp {
  [Static] uint32 Set([In] boolean On, [In, Description("Whose lamp.")] string Name[], [In] uint8 Colour,
                      [In] datetime Fade, [Out, EmbeddedInstance("Lamp")] string cmdletOutput[]);
  uint32 Shine();
};`;

function cdxml(
  changes: {
    parameters?: string;
    data?: string;
    enums?: string;
    className?: string;
    method?: string;
    outer?: string;
  } = {},
): string {
  const parameters =
    changes.parameters ??
    `<Parameter ParameterName="Name"><Type PSType="System.String[]" /><CmdletParameterMetadata IsMandatory="true" Position="0" PSName="LampName" Aliases="Lamp"><ValidateNotNullOrEmpty /></CmdletParameterMetadata></Parameter>
     <Parameter ParameterName="On"><Type PSType="switch" /><CmdletParameterMetadata /></Parameter>
     <Parameter ParameterName="Colour" DefaultValue="2"><Type PSType="Lamps.Colour" /><CmdletParameterMetadata /></Parameter>
     <Parameter ParameterName="Fade"><Type PSType="System.TimeSpan" /><CmdletParameterMetadata /></Parameter>
     <Parameter ParameterName="cmdletOutput"><Type PSType="Microsoft.Management.Infrastructure.CimInstance[]" ETSType="Microsoft.Management.Infrastructure.CimInstance#root/Acme/Lamp" /><CmdletOutputMetadata /></Parameter>`;
  return `<PowerShellMetadata xmlns="http://schemas.microsoft.com/cmdlets-over-objects/2009/11">
  <Class ClassName="${changes.className ?? 'root\\Acme\\PS_Lamp'}"${changes.outer ?? ''}><Version>1.0</Version><DefaultNoun>Lamp</DefaultNoun>
    <StaticCmdlets><Cmdlet><CmdletMetadata Verb="Set" ConfirmImpact="Low" />
      <Method MethodName="${changes.method ?? 'Set'}"><ReturnValue><Type PSType="uint" /><CmdletOutputMetadata><ErrorCode /></CmdletOutputMetadata></ReturnValue>
      <Parameters>${parameters}</Parameters></Method></Cmdlet></StaticCmdlets>
    ${changes.data === undefined ? '' : `<CmdletAdapterPrivateData>${changes.data}</CmdletAdapterPrivateData>`}
  </Class>
  ${changes.enums ?? '<Enums><Enum EnumName="Lamps.Colour" UnderlyingType="System.Byte"><Value Name="Red" Value="1" /><Value Name="Blue" Value="2" /></Enum></Enums>'}
</PowerShellMetadata>`;
}

const load = (text: string, mof: string[] = [MOF]) =>
  readCmdletModule({ cdxml: [{ fileName: 'lamp.cdxml', text }], mof }).cmdlets.get('set-lamp');
const data = (name: string, value: string): string => `<Data Name="${name}">${value}</Data>`;

describe('loadCmdletModule', () => {
  it('reads the same, once it has loaded the readers', async () => {
    const sources = { cdxml: [cdxml()], mof: [MOF] };
    expect(await loadCmdletModule(sources)).toEqual(readCmdletModule(sources));
    await expect(loadCmdletModule({ cdxml: ['<nothing/>'] })).rejects.toThrow(SchemaError);
  });
});

describe('readCmdletModule', () => {
  it('resolves a cmdlet against its class', () => {
    const definition = load(cdxml());
    expect(definition).toMatchObject({
      name: 'Set-Lamp',
      namespace: 'root/Acme',
      className: 'PS_Lamp',
      moduleName: 'PS_Lamp',
      moduleVersion: '1.0',
      defaultParameterSet: 'Set0',
      supportsShouldProcess: true,
      confirmImpact: 'Low',
      outputType: 'Lamp',
      rules: [],
    });
    expect(definition?.outputClasses.map((declaration) => declaration.className)).toEqual(['Lamp']);
    expect(definition?.parameters.map((parameter) => [parameter.name, parameter.type, parameter.isArray])).toEqual([
      ['LampName', 'String', true],
      ['On', 'SwitchParameter', false],
      ['Colour', 'Byte', false],
      ['Fade', 'TimeSpan', false],
    ]);
    expect(definition?.parameters[0]).toMatchObject({
      aliases: ['Lamp'],
      description: 'Whose lamp.',
      sets: [{ set: '(All)', mandatory: true, position: 0 }],
      validateNotNullOrEmpty: true,
    });
    expect(definition?.parameters[2]?.enumeration).toEqual({ flags: false, values: { Red: 1, Blue: 2 } });
    expect(definition?.methods[0]).toMatchObject({
      parameterSet: 'Set0',
      methodName: 'Set',
      returnValue: 'errorCode',
      parameters: [
        { name: 'On', cimType: 'boolean', isArray: false, from: 'On' },
        { name: 'Name', cimType: 'string', isArray: true, from: 'LampName' },
        { name: 'Colour', cimType: 'uint8', isArray: false, from: 'Colour', defaultValue: 2 },
        { name: 'Fade', cimType: 'datetime', isArray: false, from: 'Fade' },
      ],
    });
  });

  it('derives the method from the .NET types when there is no MOF, as PowerShell does', () => {
    const definition = load(cdxml(), []);
    expect(definition?.outputClasses).toEqual([]);
    expect(definition?.methods[0]?.declaration).toEqual({
      name: 'Set',
      isStatic: true,
      returnType: 'uint32',
      parameters: [
        { name: 'Name', type: 'string', isArray: true, direction: 'in' },
        { name: 'On', type: 'boolean', direction: 'in' },
        { name: 'Colour', type: 'uint8', direction: 'in' },
        { name: 'Fade', type: 'datetime', interval: true, direction: 'in' },
        { name: 'cmdletOutput', type: 'instance', isArray: true, className: 'Lamp', direction: 'out' },
      ],
    });
  });

  it('reads rules and the rest from the private data', () => {
    const definition = load(
      cdxml({
        data: [
          data('ModuleName', 'Lamps'),
          data('DefaultThrottleLimit', '8'),
          data('ClientSideShouldProcess', ''),
          data('Set-Lamp/Synopsis', 'Sets a lamp.'),
          data('Set-Lamp/Inputs', 'Lamp'),
          data(
            'Set-Lamp/Confirm.2',
            'when: always\nunless: On\nprompt: Normal\nquery: Really: now?\nmore: It burns: even broken.',
          ),
          data('Set-Lamp/Confirm.1', 'when: Colour Fade\nunless: On\nprompt: Critical\nquery: Sure?'),
          data('Set-Lamp/AtLeastOne', 'On Colour'),
          data('Set-Lamp/Excludes', 'On: Colour Fade'),
          data('Set-Lamp/ExcludesWhen', 'On=False: Fade\nColour=Red: Fade'),
          data('Set-Lamp/Seconds', 'Fade: 1..60'),
          data('Set-Lamp/Secret', 'LampName'),
          data(
            'Set-Lamp/Repeat',
            'kind: ask\nquestion: Get-Lamp\nby: Name=LampName\nsame: On\nnothing: LAMP 1, LAMP 2\nalready: LAMP 3\npartner: property Twin\nonce: Fade',
          ),
        ].join(''),
      }),
    );
    expect(definition).toMatchObject({
      moduleName: 'Lamps',
      defaultThrottleLimit: 8,
      synopsis: 'Sets a lamp.',
      inputClasses: ['Lamp'],
    });
    expect(definition?.rules).toEqual([
      { kind: 'confirm', when: ['Colour', 'Fade'], unless: 'On', prompt: 'Critical', query: 'Sure?' },
      {
        kind: 'confirm',
        when: 'always',
        unless: 'On',
        prompt: 'Normal',
        query: 'Really: now?',
        more: 'It burns: even broken.',
      },
      { kind: 'atLeastOne', parameters: ['On', 'Colour'] },
      { kind: 'excludes', parameter: 'On', excludes: ['Colour', 'Fade'] },
      { kind: 'excludesWhen', parameter: 'On', value: false, excludes: ['Fade'] },
      { kind: 'excludesWhen', parameter: 'Colour', value: 'Red', excludes: ['Fade'] },
    ]);
    expect(definition?.repetition).toEqual({
      kind: 'ask',
      onceWith: ['Fade'],
      question: {
        cmdlet: 'Get-Lamp',
        parameters: { Name: 'LampName' },
        same: { On: 'On' },
        done: 'there',
        nothing: ['LAMP 1', 'LAMP 2'],
      },
      alreadySo: ['LAMP 3'],
      partner: { property: 'Twin' },
    });
    expect(definition?.parameters.map((parameter) => [parameter.secret, parameter.seconds])).toEqual([
      [true, undefined],
      [false, undefined],
      [false, undefined],
      [false, { min: 1, max: 60 }],
    ]);
  });

  it.each([
    ['a .NET type without a CIM type', cdxml({ enums: '' }), 'Lamps.Colour is not a .NET type'],
    [
      'a type that is named as a member of every object',
      cdxml({
        parameters: '<Parameter ParameterName="x"><Type PSType="constructor" /><CmdletParameterMetadata /></Parameter>',
      }),
      'constructor is not a .NET type',
    ],
    ['a method that the class lacks', cdxml({ method: 'Reset' }), 'PS_Lamp.Reset: The class has no such method'],
    [
      'a method that is not static',
      cdxml({ method: 'Shine', parameters: '<Parameter ParameterName="x"><Type PSType="string" /></Parameter>' }),
      'The method is not static',
    ],
    [
      'a parameter that the method lacks',
      cdxml({
        parameters: '<Parameter ParameterName="Dim"><Type PSType="string" /><CmdletParameterMetadata /></Parameter>',
      }),
      'The method has no such parameter',
    ],
    [
      'another type than the class has',
      cdxml({
        parameters: '<Parameter ParameterName="On"><Type PSType="string[]" /><CmdletParameterMetadata /></Parameter>',
      }),
      'string[] is string[] in CIM, but the class declares boolean',
    ],
    [
      'an output that the class takes in',
      cdxml({ parameters: '<Parameter ParameterName="On"><Type PSType="bool" /><CmdletOutputMetadata /></Parameter>' }),
      'so it is not an output',
    ],
    [
      'a default value that is not a number',
      cdxml().replace('DefaultValue="2"', 'DefaultValue="two"'),
      'The default value is not a number',
    ],
    [
      'private data of an unknown cmdlet',
      cdxml({ data: data('Get-Lamp/Synopsis', 'x') }),
      'names no cmdlet of the file',
    ],
    ['private data of an unknown field', cdxml({ data: data('Set-Lamp/Rules', 'x') }), 'or no known field'],
    [
      'a rule for an unknown parameter',
      cdxml({ data: data('Set-Lamp/AtLeastOne', 'Dim') }),
      'The cmdlet has no parameter "Dim"',
    ],
    [
      'a prompt of an unknown kind',
      cdxml({ data: data('Set-Lamp/Confirm', 'when: always\nunless: On\nprompt: Loud\nquery: ?') }),
      'Critical or Normal',
    ],
    [
      'a prompt without a question',
      cdxml({ data: data('Set-Lamp/Confirm', 'when: always\nunless: On\nprompt: Normal') }),
      'when, unless and query are needed',
    ],
    ['a repetition of an unknown kind', cdxml({ data: data('Set-Lamp/Repeat', 'kind: often') }), 'kind must be read'],
    ['a repetition that asks nothing', cdxml({ data: data('Set-Lamp/Repeat', 'kind: ask') }), 'ask needs a question'],
    [
      'a repetition by a parameter that is none',
      cdxml({ data: data('Set-Lamp/Repeat', 'kind: ask\nquestion: Get-Lamp\nby: Dim') }),
      'has no parameter "Dim"',
    ],
    [
      'a repetition with an unknown line',
      cdxml({ data: data('Set-Lamp/Repeat', 'kind: once\ntimes: 3') }),
      '"times" is none of',
    ],
    [
      'a partner that nobody is asked about',
      cdxml({ data: data('Set-Lamp/Repeat', 'kind: repeatable\npartner: property Other') }),
      'partner must be',
    ],
    ['limits that are not valid', cdxml({ data: data('Set-Lamp/Seconds', 'Fade: some') }), 'is not min..max'],
    [
      'a condition that is not valid',
      cdxml({ data: data('Set-Lamp/ExcludesWhen', 'On: Fade') }),
      'is not Parameter=value',
    ],
    [
      'a throttle limit that is not a number',
      cdxml({ data: data('DefaultThrottleLimit', 'many') }),
      'not a whole number',
    ],
    [
      'instance cmdlets',
      cdxml().replace('<StaticCmdlets>', '<InstanceCmdlets><GetCmdletParameters /></InstanceCmdlets><StaticCmdlets>'),
      'InstanceCmdlets cannot be run',
    ],
    ['a cmdlet adapter', cdxml({ outer: ' CmdletAdapter="Acme.Adapter"' }), 'is .NET code'],
  ])('refuses %s', (_what, text, problem) => {
    expect(() => load(text)).toThrow(SchemaError);
    expect(() => load(text)).toThrow(problem);
    expect(() => load(text)).toThrow('lamp.cdxml');
  });

  it('refuses what is there twice', () => {
    expect(() => readCmdletModule({ cdxml: [cdxml(), cdxml()], mof: [MOF] })).toThrow(
      '(CDXML 2): The cmdlet Set-Lamp is in another file already',
    );
    expect(() => readCmdletModule({ cdxml: [], mof: [MOF, MOF] })).toThrow('(MOF 2): The class Lamp is declared twice');
  });

  it('sends default values of every number type as the codec takes them, and refuses an invalid Boolean', async () => {
    const text = cdxml({
      parameters: [
        ['Big', 'ulong', '18446744073709551615'],
        ['Low', 'long', ' -5 '],
        ['Many', 'System.UInt64[]', '7'],
        ['Plain', 'int', '-1'],
      ]
        .map(
          ([name, type, value]) =>
            `<Parameter ParameterName="${name}" DefaultValue="${value}"><Type PSType="${type}" /></Parameter>`,
        )
        .join(''),
    });
    const definition = load(text, []);
    const [method] = definition?.methods ?? [];
    if (definition === undefined || method === undefined) throw new Error('no cmdlet');
    let sent = '';
    const session: CmdletSession = {
      computerName: 'server',
      close: async () => undefined,
      invokeMethod: async ({ parameters }) => {
        sent = writeMethodInput({ resourceUri: 'http://x/PS_Lamp', method: method.declaration, parameters });
        return { returnValue: 0, outParameters: {} };
      },
    };
    await invokeCmdlet(definition, { CimSession: session });
    for (const value of ['18446744073709551615', '-5', '7', '-1']) expect(sent).toContain(`>${value}</p0:`);
    const wrong = '<Parameter ParameterName="On" DefaultValue="yes"><Type PSType="bool" /></Parameter>';
    expect(() => load(cdxml({ parameters: wrong }), [])).toThrow('The default value is neither true nor false');
    const long = '<Parameter ParameterName="Big" DefaultValue="1.5"><Type PSType="ulong" /></Parameter>';
    expect(() => load(cdxml({ parameters: long }), [])).toThrow('The default value is not a whole number');
  });

  it('keeps apart in which sets a parameter is bound by property name', () => {
    const [byName, notByName] = ['ValueFromPipelineByPropertyName="true"', ''].map(
      (more) =>
        `<Parameters><Parameter ParameterName="Name"><Type PSType="string" /><CmdletParameterMetadata ${more} /></Parameter></Parameters>`,
    );
    const text = cdxml().replace(
      /<Method [\s\S]*<\/Method>/,
      `<Method MethodName="A" CmdletParameterSet="a">${byName}</Method><Method MethodName="B" CmdletParameterSet="b">${notByName}</Method>`,
    );
    expect(load(text, [])?.parameters[0]?.sets).toEqual([
      { set: 'a', mandatory: false, valueFromPipelineByPropertyName: true },
      { set: 'b', mandatory: false, valueFromPipelineByPropertyName: false },
    ]);
  });

  it('names unnamed parameter sets as PowerShell does: by the method and the number of those named before', () => {
    const definition = load(cdxml().replace('</Method>', '</Method><Method MethodName="Reset" />'), []);
    expect(definition?.methods.map((method) => method.parameterSet)).toEqual(['Set0', 'Reset1']);
    expect(definition?.defaultParameterSet).toBe('Set0');
    expect(definition?.parameters[0]?.sets).toEqual([{ set: 'Set0', mandatory: true, position: 0 }]);
  });

  it('gives a cmdlet that the engine runs, with enum names, defaults and constants', async () => {
    const text = cdxml().replace(
      '<Parameter ParameterName="On"><Type PSType="switch" /><CmdletParameterMetadata /></Parameter>',
      '<Parameter ParameterName="Steady" DefaultValue="true"><Type PSType="bool" /></Parameter>',
    );
    const definition = load(text, [MOF.replace('[In] boolean On', '[In] boolean Steady')]);
    if (definition === undefined) throw new Error('no cmdlet');
    const calls: MethodInvocation[] = [];
    const session: CmdletSession = {
      computerName: 'server',
      close: async () => undefined,
      invokeMethod: async (call) => {
        calls.push(call);
        return { returnValue: 0, outParameters: {} };
      },
    };
    await invokeCmdlet(definition, { CimSession: session, Lamp: ['desk', 'hall'], Colour: 'blue' });
    await invokeCmdlet(definition, { CimSession: session, LampName: 'desk', Fade: '0:00:05' });
    expect(calls.map(({ namespace, className, method }) => `${namespace}:${className}.${method.name}`)).toEqual([
      'root/Acme:PS_Lamp.Set',
      'root/Acme:PS_Lamp.Set',
    ]);
    expect(calls[0]?.parameters).toEqual({ Name: ['desk', 'hall'], Colour: 2, Steady: true });
    expect(calls[1]?.parameters).toMatchObject({ Name: ['desk'], Colour: 2, Steady: true });
    const wrong = invokeCmdlet(definition, { CimSession: session, LampName: 'desk', Steady: false });
    await expect(wrong).rejects.toMatchObject({
      code: 'ERR_PARAMETER_BINDING',
      message: expect.stringContaining('Steady'),
    });
  });

  it('marks a credential as secret', () => {
    const definition = load(
      cdxml({
        parameters:
          '<Parameter ParameterName="Who"><Type PSType="System.Management.Automation.PSCredential" /><CmdletParameterMetadata /></Parameter>',
      }),
      [],
    );
    expect(definition?.parameters[0]).toMatchObject({ type: 'PSCredential', secret: true });
  });
});
