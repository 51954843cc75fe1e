import { CimletError } from '../../base/errors.js';
import { detachedText } from '../../xml/text/detached-text.js';
import { textTooLong } from '../../xml/text/limits.js';
import type { NamespaceScope, XmlAttribute, XmlElement } from '../../xml/tree/element.js';
import type { ElementMaker } from '../../xml/tree/element-maker.js';
import { TreeBuilder } from '../../xml/tree/tree-builder.js';
import type { CimInstance } from '../instance/cim-instance.js';
import { parseCimResource } from '../instance/resource-uri.js';
import type { CimClassDeclaration } from '../value/class-declaration.js';
import { DecodedElement } from './decoded-element.js';
import type { ReadContext } from './read-context.js';
import { DeclaredValues } from './read-value.js';
import { readXsiType } from './xsi-type.js';

/** What says how instances are decoded. */
export interface InstanceDecoding {
  readonly context: ReadContext;
  /** False for a class whose instances are to stay trees. Default: none is. */
  readonly accepts?: ((declaration: CimClassDeclaration) => boolean) | undefined;
}

/**
 * Decodes instances of declared classes while they are read, without a tree of their properties. What comes of it is read by `readAs` and `readValue`
 * as a tree is, with the same values and the same errors.
 */
export class InstanceDecoders {
  readonly #decoding: InstanceDecoding;
  /** One at a time is in use, but where two replies are read at once. */
  #idle: InstanceDecoder | undefined;

  constructor(decoding: InstanceDecoding) {
    this.#decoding = decoding;
  }

  /** `fallbackClassName`: the class where `xsi:type` names none. Undefined where the class is not known yet. */
  decoderOf(start: XmlElement, maxTextLength: number, fallbackClassName: string | undefined): ElementMaker | undefined {
    const { context, accepts } = this.#decoding;
    const type = readXsiType(start);
    const named = type?.kind === 'class' ? type : undefined;
    const className = named?.className ?? fallbackClassName;
    const declaration = className === undefined ? undefined : context.classes?.(className);
    if (declaration === undefined || accepts?.(declaration) === false) return undefined;
    const resource = parseCimResource(named?.namespaceUri ?? start.namespace);
    const decoder = this.#idle ?? new InstanceDecoder(maxTextLength, (idle) => this.#take(idle));
    this.#idle = undefined;
    decoder.begin(start, new DeclaredValues(declaration, resource?.namespace ?? context.namespace, context));
    return decoder;
  }

  #take(idle: InstanceDecoder): void {
    this.#idle = idle;
  }
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
/** No element of a plain property is open. */
const NO_SLOT = -1;

class InstanceDecoder implements ElementMaker {
  readonly #maxTextLength: number;
  readonly #onIdle: (decoder: InstanceDecoder) => void;
  #root: XmlElement | undefined;
  #values: DeclaredValues | undefined;
  /** Takes the elements of properties that are no plain text. */
  readonly #builder: TreeBuilder;
  #isBuilding = false;
  /** The plain property whose element is open, or NO_SLOT, */
  #slot = NO_SLOT;
  /** and that element. */
  #namespace = '';
  #name = '';
  #attributes = NO_ATTRIBUTES;
  #scope: NamespaceScope | undefined;
  #text = '';
  #rootText = '';
  #hasChildren = false;
  /** The first value that could not be read; nothing is read after it. */
  #failure: CimletError | undefined;

  constructor(maxTextLength: number, onIdle: (decoder: InstanceDecoder) => void) {
    this.#maxTextLength = maxTextLength;
    this.#onIdle = onIdle;
    this.#builder = new TreeBuilder({ maxTextLength });
  }

  begin(root: XmlElement, values: DeclaredValues): void {
    this.#root = root;
    this.#values = values;
    this.#rootText = '';
    this.#hasChildren = false;
    this.#failure = undefined;
  }

  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void {
    if (this.#isBuilding) {
      this.#builder.start(namespace, name, attributes, scope);
      return;
    }
    this.#hasChildren = true;
    if (this.#slot === NO_SLOT) {
      const slot = this.#values?.plainSlot(name);
      if (slot !== undefined) {
        this.#slot = slot;
        this.#namespace = namespace;
        this.#name = name;
        this.#attributes = attributes;
        this.#scope = scope;
        this.#text = '';
        return;
      }
      this.#isBuilding = true;
    } else this.#buildOpen();
    this.#builder.start(namespace, name, attributes, scope);
  }

  text(value: string): void {
    if (this.#isBuilding) this.#builder.text(value);
    else if (this.#slot !== NO_SLOT) this.#text = this.#longer(this.#text, value);
    else this.#rootText = this.#longer(this.#rootText, value);
  }

  end(): XmlElement | undefined {
    if (!this.#isBuilding && this.#slot === NO_SLOT) return this.#finish();
    const element = this.#isBuilding ? this.#builder.end() : undefined;
    if (this.#isBuilding && element === undefined) return undefined;
    const slot = this.#slot;
    this.#isBuilding = false;
    this.#slot = NO_SLOT;
    if (this.#failure !== undefined) return undefined;
    try {
      if (element !== undefined) this.#values?.add(element);
      else this.#values?.addText(slot, this.#attributes, detachedText(this.#text));
    } catch (error) {
      this.#fail(error);
    }
    return undefined;
  }

  /** What should be a text has an element in it: it becomes a tree after all, for the error to show. */
  #buildOpen(): void {
    this.#slot = NO_SLOT;
    this.#isBuilding = true;
    this.#builder.start(this.#namespace, this.#name, this.#attributes, this.#scope);
    if (this.#text !== '') this.#builder.text(this.#text);
  }

  #longer(text: string, more: string): string {
    const longer = text === '' ? more : text + more;
    if (longer.length > this.#maxTextLength) throw textTooLong(this.#maxTextLength);
    return longer;
  }

  /** It is told of when the instance is asked for: what comes before it is good, and what follows may be no XML at all. */
  #fail(error: unknown): void {
    if (!(error instanceof CimletError)) throw error;
    this.#failure = error;
  }

  #finish(): XmlElement {
    const root = this.#root;
    let instance: CimInstance | undefined;
    try {
      if (this.#failure === undefined) instance = this.#values?.finish();
    } catch (error) {
      this.#fail(error);
    }
    const outcome = this.#failure ?? instance;
    if (root === undefined || outcome === undefined) throw new TypeError('An instance was ended that was not begun.');
    const text = detachedText(this.#rootText);
    this.#root = undefined;
    this.#values = undefined;
    this.#onIdle(this);
    return new DecodedElement(root, text, outcome, !this.#hasChildren && text.trim() !== '');
  }
}
