import { describe, expect, it } from '@jest/globals';
import { SchemaError } from '../../../lib/schema/definition/schema-error.js';
import { readMof } from '../../../lib/schema/mof/mof-reader.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { schemaFile, schemaFiles } from '../schema-files.js';

function errorOf(text: string): SchemaError {
  try {
    readMof(text, { fileName: 'x.mof' });
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('readMof', () => {
  it('reads the grammar of class declarations (DSP0004 annex A)', () => {
    const [declaration] = readMof(String.raw`
      #pragma locale ("en_US")
      #pragma namespace ("\\\\.\\root\\Acme\\Lighting")
      Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
      /* a lamp
         of several lines */
      [Description("A " "lamp.\n\x41\"") : Translatable, Version { "1.0" }]
      CLASS Acme_Lamp : CIM_Device // the superclass
      {
        [KEY] String Name;
        [Write, ValueMap { "on", "off" }, Values { "On", "Off" }] string State = "on";
        [Required] uint8 Levels[3] = { 1, 0x0A, 101b };
        [SubType("interval")] datetime Burning;
        sint64 Count = -077;
        real64 Power = +1.5E3;
        char16 Letter = '\x3B1';
        boolean Hot = NULL;
        Acme_Room REF Room;
        [EmbeddedInstance("Acme_Bulb")] string Bulbs[];
        [EmbeddedObject] string Anything;
        Acme_Bulb Spare;

        [Static(TRUE), Description("Switches.")]
        uint32 Switch([In] boolean On, [In(false), Out] Acme_Room REF Where, [In, Out] string Both[], uint16 Plain);
        boolean Toggle();
      };`);
    expect(declaration).toEqual({
      namespace: 'root/Acme/Lighting',
      className: 'Acme_Lamp',
      superClassName: 'CIM_Device',
      description: 'A lamp.\nA"',
      properties: [
        { name: 'Name', type: 'string', key: true, readOnly: true },
        { name: 'State', type: 'string', values: ['on', 'off'] },
        { name: 'Levels', type: 'uint8', isArray: true, required: true, readOnly: true },
        { name: 'Burning', type: 'datetime', interval: true, readOnly: true },
        { name: 'Count', type: 'sint64', readOnly: true },
        { name: 'Power', type: 'real64', readOnly: true },
        { name: 'Letter', type: 'char16', readOnly: true },
        { name: 'Hot', type: 'boolean', readOnly: true },
        { name: 'Room', type: 'reference', className: 'Acme_Room', readOnly: true },
        { name: 'Bulbs', type: 'instance', className: 'Acme_Bulb', isArray: true, readOnly: true },
        { name: 'Anything', type: 'instance', readOnly: true },
        { name: 'Spare', type: 'instance', className: 'Acme_Bulb', readOnly: true },
      ],
      methods: [
        {
          name: 'Switch',
          isStatic: true,
          returnType: 'uint32',
          description: 'Switches.',
          parameters: [
            { name: 'On', type: 'boolean', direction: 'in' },
            { name: 'Where', type: 'reference', className: 'Acme_Room', direction: 'out' },
            { name: 'Both', type: 'string', isArray: true, direction: 'inout' },
            { name: 'Plain', type: 'uint16', direction: 'in' },
          ],
        },
        { name: 'Toggle', isStatic: false, returnType: 'boolean', parameters: [] },
      ],
    });
  });

  it('takes the namespace from its options where no pragma gives one', () => {
    expect(readMof('class A { };')[0]?.namespace).toBe('root/cimv2');
    expect(readMof('class A { };', { namespace: 'root/x' })[0]?.namespace).toBe('root/x');
  });

  it.each([
    ['class A {\n  string Name\n};', 3, 1, 'Expected ";", found "}".'],
    ['class A { string Name;', 1, 23, 'found the end of the file'],
    ['class A { string ; };', 1, 18, 'the name of a property or method'],
    ['class A { string a; uint8 A; };', 1, 27, 'is there twice'],
    ['[Key, key] class A { };', 1, 7, 'The qualifier key is there twice'],
    ['class A { string REF x; };', 1, 11, 'REF goes with the name of a class'],
    ['class A { uint8 x = 09; };', 1, 21, 'is not an octal number'],
    ['class A { string x = "\\q"; };', 1, 22, 'is not an escape sequence'],
    ['class A { string x = "one\ntwo"; };', 1, 22, 'does not end on its line'],
    ['/* for ever', 1, 1, 'A comment does not end'],
    ['class A { void Go(); };', 1, 11, 'void is not a data type'],
    ['class A { uint32 Go()[]; };', 1, 22, 'Expected ";"'],
    ['class A { [EmbeddedInstance("B")] uint8 x; };', 1, 35, 'must be a string'],
    ['instance of A { };', 1, 1, 'Instances are not read'],
    ['#pragma include ("other.mof")', 1, 9, 'Included files are not read'],
    ['klass A { };', 1, 1, 'Expected a class declaration'],
    ['class A { string x; } ! ;', 1, 23, '"!" does not belong in MOF'],
  ])('says where %j is wrong', (text, line, column, problem) => {
    const error = errorOf(text);
    expect(error.position).toEqual({ line, column });
    expect(error.message).toContain(`x.mof:${line}:${column}: `);
    expect(error.message).toContain(problem);
    expect(error.code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('fails with a SchemaError, or not at all, on anything', () => {
    const words =
      'class instance of Qualifier #pragma namespace REF uint8 string A b [ ] { } ( ) , ; : = "x" 1 -0x1F 1.5 \'c\' true null $ // /* */ \n'.split(
        ' ',
      );
    const soup = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme' })), { maxLength: 40 });
    fc.assert(
      fc.property(soup, (parts) => {
        try {
          readMof(parts.join(' '));
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('survives damage to a real file', () => {
    const text = schemaFile('PS_DhcpServerv4FailoverScope.mof');
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 3 }), (at, length, inserted) => {
        try {
          readMof(text.slice(0, at) + inserted + text.slice(at + length));
        } catch (error) {
          expect(error).toBeInstanceOf(SchemaError);
        }
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('reads a declaration back from its own text', () => {
    const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/).map((text) => `N${text}`);
    const type = fc.constantFrom('uint8', 'sint64', 'string', 'boolean', 'datetime', 'real32', 'char16');
    const property = fc.record({
      name,
      type,
      isArray: fc.boolean(),
      key: fc.boolean(),
      description: fc.string({ unit: 'binary', minLength: 1 }),
    });
    const properties = fc.uniqueArray(property, { selector: (one) => one.name.toLowerCase(), maxLength: 5 });
    fc.assert(
      fc.property(name, properties, (className, declared) => {
        const body = declared.map(
          (one) =>
            `[Write, Description(${mofString(one.description)})${one.key ? ', Key' : ''}] ${one.type} ${one.name}${one.isArray ? '[ ]' : ''};`,
        );
        const [declaration] = readMof(`class ${className}\r\n{\r\n${body.join('\r\n')}\r\n};`);
        expect(declaration?.className).toBe(className);
        expect(declaration?.properties).toEqual(
          declared.map((one) => ({
            name: one.name,
            type: one.type,
            description: one.description,
            ...(one.isArray && { isArray: true }),
            ...(one.key && { key: true }),
          })),
        );
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('reads every MOF file of the project', () => {
    for (const { fileName, text } of schemaFiles('.mof')) {
      const declarations = readMof(text, { fileName });
      expect(declarations.map((declaration) => `${declaration.className}.mof`)).toEqual([fileName]);
      expect(declarations[0]?.namespace).toBe('root/Microsoft/Windows/DHCP');
    }
  });
});

/** A string literal in which everything but plain ASCII is escaped. */
function mofString(text: string): string {
  const units = [...Array(text.length).keys()].map((index) => text.charCodeAt(index));
  return `"${units.map((unit) => `\\x${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}
