import type { Element } from '@xmldom/xmldom';

const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Builds the tree below one DOM element, whose names and attributes are written with the prefixes of a document. */
export class ElementBuilder {
  readonly #element: Element;
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(element: Element, prefixes: ReadonlyMap<string, string>) {
    this.#element = element;
    this.#prefixes = prefixes;
  }

  /** Declares all prefixes here. */
  declare(): this {
    for (const [prefix, uri] of this.#prefixes) this.#element.setAttributeNS(XMLNS, `xmlns:${prefix}`, uri);
    return this;
  }

  /** An undefined value is left out. */
  set(attributes: Readonly<Record<string, string | undefined>>): this {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined) continue;
      if (name.includes(':')) this.#element.setAttributeNS(this.#namespace(name), name, value);
      else this.#element.setAttribute(name, value);
    }
    return this;
  }

  /** A new last child. */
  add(name: string, attributes: Readonly<Record<string, string | undefined>> = {}): ElementBuilder {
    const child = this.#document.createElementNS(this.#namespace(name), name);
    this.#element.appendChild(child);
    return new ElementBuilder(child, this.#prefixes).set(attributes);
  }

  text(value: string): this {
    this.#element.appendChild(this.#document.createTextNode(value));
    return this;
  }

  /** Puts each element below on a line of its own. */
  indent(): void {
    indentBelow(this.#element, 0);
  }

  get #document() {
    const { ownerDocument } = this.#element;
    if (ownerDocument === null) throw new Error('An element of no document.');
    return ownerDocument;
  }

  #namespace(name: string): string {
    const uri = this.#prefixes.get(name.slice(0, name.indexOf(':')));
    if (uri === undefined) throw new Error(`The prefix of ${name} is not declared.`);
    return uri;
  }
}

function indentBelow(element: Element, depth: number): void {
  const children = Array.from(element.childNodes).filter(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE,
  );
  const { ownerDocument } = element;
  if (children.length === 0 || ownerDocument === null) return;
  for (const child of children) {
    indentBelow(child, depth + 1);
    element.insertBefore(ownerDocument.createTextNode(`\n${'  '.repeat(depth + 1)}`), child);
  }
  element.appendChild(ownerDocument.createTextNode(`\n${'  '.repeat(depth)}`));
}
