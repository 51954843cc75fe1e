import type { XmlElement } from '../../lib/xml/tree/element.js';
import { XmlWriter } from '../../lib/xml/writer.js';
import fc from '../fast-check.js';

/** Content of an element with neighbouring texts merged, in the form that every reader's result is turned into. */
export interface Tree {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Tree[];
}

export interface GeneratedElement {
  readonly prefix: string;
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly content: readonly (string | GeneratedElement)[];
}

const NAMESPACES: Readonly<Record<string, string>> = { p: 'urn:p', q: 'http://example.com/q?a=1&b=2', r: 'urn:ü' };

const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Any text that XML can carry, with a liking for what needs care. */
export const xmlText = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.replace(FORBIDDEN, '')),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        ']]>',
        '"',
        "'",
        '\r',
        '\n',
        '\r\n',
        '\t',
        ' ',
        'x',
        'ä',
        '😀',
        '\u0085',
        '\u2028',
      ),
    )
    .map((parts) => parts.join('')),
);

const name = fc.constantFrom('a', 'Property', 'b-1', '_x.y', 'Größe', 'long'.repeat(10));

export const element: fc.Arbitrary<GeneratedElement> = fc.letrec<{ element: GeneratedElement }>((tie) => ({
  element: fc.record({
    prefix: fc.constantFrom('', 'p', 'q', 'r'),
    name,
    attributes: fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'p:x', 'q:x', 'xml:lang'), xmlText), {
      selector: ([key]) => key,
      maxLength: 4,
    }),
    content: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, xmlText, tie('element')), {
      maxLength: 4,
    }),
  }),
})).element;

export function write(root: GeneratedElement): string {
  const xml = new XmlWriter();
  const visit = (node: GeneratedElement, declarations: Readonly<Record<string, string>>) => {
    xml.open(qualified(node), { ...declarations, ...Object.fromEntries(node.attributes) });
    for (const part of node.content) {
      if (typeof part === 'string') xml.text(part);
      else visit(part, {});
    }
    xml.close();
  };
  visit(root, Object.fromEntries(Object.entries(NAMESPACES).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])));
  return xml.toString();
}

function qualified({ prefix, name: local }: GeneratedElement): string {
  return prefix === '' ? local : `${prefix}:${local}`;
}

export function expectedTree(node: GeneratedElement): Tree {
  return {
    namespace: NAMESPACES[node.prefix] ?? '',
    name: node.name,
    attributes: Object.fromEntries(node.attributes),
    text: node.content.filter((part) => typeof part === 'string').join(''),
    children: node.content.filter((part) => typeof part !== 'string').map(expectedTree),
  };
}

const PREFIX_OF: Readonly<Record<string, string>> = {
  '': '',
  [NAMESPACES['p'] ?? '']: 'p:',
  [NAMESPACES['q'] ?? '']: 'q:',
  'http://www.w3.org/XML/1998/namespace': 'xml:',
};

export function treeOf(node: XmlElement): Tree {
  return {
    namespace: node.namespace,
    name: node.name,
    attributes: Object.fromEntries(node.attributes.map((one) => [`${PREFIX_OF[one.namespace]}${one.name}`, one.value])),
    text: node.text,
    children: node.children.map(treeOf),
  };
}
