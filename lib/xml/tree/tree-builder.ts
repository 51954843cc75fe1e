import { detachedText } from '../text/detached-text.js';
import { defaultXmlLimits, textTooLong, type XmlLimits } from '../text/limits.js';
import { type NamespaceScope, type XmlAttribute, XmlElement } from './element.js';

/** An element that is being made; nobody else has it yet. */
interface Unfinished extends XmlElement {
  children: XmlElement[];
  text: string;
}

const NO_CHILDREN: XmlElement[] = [];

/** Makes one XmlElement of the events of one subtree. */
export class TreeBuilder {
  readonly #open: Unfinished[] = [];
  readonly #maxTextLength: number;

  constructor({ maxTextLength = defaultXmlLimits.maxTextLength }: XmlLimits = {}) {
    this.#maxTextLength = maxTextLength;
  }

  /** Elements started and not yet ended. */
  get depth(): number {
    return this.#open.length;
  }

  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void {
    const open = this.#open;
    const parent = open[open.length - 1];
    const element = new XmlElement(namespace, name, attributes, NO_CHILDREN, '', scope) as Unfinished;
    open.push(element);
    if (parent === undefined) return;
    if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
  }

  text(value: string): void {
    const element = this.#open[this.#open.length - 1];
    if (element === undefined) return;
    element.text = element.text === '' ? value : element.text + value;
    if (element.text.length > this.#maxTextLength) throw textTooLong(this.#maxTextLength);
  }

  /** Ends the innermost element; gives the finished subtree when it was the outermost. */
  end(): XmlElement | undefined {
    const element = this.#open.pop();
    if (element === undefined) return undefined;
    element.text = detachedText(element.text);
    return this.#open.length === 0 ? element : undefined;
  }
}
