import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../../lib/base/errors.js';
import { readCimClass } from '../../../../lib/cim/class/cim-xml/read-class.js';
import { readMof } from '../../../../lib/schema/mof/mof-reader.js';
import { parseXml } from '../../../../lib/xml/parse.js';
import fc from '../../../fast-check.js';
import { fuzzRuns } from '../../../fuzz-runs.js';

const read = (markup: string, namespace = 'root/test') => readCimClass(parseXml(markup), namespace);
const qualifier = (name: string, value: string, type = 'boolean') =>
  `<QUALIFIER NAME="${name}" TYPE="${type}"><VALUE>${value}</VALUE></QUALIFIER>`;

// Forms that real servers send, each in words of our own: OMI's and Windows' (qualifiers of WMI), and the DTD's of DSP0203.
describe('a class in CIM-XML', () => {
  it('has embedded instances as OMI declares them: strings with a qualifier', () => {
    const found = read(
      `<CLASS NAME="T_Box" SUPERCLASS="T_Thing" DERIVATION="T_Thing,T_Root"><PROPERTY NAME="One" TYPE="string">${qualifier('EmbeddedInstance', 'T_Item', 'string')}</PROPERTY><PROPERTY.ARRAY NAME="Many" TYPE="string">${qualifier('EmbeddedObject', 'true')}</PROPERTY.ARRAY><METHOD NAME="Open" TYPE="string">${qualifier('EmbeddedInstance', 'T_Item', 'string')}${qualifier('static', 'true')}<PARAMETER.ARRAY NAME="items" TYPE="string">${qualifier('EmbeddedInstance', 'T_Item', 'string')}${qualifier('in', 'true')}${qualifier('out', 'true')}</PARAMETER.ARRAY></METHOD></CLASS>`,
    );
    expect(found.properties.map(({ name, type, className, isArray }) => [name, type, className, isArray])).toEqual([
      ['One', 'instance', 'T_Item', undefined],
      ['Many', 'instance', undefined, true],
    ]);
    expect(found.derivation).toEqual(['T_Thing', 'T_Root']);
    expect(found.toDeclaration().methods).toEqual([
      {
        name: 'Open',
        isStatic: true,
        returnType: 'instance',
        parameters: [{ name: 'items', type: 'instance', className: 'T_Item', isArray: true, direction: 'inout' }],
      },
    ]);
  });

  it('has WMI’s own qualifiers of types', () => {
    const found = read(
      `<CLASS NAME="T_Wmi"><PROPERTY NAME="Event" TYPE="string">${qualifier('CIMTYPE', 'object:T_Item', 'string')}</PROPERTY><PROPERTY NAME="Any" TYPE="string">${qualifier('CIMTYPE', 'object', 'string')}</PROPERTY><PROPERTY NAME="Link" TYPE="string">${qualifier('CIMTYPE', 'ref:T_Item', 'string')}</PROPERTY><PROPERTY NAME="Span" TYPE="datetime">${qualifier('SubType', 'interval', 'string')}</PROPERTY><PROPERTY NAME="Count" TYPE="uint32">${qualifier('CIMTYPE', 'uint32', 'string')}${qualifier('read', 'true')}</PROPERTY></CLASS>`,
    );
    expect(found.toDeclaration().properties).toEqual([
      { name: 'Event', type: 'instance', className: 'T_Item', readOnly: true },
      { name: 'Any', type: 'instance', readOnly: true },
      { name: 'Link', type: 'reference', className: 'T_Item', readOnly: true },
      { name: 'Span', type: 'datetime', interval: true, readOnly: true },
      { name: 'Count', type: 'uint32', readOnly: true },
    ]);
  });

  it('has what the DTD allows', () => {
    const found = read(
      `<CLASS NAME="T_Dtd"><QUALIFIER NAME="Association" TYPE="boolean" OVERRIDABLE="false" TOSUBCLASS="true"><VALUE>TRUE</VALUE></QUALIFIER><PROPERTY.REFERENCE NAME="Left" REFERENCECLASS="T_Item">${qualifier('Key', 'true')}</PROPERTY.REFERENCE><PROPERTY NAME="Emb" TYPE="string" EmbeddedObject="instance" EmbeddedClassName="T_Item"/><PROPERTY NAME="Size" TYPE="sint64"><VALUE> -5 </VALUE></PROPERTY><PROPERTY.ARRAY NAME="Names" TYPE="string" ARRAYSIZE="2"><VALUE.ARRAY><VALUE>a</VALUE><VALUE> b</VALUE></VALUE.ARRAY></PROPERTY.ARRAY><METHOD NAME="Nothing"><PARAMETER.REFERENCE NAME="Ref" REFERENCECLASS="T_Item"/><PARAMETER.REFARRAY NAME="Refs" REFERENCECLASS="T_Item"/></METHOD></CLASS>`,
    );
    expect(found.isAssociation).toBe(true);
    expect(found.cimClassQualifiers.get('association')).toMatchObject({
      overridable: false,
      toSubclass: true,
      translatable: false,
    });
    expect(found.properties.map(({ name, type, defaultValue }) => [name, type, defaultValue])).toEqual([
      ['Left', 'reference', undefined],
      ['Emb', 'instance', undefined],
      ['Size', 'sint64', -5n],
      ['Names', 'string', ['a', ' b']],
    ]);
    expect(found.methods[0]?.parameters.map(({ type, isArray, direction }) => [type, isArray, direction])).toEqual([
      ['reference', undefined, 'in'],
      ['reference', true, 'in'],
    ]);
  });

  it('keeps names of the language apart', () => {
    const found = read(
      '<CLASS NAME="constructor"><PROPERTY NAME="__proto__" TYPE="string"/><PROPERTY NAME="hasOwnProperty" TYPE="uint8"/><METHOD NAME="toString" TYPE="uint32"/></CLASS>',
    );
    expect([...found.cimClassProperties].map(({ name }) => name)).toEqual(['__proto__', 'hasOwnProperty']);
    expect(found.cimClassProperties.get('__PROTO__')?.type).toBe('string');
    expect(found.cimClassMethods.has('valueOf')).toBe(false);
    expect(String(found)).toBe('root/test:constructor');
  });

  it.each([
    ['<INSTANCE CLASSNAME="X"/>', 'INSTANCE'],
    ['<CLASS/>', 'CLASS'],
    ['<CLASS NAME="X"><PROPERTY TYPE="string"/></CLASS>', 'without NAME'],
    ['<CLASS NAME="X"><PROPERTY NAME="P"/></CLASS>', 'X.P'],
    ['<CLASS NAME="X"><PROPERTY NAME="P" TYPE="int"/></CLASS>', '"int"'],
    ['<CLASS NAME="X"><PROPERTY NAME="P" TYPE="uint8"><VALUE>256</VALUE></PROPERTY></CLASS>', 'X.P'],
    ['<CLASS NAME="X"><QUALIFIER TYPE="string"/></CLASS>', 'QUALIFIER'],
    ['<CLASS NAME="X"><QUALIFIER NAME="Q" TYPE="blob"/></CLASS>', 'X.Q'],
    ['<CLASS NAME="X"><METHOD NAME="M" TYPE="uint32"><PARAMETER NAME="P" TYPE="?"/></METHOD></CLASS>', 'X.M.P'],
  ])('refuses %s', (markup, named) => {
    const refusal = () => read(markup);
    expect(refusal).toThrow(expect.objectContaining({ code: 'ERR_PROTOCOL', message: expect.stringContaining(named) }));
  });
});

const SCALARS = [
  'boolean',
  'uint8',
  'sint8',
  'uint16',
  'sint16',
  'uint32',
  'sint32',
  'uint64',
  'sint64',
  'real32',
  'real64',
  'char16',
  'string',
  'datetime',
];

interface Member {
  readonly name: string;
  readonly type: string;
  readonly isArray: boolean;
  readonly flags: readonly string[];
  readonly text: string | undefined;
}

const member: fc.Arbitrary<Member> = fc.record({
  name: fc.stringMatching(/^[A-Z][a-z0-9_]{0,8}$/),
  type: fc.constantFrom(...SCALARS, 'object:T_Item', 'ref:T_Item'),
  isArray: fc.boolean(),
  flags: fc.subarray(['Key', 'Required', 'Write', 'OctetString', 'Static', 'In', 'Out']),
  text: fc.option(fc.stringMatching(/^[ -~]{0,20}$/), { nil: undefined }),
});
const members = fc.uniqueArray(member, { maxLength: 6, selector: ({ name }) => name.toLowerCase() });
const shape = fc.record({
  properties: members,
  methods: fc.uniqueArray(fc.record({ member, parameters: members }), {
    maxLength: 3,
    selector: ({ member: { name } }) => name.toLowerCase(),
  }),
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const mofText = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

function xmlMember(kind: 'PROPERTY' | 'PARAMETER', { name, type, isArray, flags, text }: Member): string {
  const [, word, target] = /^(object|ref):(.*)$/.exec(type) ?? [];
  const isReference = word === 'ref';
  const array = isArray && !(isReference && kind === 'PROPERTY');
  const element = `${kind}${isReference ? (array ? '.REFARRAY' : '.REFERENCE') : array ? '.ARRAY' : ''}`;
  const typed = isReference ? `REFERENCECLASS="${target}"` : `TYPE="${word === 'object' ? 'string' : type}"`;
  return `<${element} NAME="${name}" ${typed}>${xmlQualifiers(flags, text)}${word === 'object' ? qualifier('EmbeddedInstance', target ?? '', 'string') : ''}</${element}>`;
}

function xmlQualifiers(flags: readonly string[], text: string | undefined): string {
  const described = text === undefined ? '' : qualifier('Description', escaped(text), 'string');
  return flags.map((flag) => qualifier(flag, 'true')).join('') + described;
}

function mofMember({ name, type, isArray, flags, text }: Member, canBeRefArray: boolean): string {
  const [, word, target] = /^(object|ref):(.*)$/.exec(type) ?? [];
  const isReference = word === 'ref';
  const qualifiers = [
    ...flags,
    ...(text === undefined ? [] : [`Description(${mofText(text)})`]),
    ...(word === 'object' ? [`EmbeddedInstance("${target}")`] : []),
  ];
  const array = isArray && (!isReference || canBeRefArray) ? '[]' : '';
  const written = isReference ? `${target} REF` : word === 'object' ? 'string' : type;
  return `${qualifiers.length === 0 ? '' : `[${qualifiers.join(', ')}] `}${written} ${name}${array}`;
}

describe('two readers of the same class', () => {
  it('agree: one of CIM-XML, one of MOF', () => {
    fc.assert(
      fc.property(shape, ({ properties, methods }) => {
        // A method has another name than any property, and gives back a plain value.
        const plain = methods
          .filter(({ member: { type } }) => !type.includes(':'))
          .map(({ member: one, parameters }) => ({ member: { ...one, name: `method_name_${one.name}` }, parameters }));
        const xml = `<CLASS NAME="T_Class" SUPERCLASS="T_Base">${properties.map((one) => xmlMember('PROPERTY', one)).join('')}${plain
          .map(
            ({ member: { name, type, flags, text }, parameters }) =>
              `<METHOD NAME="${name}" TYPE="${type}">${xmlQualifiers(flags, text)}${parameters.map((one) => xmlMember('PARAMETER', one)).join('')}</METHOD>`,
          )
          .join('')}</CLASS>`;
        const mof = `class T_Class : T_Base { ${properties.map((one) => `${mofMember(one, false)}; `).join('')}${plain
          .map(
            ({ member: one, parameters }) =>
              `${mofMember({ ...one, isArray: false }, false)}(${parameters.map((parameter) => mofMember(parameter, true)).join(', ')}); `,
          )
          .join('')}};`;
        const [declared] = readMof(mof, { namespace: 'root/test' });
        expect(read(xml).toDeclaration()).toEqual(declared);
      }),
      { numRuns: fuzzRuns(200) },
    );
  });

  it('never fail otherwise than with an error of the protocol', () => {
    const names = fc.constantFrom(
      'CLASS',
      'PROPERTY',
      'PROPERTY.ARRAY',
      'QUALIFIER',
      'METHOD',
      'PARAMETER',
      'VALUE',
      'VALUE.ARRAY',
      'PROPERTY.REFERENCE',
      'X',
    );
    const attribute = fc.tuple(
      fc.constantFrom('NAME', 'TYPE', 'SUPERCLASS', 'REFERENCECLASS', 'EmbeddedObject', 'DERIVATION'),
      fc.constantFrom(
        '',
        'Key',
        'string',
        'uint8',
        'boolean',
        'EmbeddedInstance',
        'CIMTYPE',
        '__proto__',
        'ref:',
        ',,',
      ),
    );
    const tree = fc.letrec<{ element: string }>((tie) => ({
      element: fc
        .tuple(
          names,
          fc.uniqueArray(attribute, { selector: ([name]) => name, maxLength: 4 }),
          fc.oneof(
            { depthSize: 'small', withCrossShrink: true },
            fc.constantFrom('', 'true', '300', 'object:'),
            fc.array(tie('element'), { maxLength: 4 }).map((parts) => parts.join('')),
          ),
        )
        .map(
          ([name, attributes, content]) =>
            `<${name}${attributes.map(([key, value]) => ` ${key}="${value}"`).join('')}>${content}</${name}>`,
        ),
    }));
    fc.assert(
      fc.property(tree.element, (content) => {
        try {
          read(`<CLASS NAME="T">${content}</CLASS>`);
        } catch (error) {
          expect(error).toBeInstanceOf(CimletError);
          expect(error).toMatchObject({ code: 'ERR_PROTOCOL' });
        }
      }),
      { numRuns: fuzzRuns(1000) },
    );
  });
});
