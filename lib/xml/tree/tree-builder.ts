import { detachedText } from '../text/detached-text.js';
import { defaultXmlLimits, textTooLong, type XmlLimits } from '../text/limits.js';
import { type NamespaceScope, type XmlAttribute, XmlElement } from './element.js';
import type { ElementMaker, ElementMakers } from './element-maker.js';

/** An element that is being made; nobody else has it yet. */
interface Unfinished extends XmlElement {
  children: XmlElement[];
  text: string;
}

const NO_CHILDREN: XmlElement[] = [];
/** How deep makers are asked for: a subtree, and what stands right within it. */
const MAKERS_DEPTH = 2;

/** Makes one XmlElement of the events of one subtree. */
export class TreeBuilder implements ElementMaker {
  readonly #open: Unfinished[] = [];
  readonly #maxTextLength: number;
  readonly #makers: ElementMakers | undefined;
  /** Who makes the element that is being read, when that is no tree. */
  #maker: ElementMaker | undefined;

  constructor({ maxTextLength = defaultXmlLimits.maxTextLength }: XmlLimits = {}, makers?: ElementMakers) {
    this.#maxTextLength = maxTextLength;
    this.#makers = makers;
  }

  /** An element has started and not yet ended. */
  get isOpen(): boolean {
    return this.#maker !== undefined || this.#open.length > 0;
  }

  /** `container`: what the subtree stands in, for its root. */
  start(
    namespace: string,
    name: string,
    attributes: readonly XmlAttribute[],
    scope: NamespaceScope | undefined,
    container?: XmlElement,
  ): void {
    if (this.#maker !== undefined) {
      this.#maker.start(namespace, name, attributes, scope);
      return;
    }
    const open = this.#open;
    // Of an empty list `open[-1]` would be a property that is looked for by its name.
    const parent = open.length === 0 ? undefined : open[open.length - 1];
    const element = new XmlElement(namespace, name, attributes, NO_CHILDREN, '', scope) as Unfinished;
    if (this.#makers !== undefined && open.length < MAKERS_DEPTH) {
      this.#maker = this.#makers(element, parent ?? container, this.#maxTextLength);
      if (this.#maker !== undefined) return;
    }
    open.push(element);
    if (parent !== undefined) adopt(parent, element);
  }

  text(value: string): void {
    if (this.#maker !== undefined) {
      this.#maker.text(value);
      return;
    }
    const element = this.#open[this.#open.length - 1];
    if (element === undefined) return;
    element.text = element.text === '' ? value : element.text + value;
    if (element.text.length > this.#maxTextLength) throw textTooLong(this.#maxTextLength);
  }

  /** Ends the innermost element; gives the finished subtree when it was the outermost. */
  end(): XmlElement | undefined {
    if (this.#maker !== undefined) return this.#endMade(this.#maker);
    const element = this.#open.pop();
    if (element === undefined) return undefined;
    element.text = detachedText(element.text);
    return this.#open.length === 0 ? element : undefined;
  }

  #endMade(maker: ElementMaker): XmlElement | undefined {
    const element = maker.end();
    if (element === undefined) return undefined;
    this.#maker = undefined;
    const parent = this.#open.at(-1);
    if (parent === undefined) return element;
    adopt(parent, element);
    return undefined;
  }
}

function adopt(parent: Unfinished, child: XmlElement): void {
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else parent.children.push(child);
}
