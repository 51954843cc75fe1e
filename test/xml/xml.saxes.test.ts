import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { parseXml } from '../../lib/xml/parse.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';
import fc from '../fast-check.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { damaged, fragment, markup } from './arbitrary-markup.js';
import type { Tree } from './arbitrary-tree.js';
import { canBeJudged, readWithSaxes } from './saxes-reader.js';

const RUNS = fuzzRuns(1500);

function treeOf({ namespace, name, attributes, text, children }: XmlElement): Tree {
  const named = attributes.map((one) => [`{${one.namespace}}${one.name}`, one.value]);
  // saxes takes the white space around a namespace away, which is part of it.
  return {
    namespace: namespace.trim(),
    name,
    attributes: Object.fromEntries(named),
    text,
    children: children.map(treeOf),
  };
}

function readOurselves(xml: string): Tree | 'not read' {
  try {
    return treeOf(parseXml(xml));
  } catch (error) {
    if (error instanceof CimletError && error.code === 'ERR_XML') return 'not read';
    throw error;
  }
}

function agree(xml: string): void {
  if (!canBeJudged(xml)) return;
  const judged = readWithSaxes(xml);
  expect(readOurselves(xml)).toEqual(typeof judged === 'string' ? 'not read' : judged);
}

describe('the XML reader against saxes', () => {
  it('reads the same content from documents, however they are written', () => {
    fc.assert(fc.property(markup, agree), { numRuns: RUNS });
  });

  it('reads and refuses the same damaged documents', () => {
    fc.assert(fc.property(damaged(markup), agree), { numRuns: RUNS });
  });

  it('reads and refuses the same fragments in any order', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 12 }), (parts) => {
        agree(parts.join(''));
        agree(`<a>${parts.join('')}</a>`);
        agree(`<a ${parts.join('')}></a>`);
      }),
      { numRuns: RUNS },
    );
  });
});
