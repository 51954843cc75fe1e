import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../../lib/xml/parse.js';
import { XmlSplitter, type XmlSplitterOptions } from '../../lib/xml/splitter.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import { thrownBy } from './thrown-by.js';

const CONTAINERS = new Set(['Envelope', 'Body', 'PullResponse', 'Items']);

function split(pieces: Iterable<string | Uint8Array>, options: Partial<XmlSplitterOptions> = {}): string[] {
  const log: string[] = [];
  const splitter = new XmlSplitter({
    isContainer: (_namespace, name) => CONTAINERS.has(name),
    containerStart: (container, parent) => log.push(`+${container.name} in ${parent?.name}`),
    containerEnd: (container) => log.push(`-${container.name}`),
    element: (element, container) => log.push(`${element.name}=${element.text} in ${container?.name}`),
    documentEnd: () => log.push('.'),
    ...options,
  });
  for (const piece of pieces) splitter.write(piece);
  splitter.end();
  return log;
}

describe('XmlSplitter', () => {
  const reply =
    '<e:Envelope xmlns:e="urn:e"><e:Header><e:To>x</e:To></e:Header> <e:Body a="1"><PullResponse><Items><i>1</i>text<i>2</i></Items><EndOfSequence/></PullResponse></e:Body></e:Envelope>';
  const told = [
    '+Envelope in undefined',
    'Header= in Envelope',
    '+Body in Envelope',
    '+PullResponse in Body',
    '+Items in PullResponse',
    'i=1 in Items',
    'i=2 in Items',
    '-Items',
    'EndOfSequence= in PullResponse',
    '-PullResponse',
    '-Body',
    '-Envelope',
    '.',
  ];

  it('enters containers and hands over what is right below them', () => {
    expect(split([reply])).toEqual(told);
  });

  it('tells the same however the bytes are cut', () => {
    const bytes = Buffer.from(reply, 'utf16le');
    for (const size of [1, 2, 3, 7, 64]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, n * size + size),
      );
      expect(split(pieces)).toEqual(told);
    }
  });

  it('hands over a subtree as soon as its end tag is there', () => {
    const seen: string[] = [];
    const splitter = new XmlSplitter({
      isContainer: (_n, name) => name === 'Items',
      element: ({ text }) => seen.push(text),
    });
    splitter.write('<Items><i>1</i><i>2</');
    expect(seen).toEqual(['1']);
    splitter.write('i>');
    expect(seen).toEqual(['1', '2']);
  });

  it('does not take a container for one deeper inside a subtree', () => {
    expect(split(['<Body><x><Body><y/></Body></x></Body>'])).toEqual([
      '+Body in undefined',
      'x= in Body',
      '-Body',
      '.',
    ]);
  });

  it('gives a root that is not a container as a whole', () => {
    expect(split(['<r>1</r>'])).toEqual(['r=1 in undefined', '.']);
  });

  it('gives a container its attributes and scope', () => {
    const seen: (string | undefined)[] = [];
    split(['<Body a="1" xmlns:p="urn:p"><i/></Body>'], {
      containerStart: (container) => seen.push(container.attribute('a'), container.resolvePrefix('p')),
      element: (element) => seen.push(element.resolvePrefix('p')),
    });
    expect(seen).toEqual(['1', 'urn:p', 'urn:p']);
  });

  it('reads one document after another, however they are cut', () => {
    const one = '\uFEFF<?xml version="1.0"?>\r\n<Body><i>1</i></Body>\r\n';
    const two = '<Body><i>2</i></Body><?xml version="1.0"?><Body/> \n';
    const expected = [
      ...['+Body in undefined', 'i=1 in Body', '-Body', '.'],
      ...['+Body in undefined', 'i=2 in Body', '-Body', '.'],
    ];
    expected.push('+Body in undefined', '-Body', '.');
    const bytes = Buffer.from(one + two, 'utf8');
    for (let size = 1; size < 30; size++) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
        bytes.subarray(n * size, n * size + size),
      );
      expect(split(pieces, { several: true })).toEqual(expected);
    }
  });

  it('applies the limit of length to each document', () => {
    const document = `<Body><i>${'x'.repeat(50)}</i></Body>`;
    expect(
      split([document.repeat(20)], { several: true, limits: { maxLength: 100 } }).filter((line) => line === '.'),
    ).toHaveLength(20);
  });

  it.each([
    ['nothing', []],
    ['white space', [' ']],
    ['half a document', ['<Body><i>1</i>']],
    ['half a second document', ['<Body/>', '<Body>']],
    ['text between documents', ['<Body/>', 'x', '<Body/>']],
    ['bytes that end within a character', [Buffer.from('<Body/>'), Buffer.from([0xe2])]],
  ])('refuses %s', (_what, pieces) => {
    expect(thrownBy(() => split(pieces, { several: true })).code).toBe('ERR_XML');
  });

  it('refuses a second document unless several are expected', () => {
    expect(thrownBy(() => split(['<Body/><Body/>'])).code).toBe('ERR_XML');
  });

  it('passes on what a handler throws, and then refuses to go on', () => {
    const own = new Error('mine');
    const splitter = new XmlSplitter({
      isContainer: () => true,
      element: () => undefined,
      containerStart: () => {
        throw own;
      },
    });
    expect(() => splitter.write('<a/>')).toThrow(own);
    expect(() => splitter.end()).toThrow(own);
  });
});

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  const heapUsed = () => {
    gc();
    return process.memoryUsage().heapUsed;
  };

  it('of values that are kept does not grow with the replies that they came from', () => {
    const kept: XmlElement[] = [];
    const before = heapUsed();
    for (let n = 0; n < 30; n++) {
      const padding = `${n}`.repeat(1_000_000).slice(0, 1_000_000);
      const reply = `<longer-than-thirteen xmlns:p="http://example.com/${n}" p:attribute="a long attribute value ${n}"><keep>a long value to keep, number ${n}</keep><!--${padding}--></longer-than-thirteen>`;
      kept.push(parseXml(reply));
    }
    const grown = heapUsed() - before;
    expect(kept[29]?.child('keep')?.text).toBe('a long value to keep, number 29');
    expect(grown).toBeLessThan(8_000_000);
  });

  it('of a reply of 10,000 instances is that of one instance', () => {
    let most = 0;
    let instances = 0;
    const before = heapUsed();
    const splitter = new XmlSplitter({
      isContainer: (_namespace, name) => CONTAINERS.has(name),
      element: ({ children }) => {
        instances += children.length === 5 ? 1 : 0;
        if (instances % 2500 === 0) most = Math.max(most, heapUsed() - before);
      },
    });
    splitter.write('<Envelope><Body><Items>');
    const properties = Array.from(
      { length: 5 },
      (_, n) => `<Property${n}>a value of some length ${n}</Property${n}>`,
    ).join('');
    for (let n = 0; n < 10_000; n++) splitter.write(`<Instance>${properties}</Instance>`);
    splitter.write('</Items></Body></Envelope>');
    splitter.end();
    expect(instances).toBe(10_000);
    expect(most).toBeLessThan(2_000_000);
  });

  it('refuses more elements than may be held, attributes and declarations counted, and counts nothing that is handed on', () => {
    const limits = { maxElements: 12 };
    const page = (items: string) =>
      `<Envelope><Body><PullResponse><Items>${items}</Items></PullResponse></Body></Envelope>`;
    const refused = (items: string) => thrownBy(() => split([page(items)], { limits })).code;
    expect(split([page('<i/>'.repeat(8))], { limits })).toContain('.');
    expect(refused('<i/>'.repeat(9))).toBe('ERR_RESPONSE_TOO_LARGE');
    expect(refused('<i a="1"/>'.repeat(5))).toBe('ERR_RESPONSE_TOO_LARGE');
    expect(refused('<i xmlns="urn:a"/><i xmlns="urn:b"/>')).toBe('ERR_RESPONSE_TOO_LARGE');
    expect(refused('<i xmlns:a="1" xmlns:b="2" xmlns:c="3" xmlns:d="4" xmlns:e="5"/>')).toBe('ERR_RESPONSE_TOO_LARGE');
    const handsOn = (container: XmlElement | undefined) => container?.name === 'Items';
    expect(split([page('<i><j/></i>'.repeat(100))], { limits, handsOn })).toContain('.');
    expect(
      split([page('<i/>'.repeat(8)).repeat(3)], { limits, several: true }).filter((line) => line === '.'),
    ).toHaveLength(3);
  });
});
