import { type XmlEvents, XmlReader } from './reader.js';
import { XmlByteDecoder } from './text/byte-decoder.js';
import { BLOCK_LENGTH } from './text/input.js';
import type { XmlLimits } from './text/limits.js';
import { type NamespaceScope, type XmlAttribute, XmlElement } from './tree/element.js';
import type { ElementMakers } from './tree/element-maker.js';
import { TreeBuilder } from './tree/tree-builder.js';

export interface XmlSplitterHandlers {
  /** A finished subtree right below the container; or the root itself, without a container, when the root is not one. */
  element(element: XmlElement, container: XmlElement | undefined): void;
  /** True when the subtrees of a container are handed on one by one and not held, so that they do not count as such. */
  handsOn?(container: XmlElement | undefined): boolean;
  /** A container began. It has its attributes and scope, and neither text nor children, then or later. */
  containerStart?(container: XmlElement, parent: XmlElement | undefined): void;
  containerEnd?(container: XmlElement): void;
  /** The document's root ended. */
  documentEnd?(): void;
}

export interface XmlSplitterOptions extends XmlSplitterHandlers {
  /**
   * Is this element a container, to be entered instead of being collected? Asked for the root and for the children of
   * containers only, so that the same name deeper inside a subtree means nothing.
   */
  isContainer(namespace: string, name: string, parent: XmlElement | undefined): boolean;
  /** Media type of the bytes, for its charset; without meaning for text. */
  readonly contentType?: string | undefined;
  readonly limits?: XmlLimits | undefined;
  /** Who makes elements of subtrees in another form than trees. */
  readonly makers?: ElementMakers | undefined;
  /** The input may be several documents, one after another. */
  readonly several?: boolean;
}

const NO_CHILDREN: readonly XmlElement[] = [];

/** Takes the reader's events apart into containers and subtrees. */
class Splitting implements XmlEvents {
  readonly #options: XmlSplitterOptions;
  readonly #letGo: () => void;
  readonly #builder: TreeBuilder;
  readonly #containers: XmlElement[] = [];

  constructor(options: XmlSplitterOptions, letGo: () => void) {
    this.#options = options;
    this.#builder = new TreeBuilder(options.limits, options.makers);
    this.#letGo = letGo;
  }

  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void {
    const builder = this.#builder;
    if (builder.isOpen) {
      builder.start(namespace, name, attributes, scope);
      return;
    }
    const parent = this.#containers.at(-1);
    if (!this.#options.isContainer(namespace, name, parent)) {
      builder.start(namespace, name, attributes, scope, parent);
      return;
    }
    const container = new XmlElement(namespace, name, attributes, NO_CHILDREN, '', scope);
    this.#containers.push(container);
    this.#options.containerStart?.(container, parent);
  }

  end(): void {
    const containers = this.#containers;
    if (this.#builder.isOpen) {
      const element = this.#builder.end();
      if (element === undefined) return;
      const container = containers[containers.length - 1];
      this.#options.element(element, container);
      if (this.#options.handsOn?.(container) === true) this.#letGo();
      return;
    }
    const container = containers.pop();
    if (container !== undefined) this.#options.containerEnd?.(container);
  }

  text(value: string): void {
    this.#builder.text(value);
  }

  documentEnd(): void {
    this.#options.documentEnd?.();
  }
}

/**
 * A push parser that enters containers (an envelope, its body, a list of items) and hands over each finished subtree
 * below them, so that a long reply is never one tree: what it holds is one subtree at a time.
 * Feed it bytes or text in pieces of any size, then call `end()`. Malformed and refused XML is `ERR_XML`.
 */
export class XmlSplitter {
  readonly #reader: XmlReader;
  readonly #decoder: XmlByteDecoder;
  #sawBytes = false;

  constructor(options: XmlSplitterOptions) {
    this.#decoder = new XmlByteDecoder(options.contentType);
    this.#reader = new XmlReader(new Splitting(options, () => this.#reader.letGo()), options);
  }

  write(piece: Uint8Array | string): void {
    if (typeof piece === 'string') {
      this.#reader.write(piece);
      return;
    }
    this.#sawBytes = true;
    // Decoded piece by piece, since the memory of a long string costs more than its decoding.
    for (let at = 0; at < piece.length; at += BLOCK_LENGTH) {
      this.#reader.write(this.#decoder.write(piece.subarray(at, at + BLOCK_LENGTH)));
    }
  }

  /** The input is over; `ERR_XML` when a document is not finished or there was none. */
  end(): void {
    const rest = this.#sawBytes ? this.#decoder.end() : '';
    if (rest !== '') this.#reader.write(rest);
    this.#reader.close();
  }
}
