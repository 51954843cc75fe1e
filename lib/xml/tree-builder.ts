import { detachedText } from './detached-text.js';
import { type NamespaceScope, type XmlAttribute, XmlElement } from './element.js';

interface Unfinished {
  namespace: string;
  name: string;
  attributes: readonly XmlAttribute[];
  scope: NamespaceScope | undefined;
  children: XmlElement[];
  text: string;
}

const NO_CHILDREN: XmlElement[] = [];

/** Makes one XmlElement of the events of one subtree. */
export class TreeBuilder {
  readonly #frames: Unfinished[] = [];
  #depth = 0;

  /** Elements started and not yet ended. */
  get depth(): number {
    return this.#depth;
  }

  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void {
    const frame = this.#frames[this.#depth++];
    if (frame === undefined) {
      this.#frames.push({ namespace, name, attributes, scope, children: NO_CHILDREN, text: '' });
      return;
    }
    frame.namespace = namespace;
    frame.name = name;
    frame.attributes = attributes;
    frame.scope = scope;
    frame.children = NO_CHILDREN;
    frame.text = '';
  }

  text(value: string): void {
    const frame = this.#frames[this.#depth - 1];
    if (frame !== undefined) frame.text = frame.text === '' ? value : frame.text + value;
  }

  /** Ends the innermost element; gives the finished subtree when it was the outermost. */
  end(): XmlElement | undefined {
    const frame = this.#frames[this.#depth - 1];
    if (frame === undefined) return undefined;
    const element = new XmlElement(
      frame.namespace,
      frame.name,
      frame.attributes,
      frame.children,
      detachedText(frame.text),
      frame.scope,
    );
    frame.text = '';
    frame.children = NO_CHILDREN;
    frame.scope = undefined;
    const parent = --this.#depth === 0 ? undefined : this.#frames[this.#depth - 1];
    if (parent === undefined) return element;
    if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
    return undefined;
  }
}
