import type { FileHandle } from 'node:fs/promises';
import { CimletError, describeValue } from '../../base/errors.js';
import { XmlReader } from '../../xml/reader.js';
import { XmlByteDecoder } from '../../xml/text/byte-decoder.js';
import { detachedText } from '../../xml/text/detached-text.js';
import { FILE_DOCUMENT, FILE_NAMESPACE, FILE_ROOT, type FileElement, type GroupElement } from './file-elements.js';
import { notAnExport } from './file-error.js';
import { type FileRecord, type FileScalar, LEAF_WORDS, readLeaf } from './file-values.js';

/** A part of the file: a group that is too large to be held begins or ends, or has one more child. */
export type FilePart =
  | { readonly kind: 'open' | 'close'; readonly name: string }
  | { readonly kind: 'value'; readonly name: string; readonly value: FileScalar | FileRecord };

const CHUNK_BYTES = 65_536;
/** Of one text. The longest that a server has are descriptions, and lists have an element for each item. */
const LONGEST_TEXT = 65_536;
/** 4 GiB: more than ten million leases. */
const LONGEST_FILE = 2 ** 32;

/** An element that is open. */
interface OpenElement {
  readonly element: FileElement;
  readonly name: string;
  /** With the number among those of its name, from 1. */
  readonly label: string;
  readonly counts: Map<string, number>;
  readonly record: Record<string, FileRecord[string]>;
  text: string;
  /** Of a streamed group: the place of its last child in the order. */
  reached: number;
}

/** Takes the events of the XML reader as elements of the file. What is held is one child of a streamed group at a time. */
class FileParts {
  readonly #file: string;
  readonly #letGo: () => void;
  readonly #open: OpenElement[] = [];
  parts: FilePart[] = [];

  constructor(file: string, letGo: () => void) {
    this.#file = file;
    this.#letGo = letGo;
  }

  start(namespace: string, name: string): void {
    const parent = this.#open[this.#open.length - 1];
    const element = parent === undefined ? this.#root(namespace, name) : this.#child(parent, namespace, name);
    const count = (parent?.counts.get(name) ?? 0) + 1;
    parent?.counts.set(name, count);
    const label = element.occurs === 'many' ? `${name}[${count}]` : name;
    this.#open.push({ element, name, label, counts: new Map(), record: Object.create(null), text: '', reached: -1 });
    if ('streamed' in element && element.streamed) this.parts.push({ kind: 'open', name });
  }

  text(value: string): void {
    const open = this.#open[this.#open.length - 1];
    if (open === undefined) return;
    if ('children' in open.element) {
      if (value.trim() !== '') throw this.#refused('has text, and is to have elements.');
      return;
    }
    if (open.text.length + value.length > LONGEST_TEXT)
      throw this.#refused(`has more than ${LONGEST_TEXT} characters.`);
    open.text += value;
  }

  end(): void {
    const open = this.#open[this.#open.length - 1];
    if (open === undefined) return;
    const value = 'children' in open.element ? this.#group(open, open.element) : this.#leaf(open, open.element.leaf);
    this.#open.pop();
    const parent = this.#open[this.#open.length - 1];
    if ('streamed' in open.element && open.element.streamed) {
      this.parts.push({ kind: 'close', name: open.name });
      return;
    }
    if (parent !== undefined && 'streamed' in parent.element && parent.element.streamed) {
      this.parts.push({ kind: 'value', name: open.name, value });
      this.#letGo();
    } else if (parent !== undefined) add(parent.record, open, value);
  }

  #root(namespace: string, name: string): FileElement {
    if (name === FILE_ROOT && namespace === FILE_NAMESPACE) return FILE_DOCUMENT;
    throw notAnExport(this.#file, `its root is <${name}>, and not <${FILE_ROOT} xmlns="${FILE_NAMESPACE}">.`);
  }

  #child(parent: OpenElement, namespace: string, name: string): FileElement {
    const { element } = parent;
    const children = 'children' in element ? element.children : undefined;
    const child = children?.get(name);
    if (children === undefined || child === undefined || (namespace !== '' && namespace !== FILE_NAMESPACE)) {
      throw this.#refused(`has an element <${name}>, which it is not to have.`);
    }
    if (child.occurs !== 'many' && parent.counts.has(name)) throw this.#refused(`has more than one <${name}>.`);
    if ('streamed' in element && element.streamed) {
      const place = [...children.keys()].indexOf(name);
      if (place < parent.reached) throw this.#refused(`has <${name}> in the wrong place.`);
      parent.reached = place;
    }
    return child;
  }

  #group(open: OpenElement, element: GroupElement): FileRecord {
    for (const [name, { occurs }] of element.children) {
      if (occurs === 'once' && !open.counts.has(name)) throw this.#refused(`has no <${name}>.`);
    }
    return open.record;
  }

  #leaf({ text }: OpenElement, type: keyof typeof LEAF_WORDS): FileScalar {
    const value = readLeaf(type, detachedText(text));
    if (value === undefined) throw this.#refused(`${describeValue(text)} is not ${LEAF_WORDS[type]}.`);
    return value;
  }

  #refused(problem: string): CimletError {
    return notAnExport(this.#file, `${this.#open.map(({ label }) => label).join('/')}: ${problem}`);
  }
}

function add(
  record: Record<string, FileRecord[string]>,
  { name, element }: OpenElement,
  value: FileScalar | FileRecord,
): void {
  if (element.occurs !== 'many') {
    record[name] = value;
    return;
  }
  const before = record[name];
  if (Array.isArray(before)) before.push(value);
  else record[name] = [value] as readonly FileScalar[] | readonly FileRecord[];
}

/**
 * The parts of an export in the order of the file, each checked against what the file may hold. The file is read piece by piece, from its
 * beginning; of its text no more is held than a child of a streamed group.
 * @throws OperationError `ERR_XML` at the first thing that is not right.
 */
export async function* readFileParts(handle: FileHandle, file: string): AsyncGenerator<readonly FilePart[]> {
  const parts = new FileParts(file, () => reader.letGo());
  const limits = { maxDepth: 16, maxLength: LONGEST_FILE, maxAttributes: 16 };
  const reader = new XmlReader(parts, { limits });
  const decoder = new XmlByteDecoder();
  const { size } = await handle.stat();
  if (size > LONGEST_FILE) throw notAnExport(file, `it has ${size} bytes, and at most ${LONGEST_FILE} are read.`);
  const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, 0, CHUNK_BYTES, position);
    position += bytesRead;
    try {
      reader.write(bytesRead === 0 ? decoder.end() : decoder.write(bytes.subarray(0, bytesRead)));
      if (bytesRead === 0) reader.close();
    } catch (error) {
      throw error instanceof CimletError && !('errorId' in error) ? notAnExport(file, error.message, error) : error;
    }
    if (parts.parts.length > 0) {
      yield parts.parts;
      parts.parts = [];
    }
    if (bytesRead === 0) return;
  }
}
