import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../../lib/xml/parse.js';
import { XmlReader, type XmlReaderOptions } from '../../lib/xml/reader.js';
import { LONGEST_TAG } from '../../lib/xml/tags/start-tag.js';
import { cpuTimeOf } from '../support/cpu-time.js';
import { thrownBy } from './thrown-by.js';

function read(pieces: Iterable<string>, options?: XmlReaderOptions): string[] {
  const told: string[] = [];
  const reader = new XmlReader(
    {
      start: (namespace, name, attributes) =>
        told.push(`<{${namespace}}${name}${attributes.map((one) => ` {${one.namespace}}${one.name}=${one.value}`)}>`),
      end: () => told.push('/'),
      text: (value) => told.push(value),
      documentEnd: () => told.push('.'),
    },
    options,
  );
  for (const piece of pieces) reader.write(piece);
  reader.close();
  return told;
}

function* oneByOne(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) yield text.charAt(at);
}

describe('XmlReader', () => {
  it('gives siblings that repeat a tag what it means where they are', () => {
    const tag = '<p:a xmlns:q="urn:q" q:x="1" p:y="2"/>';
    const told = read([`<r><one xmlns:p="urn:1">${tag}${tag}</one><two xmlns:p="urn:2">${tag}<p:a/>${tag}</two></r>`]);
    expect(told.filter((line) => line.includes('}a'))).toEqual([
      '<{urn:1}a {urn:q}x=1, {urn:1}y=2>',
      '<{urn:1}a {urn:q}x=1, {urn:1}y=2>',
      '<{urn:2}a {urn:q}x=1, {urn:2}y=2>',
      '<{urn:2}a>',
      '<{urn:2}a {urn:q}x=1, {urn:2}y=2>',
    ]);
  });

  it('forgets a declaration with its element', () => {
    expect(() => read(['<r><a xmlns:p="u"><p:b/></a><p:b/></r>'])).toThrow('the prefix "p" is not declared');
    expect(read(['<r xmlns="1"><a xmlns=""><b/></a><c/></r>'])[5]).toBe('<{1}c>');
  });

  it('holds to the limits of this reader for names that another one took', () => {
    const document = '<root><element-one/><element-two/><element-one/><element-two/></root>';
    expect(read([document]).length).toBe(11);
    expect(() => read([document], { limits: { maxNameLength: 10 } })).toThrow('the length of a name');
  });

  it('can be used within the event of another', () => {
    const inner: string[] = [];
    const reader = new XmlReader({
      start: (_namespace, name) => inner.push(parseXml(`<of-${name}>text</of-${name}>`).name),
      end: () => undefined,
      text: (value) => inner.push(value),
    });
    reader.write('<a>one<b>two</b>three</a>');
    reader.close();
    expect(inner).toEqual(['of-a', 'one', 'of-b', 'two', 'three']);
  });

  it('takes comments after the last of several documents', () => {
    expect(read(['<a/><!-- x -->\n<b/>', ' <!-- y --> '], { several: true })).toEqual([
      '<{}a>',
      '/',
      '.',
      '<{}b>',
      '/',
      '.',
    ]);
    expect(() => read(['<a/><?xml version="1.0"?>'], { several: true })).toThrow('no root element');
  });

  it('gives long text as it comes, not at its end', () => {
    const seen: number[] = [];
    const reader = new XmlReader({ start: () => 0, end: () => 0, text: (value) => seen.push(value.length) });
    reader.write('<a>');
    for (const piece of ['xxxx', 'yy', '<![CDATA[zzz', 'zz', ']]>']) reader.write(piece);
    expect(seen).toEqual([4, 2, 3, 2]);
  });

  it('does not count the tag of the root element as part of the prolog, however it is cut', () => {
    const text = `<!--${'c'.repeat(10_000)}--><a b="${'v'.repeat(30_000)}"/>`;
    for (const size of [1, 100, 5000, 12_000, 50_000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
        text.slice(n * size, n * size + size),
      );
      expect(read(pieces)).toHaveLength(3);
      expect(() => read(pieces, { limits: { maxPrologLength: 10_007 } })).toThrow('the part before the root element');
      expect(read(pieces, { limits: { maxPrologLength: 10_008 } })).toHaveLength(3);
    }
  });

  it.each([
    ['a tag', `<a b="${'>'.repeat(LONGEST_TAG)}"/>`],
    ['an end tag', `<a></a${' '.repeat(LONGEST_TAG)}>`],
  ])('refuses %s beyond all measure, in one piece as in many', (_what, text) => {
    const pieces = Array.from({ length: Math.ceil(text.length / 5000) }, (_, n) =>
      text.slice(n * 5000, n * 5000 + 5000),
    );
    for (const cut of [[text], pieces]) {
      expect(thrownBy(() => read(cut)).message).toContain('the length of a tag exceeds the limit');
    }
  });

  it.each([
    ['a tag with quoted ends of tags', (length: number) => `<a b="${'>'.repeat(length)}"/>`],
    [
      'a tag with many attributes',
      (length: number) => `<a ${Array.from({ length: length / 8 }, (_, n) => `a${n}=""`).join(' ')}/>`,
    ],
    ['text with brackets', (length: number) => `<a>${']'.repeat(length)}</a>`],
    ['text with references', (length: number) => `<a>${'&#x00000041;'.repeat(length / 12)}</a>`],
    ['text with line ends', (length: number) => `<a>${'\r'.repeat(length)}</a>`],
    ['a CDATA section', (length: number) => `<a><![CDATA[${']]&'.repeat(length / 3)}]]></a>`],
    ['a comment', (length: number) => `<a><!--${'- '.repeat(length / 2)}--></a>`],
    ['white space within tags', (length: number) => `<a${' '.repeat(length)}></a${' '.repeat(length)}>`],
    ['deep nesting', (length: number) => '<a>'.repeat(length / 7) + '</a>'.repeat(length / 7)],
    [
      'deep nesting with declarations',
      (length: number) =>
        Array.from({ length: length / 40 }, (_, n) => `<a xmlns:p${n}="u${n}">`).join('') + '</a>'.repeat(length / 40),
    ],
  ])('takes time in proportion to the length of %s, character by character', (_what, document) => {
    const limits = { maxDepth: 1e9, maxAttributes: 1e9 };
    const text = document(200_000);
    const milliseconds = cpuTimeOf(() => expect(read(oneByOne(text), { limits }).pop()).toBe('.'));
    // It takes a tenth of a second. To see everything again with each character would be 20 billion steps.
    expect(milliseconds).toBeLessThan(5000);
  });
});
