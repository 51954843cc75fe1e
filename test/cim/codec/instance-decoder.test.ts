// Instances that are decoded while they come in are what a tree of them is read as: the same values, the same errors. The reader of trees, which the
// recorded replies, xmldom and DSP0230's examples judge, is the judge here.
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { DecodedElement } from '../../../lib/cim/codec/decoded-element.js';
import { itemDecoding, outputDecoding } from '../../../lib/cim/codec/decoding.js';
import { inferDeclaration } from '../../../lib/cim/codec/infer-from-xml.js';
import { classLookup, type ReadContext } from '../../../lib/cim/codec/read-context.js';
import { readMethodOutput } from '../../../lib/cim/codec/read-method-output.js';
import { readAs } from '../../../lib/cim/codec/read-value.js';
import { readXsiType } from '../../../lib/cim/codec/xsi-type.js';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import type { CimType } from '../../../lib/cim/value/cim-type.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../../lib/cim/value/class-declaration.js';
import { EnvelopeReader } from '../../../lib/wsman/envelope/envelope-reader.js';
import type { XmlElement } from '../../../lib/xml/tree/element.js';
import type { ElementMakers } from '../../../lib/xml/tree/element-maker.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { describeWithFolder, readReplies } from '../../recorded/recordings.js';
import { propertiesOf } from '../../support/values-of.js';

const URI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/X_All';
const TYPES: readonly CimType[] = [
  ...(['string', 'boolean', 'uint8', 'sint8', 'uint16', 'sint16', 'uint32', 'sint32', 'uint64', 'sint64'] as const),
  ...(['real32', 'real64', 'char16', 'datetime', 'reference', 'instance'] as const),
];
/** A property of each type, and an array of each. */
const all: CimClassDeclaration = {
  namespace: 'root/test',
  className: 'X_All',
  properties: TYPES.flatMap((type) => [
    { name: `P_${type}`, type, ...(type === 'instance' ? { className: 'X_All' } : {}) },
    { name: `A_${type}`, type, isArray: true, ...(type === 'instance' ? { className: 'X_All' } : {}) },
  ]),
  methods: [],
};
const method: CimMethodDeclaration = {
  name: 'Get',
  isStatic: true,
  returnType: 'uint32',
  parameters: [
    { name: 'cmdletOutput', type: 'instance', className: 'X_All', isArray: true, direction: 'out' },
    { name: 'One', type: 'instance', className: 'X_All', direction: 'out' },
    { name: 'Count', type: 'uint32', direction: 'out' },
  ],
};
const context: ReadContext & { readonly className: string } = {
  namespace: 'root/test',
  className: 'PS_X',
  classes: classLookup([all]),
  origin: { computerName: 'x.contoso.com' },
};

const envelope = (body: string) =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:p="${URI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:m="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><p:cmdletOutput xsi:type="p:X_All_Type"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
const page = (items: string) => envelope(`<n:PullResponse><n:Items>${items}</n:Items></n:PullResponse>`);
const output = (content: string) => envelope(`<p:Get_OUTPUT>${content}<p:ReturnValue>0</p:ReturnValue></p:Get_OUTPUT>`);

interface Received {
  readonly items: readonly XmlElement[];
  readonly body: readonly XmlElement[];
  readonly failure: unknown;
}

/** What comes out of an envelope that arrives in pieces of `size` characters. */
function receive(text: string, makers: ElementMakers | undefined, size: number, maxTextLength = 1000): Received {
  const items: XmlElement[] = [];
  const body: XmlElement[] = [];
  const reader = new EnvelopeReader({
    makers,
    limits: { maxTextLength },
    onItem: (item) => items.push(item),
    onEnvelope: (received) => body.push(...received.body),
  });
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
    reader.end();
  } catch (error) {
    return { items, body, failure: told(error) };
  }
  return { items, body, failure: undefined };
}

function told(error: unknown): unknown {
  if (!(error instanceof CimletError)) throw error;
  return { code: error.code, message: error.message, hint: error.hint };
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return told(error);
  }
}

function dataOf(value: unknown): unknown {
  if (value instanceof CimInstance) {
    const properties = Object.entries(propertiesOf(value)).map(([name, one]) => [name, dataOf(one)]);
    return [value.cimClass.className, CimInstance.namespaceOf(value), value.PSComputerName, properties];
  }
  return Array.isArray(value) ? value.map(dataOf) : value;
}

const readItem = (item: XmlElement) => attempt(() => dataOf(readAs(item, item.name, context, 'X_All')));
const readOutput = (body: XmlElement) =>
  attempt(() => {
    const { returnValue, outParameters } = readMethodOutput(body, method, context);
    return [returnValue, Object.entries(outParameters).map(([name, value]) => [name, dataOf(value)])];
  });

/** Millions of times in a long run, where what is equal need not be told of. */
function expectSame(decoded: unknown, tree: unknown): void {
  if (!isDeepStrictEqual(decoded, tree)) expect(decoded).toEqual(tree);
}

function comparePages(text: string, size: number, maxTextLength?: number): number {
  const tree = receive(text, undefined, size, maxTextLength);
  const decoded = receive(text, itemDecoding(context), size, maxTextLength);
  expectSame(decoded.failure, tree.failure);
  expectSame(decoded.items.map(readItem), tree.items.map(readItem));
  return decoded.items.filter((item) => item instanceof DecodedElement).length;
}

function compareOutputs(text: string, size: number, maxTextLength?: number): void {
  const tree = receive(text, undefined, size, maxTextLength);
  const decoded = receive(text, outputDecoding(method, context), size, maxTextLength);
  expectSame(decoded.failure, tree.failure);
  expectSame(decoded.body.map(readOutput), tree.body.map(readOutput));
}

const content = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '0', '255', '70000', 'true', 'False', 'x', '10.20.30.0', 'AAEC', '-5') },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', '\n 7 ', '1.5', 'NaN', 'é😀', '&lt;b&gt;&#13;', 'P0DT1H0M0S') },
  { weight: 1, arbitrary: fc.constantFrom('<!-- 1 -->2', '<![CDATA[<3>]]>', '4<!-- -->5', 'PT99', '9'.repeat(90)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<cim:Interval>P0DT1H0M0S</cim:Interval>',
      '<cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime>',
      '<p:b>1</p:b>',
      '2<p:b/>3',
      `<a:ReferenceParameters><w:ResourceURI>${URI}</w:ResourceURI><w:SelectorSet><w:Selector Name="P_string">k</w:Selector></w:SelectorSet></a:ReferenceParameters>`,
      '<p:X_All><p:P_uint32>5</p:P_uint32></p:X_All>',
      '<p:P_uint32>6</p:P_uint32><p:P_boolean>maybe</p:P_boolean>',
    ),
  },
);
const attributes = fc.constantFrom(
  ...['', '', '', '', ' xsi:nil="true"', ' xsi:nil="false"', ' xsi:nil="1" m:IsNullArray="false"', ' a="1"'],
  ...[' xsi:type="cim:cimUnsignedInt"', ' xsi:type="p:X_All_Type"', ' xmlns:q="urn:q"', ' xmlns:p="urn:other"'],
);
const name = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...all.properties.map((property) => property.name), 'P_STRING', 'a_uint32', 'p_Boolean'),
  },
  { weight: 1, arbitrary: fc.constantFrom('Other', 'Location', 'PSComputerName', 'toString', 'P_', 'Name') },
);
const property = fc
  .tuple(fc.constantFrom('p', 'p', 'p', 'cim', 'q'), name, attributes, content)
  .map(([prefix, local, given, inner]) =>
    prefix === 'q'
      ? `<${local}${given}>${inner}</${local}>`
      : `<${prefix}:${local}${given}>${inner}</${prefix}:${local}>`,
  );
const properties = fc
  .array(fc.oneof({ weight: 12, arbitrary: property }, { weight: 1, arbitrary: fc.constantFrom(' ', 'x', '\n') }), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
const type = fc.constantFrom(
  ...[' xsi:type="p:X_All_Type"', ' xsi:type="p:X_All_Type"', ' xsi:type="p:x_all_Type"', ' xsi:type="X_All_Type"', ''],
  ...[' xsi:type="p:X_Other_Type"', ' xsi:nil="true"', ' xsi:type="p:X_All_Type" xsi:nil="true"'],
);
const element = (...names: readonly string[]) =>
  fc.tuple(fc.constantFrom(...names), type, properties).map(([local, given, inner]) => {
    return `<p:${local}${given}>${inner}</p:${local}>`;
  });
const items = fc
  .array(element('X_All', 'X_All', 'X_All', 'x_all', 'X_Other', 'XmlFragment', 'Item', 'EndpointReference'), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''));
const results = fc
  .array(element('cmdletOutput', 'cmdletOutput', 'CmdletOutput', 'One', 'Count', 'Undeclared'), { maxLength: 4 })
  .map((parts) => parts.join(''));
const size = fc.constantFrom(1_000_000, 1_000_000, 1_000_000, 64, 7);

describe('instances that are decoded as they come', () => {
  it('are those of a page as a tree, whatever it holds', () => {
    let decoded = 0;
    fc.assert(
      fc.property(items, size, (markup, at) => {
        decoded += comparePages(page(markup), at);
      }),
      { numRuns: fuzzRuns(300) },
    );
    expect(decoded).toBeGreaterThan(fuzzRuns(300) / 4);
  });

  it('are those of a method as a tree, whatever it gives', () => {
    fc.assert(
      fc.property(results, size, (markup, at) => compareOutputs(output(markup), at)),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('are those of a method as a tree, where the same name comes in two spellings', () => {
    const one = '<p:cmdletOutput xsi:type="p:X_All_Type"></p:cmdletOutput>';
    const others =
      '<p:CmdletOutput xsi:nil="true"/><p:CmdletOutput xsi:type="p:X_All_Type"><p:P_string>1</p:P_string></p:CmdletOutput>';
    compareOutputs(output(one + others), 1_000_000);
    compareOutputs(output(others + one), 64);
    expect(
      readOutput(receive(output(one + others), outputDecoding(method, context), 1_000_000).body[0] as XmlElement),
    ).toEqual({
      code: 'ERR_PROTOCOL',
      message: 'PS_X.Get.CmdletOutput: the peer sent "<P_string>1", which is not a string.',
      hint: expect.any(String),
    });
  });

  it('are refused as a tree is, however the markup is damaged, and where a text is too long', () => {
    const damage = fc.record({ at: fc.nat(), remove: fc.nat(4), add: fc.constantFrom('', '<', '>', '"', 'x', '&') });
    const damaged = (text: string, { at, remove, add }: { at: number; remove: number; add: string }) => {
      const from = at % text.length;
      return text.slice(0, from) + add + text.slice(from + remove);
    };
    fc.assert(
      fc.property(items, results, damage, fc.constantFrom(80, 1000), (one, other, how, most) => {
        comparePages(damaged(page(one), how), 1_000_000, most);
        compareOutputs(damaged(output(other), how), 1_000_000, most);
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('have no tree: one element for each', () => {
    const markup = '<p:X_All xsi:type="p:X_All_Type"><p:P_uint32>5</p:P_uint32><p:A_string>a</p:A_string></p:X_All>';
    const { items: received } = receive(page(markup.repeat(3)), itemDecoding(context), 64);
    expect(received.map((item) => [item instanceof DecodedElement, item.children.length])).toEqual(
      Array(3).fill([true, 0]),
    );
  });

  it('are decoded by two readers at once', () => {
    const makers = itemDecoding(context);
    const readers = ['1', '2'].map((value) => {
      const read: XmlElement[] = [];
      const reader = new EnvelopeReader({ makers, onEnvelope: () => {}, onItem: (item) => read.push(item) });
      const text = page(`<p:X_All><p:P_uint32>${value}</p:P_uint32><p:P_string>of ${value}</p:P_string></p:X_All>`);
      return { reader, read, bytes: Buffer.from(text) };
    });
    const longest = Math.max(...readers.map(({ bytes }) => bytes.length));
    for (let at = 0; at < longest; at += 5)
      for (const { reader, bytes } of readers) reader.write(bytes.subarray(at, at + 5));
    const numbers = readers.map(({ read }) => read.map((item) => propertiesOf(readAs(item, item.name, context))));
    expect(numbers).toEqual(
      [1, 2].map((value) => [{ P_uint32: value, P_string: `of ${value}`, PSComputerName: 'x.contoso.com' }]),
    );
  });
});

describeWithFolder('CIMLET_RECORDED', 'Recorded pages, decoded as they come', (folder) => {
  it('are what their trees are read as', () => {
    let compared = 0;
    for (const { body, file } of readReplies(folder)) {
      const { items: trees } = receive(body, undefined, 1_000_000, 1_000_000);
      const declarations = trees.map((tree) => {
        const said = readXsiType(tree);
        return inferDeclaration(tree, said?.kind === 'class' ? said.className : tree.name, 'root/recorded');
      });
      const known = { namespace: 'root/recorded', classes: classLookup(declarations) };
      const { items: decoded } = receive(body, itemDecoding(known), 4096, 1_000_000);
      const read = (item: XmlElement) => attempt(() => dataOf(readAs(item, item.name, known)));
      expect([file, decoded.map(read)]).toEqual([file, trees.map(read)]);
      compared += decoded.filter((item) => item instanceof DecodedElement).length;
    }
    expect(compared).toBeGreaterThan(100);
  });
});
