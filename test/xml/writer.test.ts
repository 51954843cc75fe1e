import { describe, expect, it } from '@jest/globals';
import { DOMParser, type Element, type Node } from '@xmldom/xmldom';
import { parseStringPromise } from 'xml2js';
import { parseXml } from '../../lib/xml/parse.js';
import { XmlWriter } from '../../lib/xml/writer.js';
import fc from '../fast-check.js';
import { element, expectedTree, type Tree, treeOf, write } from './arbitrary-tree.js';
import { thrownBy } from './thrown-by.js';

describe('XmlWriter', () => {
  it('escapes what must be escaped', () => {
    const xml = new XmlWriter().open('a', { x: '<&>"\r\n\t', y: undefined }).text('<&>]]>"\r\n').close().toString();
    expect(xml).toBe('<a x="&lt;&amp;&gt;&quot;&#xD;&#xA;&#x9;">&lt;&amp;&gt;]]&gt;"&#xD;\n</a>');
  });

  it('writes empty elements, elements with text, and markup of another writer', () => {
    const inner = new XmlWriter().element('b', '').element('c').toString();
    expect(new XmlWriter().open('a').raw(inner).close().toString()).toBe('<a><b></b><c/></a>');
  });

  it.each(['\0', '\u0001', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', 'x\uDC00', '\uDC00\uD800', '😀\uD83D'])(
    'refuses the character in %j and does not repeat the value',
    (bad) => {
      const value = `sEcReT${bad}`;
      const attempts = [
        () => new XmlWriter().element('p:SharedSecret', value),
        () => new XmlWriter().open('p:SharedSecret').text(value),
        () => new XmlWriter().element('w:Selector', '', { Name: value }),
      ];
      for (const attempt of attempts) {
        const error = thrownBy(attempt);
        expect(error.code).toBe('ERR_INVALID_ARGUMENT');
        expect(error.message).toMatch(/^(SharedSecret|Selector\/@Name): the character U\+[0-9A-F]{4} at position \d+ /);
        expect(error.message).not.toContain('sEcReT');
      }
    },
  );

  it.each(['\t', '\n', '\r', '\u0020', '\u0085', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{10FFFF}'])(
    'writes %j, which XML allows',
    (good) => {
      expect(parseXml(new XmlWriter().element('a', `x${good}y`, { b: good }).toString()).text).toBe(`x${good}y`);
    },
  );

  it.each(['', 'a b', 'a><b', '1a', 'a:', ':a', 'a:b:c', 'x="1"', '-a', 'a\u00D7'])('refuses the name %j', (name) => {
    expect(thrownBy(() => new XmlWriter().element(name)).code).toBe('ERR_INVALID_ARGUMENT');
    expect(thrownBy(() => new XmlWriter().element('a', '', { [name]: '' })).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('does not give half a document', () => {
    expect(() => new XmlWriter().open('a').toString()).toThrow('<a> not closed');
    expect(() => new XmlWriter().close()).toThrow('close without open');
  });

  it('is read to the same content by our reader, by xmldom and by xml2js', async () => {
    await fc.assert(
      fc.asyncProperty(element, async (root) => {
        const xml = write(root);
        const expected = expectedTree(root);
        expect(treeOf(parseXml(xml))).toEqual(expected);
        expect(await readWithXml2js(xml)).toEqual(expected);
        expect(readWithXmldom(xml)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

function readWithXmldom(xml: string): Tree {
  const onError = (_level: string, message: string) => {
    throw new Error(message);
  };
  const root = new DOMParser({ onError }).parseFromString(xml, 'text/xml').documentElement;
  if (root === null) throw new Error('xmldom found no root');
  return domTree(root);
}

function domTree(node: Element): Tree {
  const attributes: Record<string, string> = {};
  for (const attribute of Array.from(node.attributes)) {
    if (!attribute.name.startsWith('xmlns:')) attributes[attribute.name] = attribute.value;
  }
  const children = Array.from(node.childNodes) as Node[];
  return {
    namespace: node.namespaceURI ?? '',
    name: node.localName ?? '',
    attributes,
    text: children.map((child) => (child.nodeType === child.TEXT_NODE ? (child.nodeValue ?? '') : '')).join(''),
    children: children.filter((child): child is Element => child.nodeType === child.ELEMENT_NODE).map(domTree),
  };
}

interface Xml2jsNode {
  readonly $?: Readonly<Record<string, { readonly name: string; readonly value: string }>>;
  readonly $ns?: { readonly uri: string; readonly local: string };
  readonly $$?: readonly Xml2jsNode[];
  readonly '#name': string;
  readonly _?: string;
}

async function readWithXml2js(xml: string): Promise<Tree> {
  const root: Xml2jsNode = await parseStringPromise(xml, {
    xmlns: true,
    explicitRoot: false,
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: true,
  });
  return xml2jsTree(root);
}

function xml2jsTree(node: Xml2jsNode): Tree {
  const attributes: Record<string, string> = {};
  for (const { name, value } of Object.values(node.$ ?? {})) if (!name.startsWith('xmlns:')) attributes[name] = value;
  const parts = node.$$ ?? [];
  return {
    namespace: node.$ns?.uri ?? '',
    name: node.$ns?.local ?? '',
    attributes,
    text: parts.map((part) => (part['#name'] === '__text__' ? (part._ ?? '') : '')).join(''),
    children: parts.filter((part) => part['#name'] !== '__text__').map(xml2jsTree),
  };
}
