import { SaxesParser } from 'saxes';
import type { Tree } from './arbitrary-tree.js';

// NameChar without NameStartChar (XML 1.0, 2.3).
const NO_NAME_START = /^(?:[-.0-9\u203F\u2040]|\u00B7|[\u0300-\u036F])/;

interface Open {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Tree[];
  text: string;
}

const DECLARATION = /xmlns(?::[^\s=]+)?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Whether saxes can be asked: it takes the white space around a namespace away, which Namespaces in XML does not, so that
 * it binds other namespaces there, and refuses the empty one.
 */
export function canBeJudged(xml: string): boolean {
  return [...xml.matchAll(DECLARATION)].every(([, double, single]) => {
    const namespace = double ?? single ?? '';
    return namespace === namespace.trim() && !namespace.includes('&#');
  });
}

/**
 * What a document comes to for saxes. `refused`: it is well-formed, and has a document type declaration or a processing
 * instruction. Where saxes is wrong, this knows better: an unpaired surrogate is not a character (XML 1.0, 2.2); saxes takes
 * the character after a high one for its other half. A local part is a name (Namespaces in XML, section 4), so that it
 * does not start with a digit or hyphen; saxes looks at the prefix alone.
 */
export function readWithSaxes(xml: string & { isWellFormed?(): boolean }): Tree | 'malformed' | 'refused' {
  if (xml.isWellFormed?.() === false) return 'malformed';
  const open: Open[] = [];
  let root: Tree | undefined;
  let hasRefused = false;
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    hasRefused = true;
  });
  parser.on('processinginstruction', () => {
    hasRefused = true;
  });
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const { name, uri, local, value, prefix } of Object.values(tag.attributes)) {
      if (name !== 'xmlns' && prefix !== 'xmlns') attributes[`{${uri}}${local}`] = value;
    }
    for (const { local } of [tag, ...Object.values(tag.attributes)])
      if (NO_NAME_START.test(local)) throw new Error(local);
    open.push({ namespace: tag.uri, name: tag.local, attributes, children: [], text: '' });
  });
  const onText = (text: string) => {
    const element = open[open.length - 1];
    if (element !== undefined) element.text += text;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    const parent = open[open.length - 1];
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  try {
    parser.write(xml).close();
  } catch {
    return 'malformed';
  }
  if (hasRefused) return 'refused';
  return root ?? 'malformed';
}
