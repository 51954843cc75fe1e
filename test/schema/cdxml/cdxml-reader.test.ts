import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom';
import { readCdxml } from '../../../lib/schema/cdxml/cdxml-reader.js';
import { SchemaError } from '../../../lib/schema/definition/schema-error.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { schemaFile, schemaFiles } from '../schema-files.js';

const NAMESPACE = 'http://schemas.microsoft.com/cmdlets-over-objects/2009/11';
const SMALL = `<?xml version="1.0" encoding="utf-8"?>
<!-- a comment -->
<PowerShellMetadata xmlns="${NAMESPACE}">
  <Class ClassName="root/Acme/PS_Lamp" ClassVersion="2.1">
    <Version>1.2.3</Version>
    <DefaultNoun>Lamp</DefaultNoun>
    <StaticCmdlets>
      <Cmdlet>
        <CmdletMetadata Verb="Set" ConfirmImpact="High" Aliases="slamp lamp" DefaultCmdletParameterSet="One" />
        <Method MethodName="SetOne" CmdletParameterSet="One">
          <ReturnValue><Type PSType="System.UInt32" /><CmdletOutputMetadata><ErrorCode /></CmdletOutputMetadata></ReturnValue>
          <Parameters>
            <Parameter ParameterName="Name">
              <Type PSType="System.String[]" />
              <CmdletParameterMetadata IsMandatory="1" Aliases="N" PSName="LampName" Position="0" ValueFromPipeline="true" ValueFromPipelineByPropertyName="true">
                <AllowEmptyCollection /><AllowEmptyString /><AllowNull /><ValidateNotNull /><ValidateNotNullOrEmpty />
                <ValidateCount Min="1" Max="5" /><ValidateLength Min="2" Max="9" /><ValidateRange Min="-3" Max="4" />
                <ValidateSet><AllowedValue>a b</AllowedValue><AllowedValue>c</AllowedValue></ValidateSet>
                <Obsolete Message="old" />
              </CmdletParameterMetadata>
            </Parameter>
            <Parameter ParameterName="Hidden" DefaultValue="7"><Type PSType="Lamps.Colour" /></Parameter>
            <Parameter ParameterName="cmdletOutput">
              <Type PSType="Microsoft.Management.Infrastructure.CimInstance" ETSType="Microsoft.Management.Infrastructure.CimInstance#Lamp" />
              <CmdletOutputMetadata />
            </Parameter>
          </Parameters>
        </Method>
        <Method MethodName="SetAll" CmdletParameterSet="All" />
      </Cmdlet>
    </StaticCmdlets>
    <CmdletAdapterPrivateData><Data Name="DefaultThrottleLimit">8</Data></CmdletAdapterPrivateData>
  </Class>
  <Enums>
    <Enum EnumName="Lamps.Colour" UnderlyingType="System.Byte" BitwiseFlags="true"><Value Name="Red" Value="1" /><Value Name="Blue" Value="2" /></Enum>
  </Enums>
</PowerShellMetadata>`;

describe('readCdxml', () => {
  it('reads everything that static cmdlets can say', () => {
    const document = readCdxml(SMALL, 'lamp.cdxml');
    expect(document).toEqual({
      fileName: 'lamp.cdxml',
      namespace: 'root/Acme',
      className: 'PS_Lamp',
      classVersion: '2.1',
      version: '1.2.3',
      defaultNoun: 'Lamp',
      hasInstanceCmdlets: false,
      privateData: new Map([['DefaultThrottleLimit', '8']]),
      enums: [{ name: 'Lamps.Colour', underlyingType: 'System.Byte', flags: true, values: { Red: 1, Blue: 2 } }],
      cmdlets: [
        {
          verb: 'Set',
          noun: 'Lamp',
          aliases: ['slamp', 'lamp'],
          confirmImpact: 'High',
          defaultParameterSet: 'One',
          methods: [
            {
              name: 'SetOne',
              parameterSet: 'One',
              returnType: { psType: 'System.UInt32' },
              returnValue: 'errorCode',
              parameters: [
                {
                  name: 'Name',
                  type: { psType: 'System.String[]' },
                  isOutput: false,
                  parameter: {
                    psName: 'LampName',
                    isMandatory: true,
                    aliases: ['N'],
                    position: 0,
                    valueFromPipeline: true,
                    valueFromPipelineByPropertyName: true,
                    allowNull: true,
                    allowEmptyString: true,
                    allowEmptyCollection: true,
                    validateNotNull: true,
                    validateNotNullOrEmpty: true,
                    validateCount: { min: 1, max: 5 },
                    validateLength: { min: 2, max: 9 },
                    validateRange: { min: -3, max: 4 },
                    validateSet: ['a b', 'c'],
                  },
                },
                { name: 'Hidden', defaultValue: '7', type: { psType: 'Lamps.Colour' }, isOutput: false },
                {
                  name: 'cmdletOutput',
                  type: {
                    psType: 'Microsoft.Management.Infrastructure.CimInstance',
                    etsType: 'Microsoft.Management.Infrastructure.CimInstance#Lamp',
                  },
                  isOutput: true,
                },
              ],
            },
            { name: 'SetAll', parameterSet: 'All', returnValue: 'ignored', parameters: [] },
          ],
        },
      ],
    });
  });

  it.each([
    ['another root', /PowerShellMetadata/g, 'Metadata', 'The root element is Metadata'],
    ['another namespace', NAMESPACE, 'urn:x', 'not PowerShellMetadata'],
    ['an unknown attribute', 'ClassVersion=', 'ClassEdition=', 'no attribute ClassEdition'],
    ['an attribute of an object', 'ClassVersion=', 'constructor=', 'no attribute constructor'],
    ['a missing attribute', 'MethodName="SetAll"', '', 'attribute MethodName is missing'],
    ['an unknown element', '<Obsolete Message="old" />', '<Outdated />', 'The element Outdated does not belong here'],
    [
      'another order',
      /(<Version>.*<\/Version>)\s*(<DefaultNoun>.*<\/DefaultNoun>)/,
      '$2$1',
      'The element Version is missing',
    ],
    ['a missing element', '<DefaultNoun>Lamp</DefaultNoun>', '', 'The element DefaultNoun is missing'],
    [
      'an element too many',
      '<AllowNull />',
      '<AllowNull /><AllowNull />',
      'The element AllowNull does not belong here',
    ],
    ['text among elements', '<StaticCmdlets>', '<StaticCmdlets>text', 'There is text ("text")'],
    ['a bad verb', 'Verb="Set"', 'Verb="Set-It"', 'it must be a verb'],
    ['a bad impact', 'ConfirmImpact="High"', 'ConfirmImpact="Huge"', 'None, Low, Medium or High'],
    ['a bad position', 'Position="0"', 'Position="-1"', 'a whole number from 0 on'],
    ['a bad flag', 'IsMandatory="1"', 'IsMandatory="yes"', 'true or false'],
    ['a bad version', '1.2.3', 'one', 'a version of two to four numbers'],
    [
      'an unknown default set',
      'DefaultCmdletParameterSet="One"',
      'DefaultCmdletParameterSet="Two"',
      'No method has the default parameter set Two',
    ],
    [
      'two sets of one name',
      'CmdletParameterSet="All"',
      'CmdletParameterSet="One"',
      'The parameter set one is there twice',
    ],
    ['two aliases of one name', 'slamp lamp', 'lamp LAMP', 'The cmdlet alias lamp is there twice'],
    [
      'two parameters of one name',
      'ParameterName="Hidden"',
      'ParameterName="Name"',
      'The parameter Name is there twice',
    ],
    ['two enum values of one name', 'Name="Blue"', 'Name="Red"', 'has the value Red twice'],
    ['broken XML', '</Class>', '', 'lamp.cdxml'],
    ['a document type', '<PowerShellMetadata', '<!DOCTYPE x><PowerShellMetadata', 'lamp.cdxml'],
  ])('refuses %s', (_what, from, to, problem) => {
    const text = SMALL.replace(from, to);
    expect(text).not.toBe(SMALL);
    expect(() => readCdxml(text, 'lamp.cdxml')).toThrow(SchemaError);
    expect(() => readCdxml(text, 'lamp.cdxml')).toThrow(problem);
  });

  it('takes the parts of instance cmdlets in their order, and says that they are there', () => {
    const instance = `<InstanceCmdlets>
      <GetCmdletParameters DefaultCmdletParameterSet="x"><QueryableProperties><Property PropertyName="Name"><Type PSType="string" />
        <ExcludeQuery /><RegularQuery AllowGlobbing="true"><CmdletParameterMetadata ErrorOnNoMatch="false" CmdletParameterSets="a b" /></RegularQuery>
      </Property></QueryableProperties></GetCmdletParameters>
      <GetCmdlet><CmdletMetadata Verb="Get" /></GetCmdlet>
      <Cmdlet><CmdletMetadata Verb="Stop" /><Method MethodName="Stop" /></Cmdlet>
    </InstanceCmdlets>`;
    const text = SMALL.replace('<StaticCmdlets>', `${instance}<StaticCmdlets>`);
    expect(readCdxml(text).hasInstanceCmdlets).toBe(true);
    expect(() => readCdxml(text.replace('<GetCmdlet>', '<Cmdlet />$&'))).toThrow(SchemaError);
    expect(() => readCdxml(text.replace('<ExcludeQuery />', '<OtherQuery />'))).toThrow('OtherQuery is there instead');
  });

  it('finds in the files of the project what another XML reader finds', () => {
    for (const { fileName, text } of schemaFiles('.cdxml')) {
      const document = readCdxml(text, fileName);
      const dom = new DOMParser().parseFromString(text, 'text/xml');
      const names = (element: string, attribute: string): (string | null)[] =>
        Array.from(dom.getElementsByTagNameNS(NAMESPACE, element)).map((found) => found.getAttribute(attribute));
      const methods = document.cmdlets.flatMap((cmdlet) => cmdlet.methods);
      const parameters = methods.flatMap((method) => method.parameters);
      expect(document.cmdlets.map((cmdlet) => cmdlet.verb)).toEqual(names('CmdletMetadata', 'Verb'));
      expect(methods.map((method) => method.name)).toEqual(names('Method', 'MethodName'));
      expect(parameters.map((parameter) => parameter.name)).toEqual(names('Parameter', 'ParameterName'));
      expect([...document.privateData.keys()]).toEqual(names('Data', 'Name'));
      expect(parameters.filter((parameter) => parameter.parameter?.isMandatory).length).toBe(
        names('CmdletParameterMetadata', 'IsMandatory').filter((value) => value === 'true').length,
      );
      expect(parameters.flatMap((parameter) => parameter.parameter?.validateSet ?? [])).toEqual(
        Array.from(dom.getElementsByTagNameNS(NAMESPACE, 'AllowedValue')).map((value) => value.textContent),
      );
    }
  });

  it('reads or refuses a file that is damaged anywhere, and fails in no other way', () => {
    const names = [...new Set(SMALL.match(/(?<=<)[A-Z]\w*/g))];
    const attributes = [...new Set(SMALL.match(/(?<= )[A-Z]\w*="[^"]*"/g))];
    const inserted = fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('<', '/>', '"', '&', '<!--', ' xmlns="urn:x"', '__proto__', '-1', 'NaN'),
      fc.constantFrom(...names).map((name) => `<${name}/>`),
      fc.constantFrom(...attributes).map((attribute) => ` ${attribute} `),
    );
    const damage = fc.tuple(fc.nat(SMALL.length), fc.nat(60), inserted);
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        let text = SMALL;
        for (const [at, length, added] of damages) text = text.slice(0, at) + added + text.slice(at + length);
        try {
          readCdxml(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('reads or refuses any elements of the format in any order, and fails in no other way', () => {
    const names = fc.constantFrom(...new Set(SMALL.match(/(?<=<)[A-Z]\w*/g)));
    const attribute = fc.constantFrom(...new Set(SMALL.match(/(?<= )[A-Z]\w*="[^"]*"/g)));
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc
        .tuple(
          names,
          fc.uniqueArray(attribute, { maxLength: 3, selector: (one) => one.slice(0, one.indexOf('=')) }),
          fc.oneof(
            { depthSize: 'small', withCrossShrink: true },
            fc.constantFrom('', '1.2.3', 'Lamp', '-7', '__proto__'),
            fc.array(tie('tree'), { maxLength: 4 }).map((parts) => parts.join('')),
          ),
        )
        .map(([name, given, content]) => `<${name} ${given.join(' ')}>${content}</${name}>`),
    }));
    fc.assert(
      fc.property(tree, tree, (inside, beside) => {
        for (const text of [
          `<PowerShellMetadata xmlns="${NAMESPACE}">${inside}</PowerShellMetadata>`,
          SMALL.replace('<StaticCmdlets>', `${inside}<StaticCmdlets>${beside}`),
          SMALL.replace('</Parameters>', `${inside}</Parameters>${beside}`),
        ]) {
          try {
            readCdxml(text);
          } catch (error) {
            expect(error).toBeInstanceOf(SchemaError);
          }
        }
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('refuses a real file in which an element was doubled or moved out of order, whichever it is', () => {
    const text = schemaFile('PS_DhcpServerv4FailoverScope.cdxml');
    const count = new DOMParser().parseFromString(text, 'text/xml').getElementsByTagName('*').length;
    const single = new Set([
      'Class',
      'Version',
      'DefaultNoun',
      'CmdletMetadata',
      'ReturnValue',
      'Type',
      'Parameters',
      'CmdletAdapterPrivateData',
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: count - 1 }), fc.boolean(), (index, remove) => {
        const dom = new DOMParser().parseFromString(text, 'text/xml');
        const element = dom.getElementsByTagName('*').item(index) as Element;
        fc.pre(
          single.has(element.localName ?? '') &&
            !(remove && ['ReturnValue', 'Parameters', 'CmdletAdapterPrivateData'].includes(element.localName ?? '')),
        );
        if (remove) element.parentNode?.removeChild(element);
        else element.parentNode?.insertBefore(element.cloneNode(true), element);
        expect(() => readCdxml(new XMLSerializer().serializeToString(dom))).toThrow(SchemaError);
      }),
      { numRuns: 60 },
    );
  });
});
