import type { NamespaceScope, XmlAttribute, XmlElement } from './element.js';

/** Makes one element of the events of its subtree, in a form of its own; it has been told of the start of the element itself. */
export interface ElementMaker {
  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void;
  /** It may be a view on the input, as in XmlEvents. */
  text(value: string): void;
  /** Ends the innermost element; gives the finished one when it was the outermost. */
  end(): XmlElement | undefined;
}

/**
 * Asked for the root of a subtree and for its children as each of them starts, with what is known by then, and with the limit on the length of
 * a text; undefined for a tree as all others are.
 */
export type ElementMakers = (
  start: XmlElement,
  parent: XmlElement | undefined,
  maxTextLength: number,
) => ElementMaker | undefined;
