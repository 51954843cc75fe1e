import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { parseXml } from '../../lib/xml/parse.js';
import { XmlSplitter } from '../../lib/xml/splitter.js';
import fc from '../fast-check.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { element, expectedTree, type Tree, treeOf, write } from './arbitrary-tree.js';
import { decodeXmlBytes } from './decode-bytes.js';

const RUNS = fuzzRuns(400);

const fragment = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '/>',
    '</',
    '<!',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a [',
    ']>',
  ),
  fc.constantFrom(
    '&',
    '&#',
    '&#x',
    ';',
    '&amp;',
    'xmlns',
    ':',
    '=',
    '"',
    "'",
    ' ',
    '\r',
    '\uD800',
    '\uDC00',
    '\0',
    '\uFEFF',
  ),
  fc.constantFrom('<a>', '</a>', '<p:a xmlns:p="u">', '</p:a>', '<__proto__ constructor="">', 'text'),
  fc.string({ maxLength: 4 }),
);

const mutated = fc
  .tuple(element, fc.array(fc.tuple(fc.nat(), fc.nat(8), fragment), { maxLength: 3 }))
  .map(([root, edits]) => {
    let text = write(root);
    for (const [at, removed, added] of edits) {
      const position = at % (text.length + 1);
      text = text.slice(0, position) + added + text.slice(position + removed);
    }
    return text;
  });

/** What the reader makes of a document: its content, or its refusal. */
function outcome(read: () => Tree): Tree | 'refused' {
  try {
    return read();
  } catch (error) {
    if (error instanceof CimletError && error.code === 'ERR_XML') return 'refused';
    throw error;
  }
}

function readInPieces<T extends string | Uint8Array>(pieces: readonly T[]): Tree {
  const roots: Tree[] = [];
  const splitter = new XmlSplitter({ isContainer: () => false, element: (root) => roots.push(treeOf(root)) });
  for (const piece of pieces) splitter.write(piece);
  splitter.end();
  const [root] = roots;
  if (root === undefined || roots.length !== 1) throw new Error('not one root');
  return root;
}

const isContainer = (_namespace: string, name: string) => name === 'a' || name === 'Property';

/** What a splitter that enters containers says of several documents, and whether it refuses them. */
function split<T extends string | Uint8Array>(pieces: readonly T[]): { log: unknown[]; refused: boolean } {
  const log: unknown[] = [];
  const splitter = new XmlSplitter({
    several: true,
    isContainer,
    containerStart: (container, parent) => log.push(['start', treeOf(container), parent?.name]),
    containerEnd: (container) => log.push(['end', container.name]),
    element: (found, container) => log.push([treeOf(found), container?.name]),
    documentEnd: () => log.push('document'),
  });
  try {
    for (const piece of pieces) splitter.write(piece);
    splitter.end();
    return { log, refused: false };
  } catch (error) {
    if (error instanceof CimletError && error.code === 'ERR_XML') return { log, refused: true };
    throw error;
  }
}

/** The same, told from the tree of one document. */
function splitTree(tree: Tree, container?: string): unknown[] {
  if (!isContainer('', tree.name)) return [[tree, container]];
  const { name } = tree;
  return [
    ['start', { ...tree, text: '', children: [] }, container],
    ...tree.children.flatMap((child) => splitTree(child, name)),
    ['end', name],
  ];
}

describe('the splitter of envelopes under fuzzing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

  it('hands over the parts of several documents, however their bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 3 }), sizes, (roots, pieces) => {
        const bytes = Buffer.from(roots.map(write).join('\n'), 'utf8');
        const expected = roots.flatMap((root) => [...splitTree(expectedTree(root)), 'document']);
        expect(split(cut(bytes, pieces))).toEqual({ log: expected, refused: false });
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('says the same of damaged documents in pieces as at once, and refuses the same', () => {
    fc.assert(
      fc.property(fc.array(mutated, { minLength: 1, maxLength: 3 }), sizes, (texts, pieces) => {
        const text = texts.join('');
        const bytes = Buffer.from(text, 'utf8');
        const whole = split([bytes]);
        expect(split(cut(bytes, pieces))).toEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the XML reader under fuzzing', () => {
  it('gives back what the writer wrote, however text and bytes are cut', () => {
    fc.assert(
      fc.property(element, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (root, sizes) => {
        const xml = write(root);
        const expected = expectedTree(root);
        expect(readInPieces(cut(xml, sizes))).toEqual(expected);
        expect(readInPieces(cut(Buffer.from(xml, 'utf8'), sizes))).toEqual(expected);
        expect(readInPieces(cut(Buffer.from(xml, 'utf16le'), sizes))).toEqual(expected);
        expect(readInPieces(cut(Buffer.from(xml, 'utf16le').swap16(), sizes))).toEqual(expected);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('reads or refuses damaged documents, in one piece as in many, and throws nothing else', () => {
    fc.assert(
      fc.property(mutated, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), (text, sizes) => {
        expect(outcome(() => readInPieces(cut(text, sizes)))).toEqual(outcome(() => treeOf(parseXml(text))));
      }),
      { numRuns: RUNS },
    );
  });

  it('reads or refuses fragments in any order, and throws nothing else', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        expect(outcome(() => readInPieces(cut(text, [1])))).toEqual(outcome(() => treeOf(parseXml(text))));
      }),
      { numRuns: RUNS },
    );
  });

  it('reads or refuses bytes at random, and throws nothing else', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.constantFrom('', ';charset=utf-8', ';charset=UTF-16'),
        (bytes, charset) => {
          const whole = outcome(() => treeOf(parseXml(decodeXmlBytes(bytes, `application/soap+xml${charset}`))));
          expect(whole === 'refused' || whole.name.length > 0).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

function cut<T extends string | Uint8Array>(whole: T, sizes: readonly number[]): T[] {
  const pieces: T[] = [];
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push((typeof whole === 'string' ? whole.slice(at, at + size) : whole.subarray(at, at + size)) as T);
    at += size;
  }
  return pieces;
}
