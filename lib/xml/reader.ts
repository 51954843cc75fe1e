import { type DeclaredScope, NamespaceBindings } from './tags/namespace-bindings.js';
import type { QualifiedName } from './tags/qualified-name.js';
import { LONGEST_TAG, StartTag } from './tags/start-tag.js';
import { TagEnd } from './tags/tag-end.js';
import { CharacterData } from './text/character-data.js';
import {
  BYTE_ORDER_MARK,
  EXCLAMATION,
  GREATER,
  isOf,
  LESS,
  NAME,
  passOver,
  QUESTION,
  SLASH,
  WHITE_SPACE,
} from './text/code-units.js';
import { BLOCK_LENGTH, Input } from './text/input.js';
import { defaultXmlLimits, documentTooLong, limitExceeded, tooManyElements, type XmlLimits } from './text/limits.js';
import { malformed, quoted, refused } from './text/malformed.js';
import type { NamespaceScope, XmlAttribute } from './tree/element.js';

/** What the reader tells, in document order. Names, namespaces and attribute values are safe to keep. */
export interface XmlEvents {
  start(namespace: string, name: string, attributes: readonly XmlAttribute[], scope: NamespaceScope | undefined): void;
  /** The element started last and not yet ended. */
  end(): void;
  /** Character data. It may be a view on the input: pass it through `detachedText` before keeping it. May come in several pieces. */
  text(value: string): void;
  /** A whole document was read. */
  documentEnd?(): void;
}

export interface XmlReaderOptions {
  readonly limits?: XmlLimits | undefined;
  /** Documents may follow one another in the same input, with or without white space between them. */
  readonly several?: boolean;
}

/** What an element that declares namespaces counts more, beside one for each declaration: it has a scope of its own. */
const SCOPE = 5;
const COMMENT_START = '<!--';
const CDATA_START = '<![CDATA[';
const DOCTYPE = '<!DOCTYPE';
// XMLDecl of XML 1.0 (2.8), fifth edition: any version 1.x is read as 1.0.
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>$/;

const DECLARATION_START = '<?xml';

type Place = 'before the document' | 'outside the root element' | 'content' | 'CDATA section' | 'comment';

/**
 * A push reader for namespace-aware XML 1.0: text in, events out. Refused with `ERR_XML`: whatever is not well-formed,
 * document type declarations, entities other than the five predefined, processing instructions, and what exceeds the limits
 * (and a tag of more than 1,048,576 characters, and a reference of more than 64).
 * What an event handler throws comes out of `write` unchanged.
 */
export class XmlReader {
  readonly #events: XmlEvents;
  readonly #limits: Required<XmlLimits>;
  readonly #several: boolean;
  readonly #input = new Input();
  readonly #characters = new CharacterData();
  readonly #bindings = new NamespaceBindings();
  readonly #tag: StartTag;
  /** The elements that are open, outermost first, and their scopes. */
  readonly #names: QualifiedName[] = [];
  readonly #scopes: (DeclaredScope | undefined)[] = [];
  #scope: DeclaredScope | undefined;
  #place: Place = 'before the document';
  #sawDeclaration = false;
  #sawRoot = false;
  #documents = 0;
  /** Of the document, as far as they are held. */
  #elements = 0;
  /** Characters of the input before what is loaded, and before the document. */
  #passed = 0;
  #documentStart = 0;
  /** What was loaded goes no further. */
  #starved = false;
  /** What must be seen again together with what follows, */
  #rest = '';
  /** and when that is a tag, not before it ends. */
  #restIsTag = false;
  readonly #tagEnd = new TagEnd();
  #failure: { readonly error: unknown } | undefined;

  constructor(events: XmlEvents, options: XmlReaderOptions = {}) {
    this.#events = events;
    this.#limits = options.limits === undefined ? defaultXmlLimits : { ...defaultXmlLimits, ...options.limits };
    this.#several = options.several ?? false;
    this.#tag = new StartTag(this.#bindings, this.#limits);
  }

  /** The next piece of the input, cut anywhere. */
  write(text: string): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#input.acquire();
    try {
      if (text.length <= BLOCK_LENGTH) this.#read(text);
      else for (let at = 0; at < text.length; at += BLOCK_LENGTH) this.#read(text.slice(at, at + BLOCK_LENGTH));
    } catch (error) {
      // What the reader holds means nothing from here on.
      this.#failure = { error };
      throw error;
    } finally {
      this.#input.release();
    }
  }

  /** The end of the input; `ERR_XML` when a document is not finished or there was none. */
  close(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    const missing = this.#missing();
    if (missing === undefined) return;
    const error = malformed(missing);
    this.#failure = { error };
    throw error;
  }

  /** What was told so far is not kept by whoever was told. */
  letGo(): void {
    this.#elements = 0;
  }

  #missing(): string | undefined {
    const open = this.#names.at(-1);
    if (open !== undefined) return `it ends within the element ${quoted(open.text)}`;
    if (this.#rest !== '') return 'it ends within a tag or declaration';
    if (this.#place === 'comment') return 'it ends within a comment';
    if (this.#sawRoot || (this.#documents > 0 && !this.#sawDeclaration)) return undefined;
    return 'it has no root element';
  }

  #read(piece: string): void {
    if (this.#restIsTag && !this.#tagEnd.isIn(piece)) {
      this.#rest += piece;
      if (this.#rest.length > LONGEST_TAG) throw limitExceeded('the length of a tag', LONGEST_TAG);
      return;
    }
    const input = this.#input;
    input.load(this.#rest === '' ? piece : this.#rest + piece);
    this.#rest = '';
    this.#restIsTag = false;
    this.#starved = false;
    let at = 0;
    while (at < input.end && !this.#starved) at = this.#step(at);
    if (at < input.end) this.#keep(at);
    if (this.#place !== 'before the document') {
      this.#checkLength(input.end);
      this.#checkProlog(this.#restIsTag ? at + 1 : input.end);
    }
    this.#passed += at;
  }

  #checkLength(at: number): void {
    const { maxLength } = this.#limits;
    if (this.#passed + at - this.#documentStart > maxLength) {
      throw documentTooLong(maxLength);
    }
  }

  #checkProlog(at: number): void {
    const { maxPrologLength } = this.#limits;
    if (!this.#sawRoot && this.#passed + at - this.#documentStart > maxPrologLength) {
      throw limitExceeded('the part before the root element', maxPrologLength);
    }
  }

  #keep(at: number): void {
    const { units, text } = this.#input;
    const next = units[at + 1];
    this.#rest = text.slice(at);
    this.#restIsTag = units[at] === LESS && next !== 0 && next !== EXCLAMATION && next !== QUESTION;
    if (this.#restIsTag) this.#tagEnd.begin(this.#rest);
  }

  /** Reads on from a place in what is loaded, and gives the place that it came to. */
  #step(at: number): number {
    switch (this.#place) {
      case 'content':
        return this.#content(at);
      case 'CDATA section':
        return this.#cdata(at);
      case 'comment':
        return this.#comment(at);
      case 'outside the root element':
        return this.#outside(at);
      default:
        return this.#startDocument(at);
    }
  }

  #startDocument(start: number): number {
    const { units, end } = this.#input;
    let at = this.#documents === 0 ? start : passOver(units, start, WHITE_SPACE);
    if (at === end) return at;
    if (units[at] === BYTE_ORDER_MARK) at++;
    this.#documentStart = this.#passed + at;
    this.#place = 'outside the root element';
    return at;
  }

  #endDocument(at: number): void {
    this.#checkLength(at);
    this.#elements = 0;
    this.#documents++;
    this.#place = 'outside the root element';
    if (this.#several) {
      this.#place = 'before the document';
      this.#sawRoot = false;
      this.#sawDeclaration = false;
    }
    this.#events.documentEnd?.();
  }

  #outside(start: number): number {
    const { units, end } = this.#input;
    const at = passOver(units, start, WHITE_SPACE);
    if (at === end) return at;
    if (units[at] !== LESS) throw malformed('characters stand outside the root element');
    const next = units[at + 1];
    if (next === EXCLAMATION) return this.#declaration(at);
    if (next === QUESTION) return this.#instruction(at);
    if (at + 1 === end) return this.#starve(at);
    if (this.#sawRoot) throw malformed('a tag stands after the root element');
    if (next === SLASH) throw malformed('an end tag stands before the root element');
    this.#checkProlog(at + 1);
    const after = this.#startTag(at);
    if (after < 0) return this.#starve(at);
    return after;
  }

  #content(start: number): number {
    const { units, end } = this.#input;
    let at = start;
    while (at < end) {
      if (units[at] !== LESS) {
        at = this.#characters.text(this.#input, at);
        if (this.#characters.value !== '') this.#events.text(this.#characters.value);
        if (units[at] !== LESS) return this.#starve(at);
      }
      const next = units[at + 1];
      if (next === EXCLAMATION) return this.#declaration(at);
      if (next === QUESTION) return this.#instruction(at);
      const after = next === SLASH ? this.#endTag(at) : this.#startTag(at);
      if (after < 0) return this.#starve(at);
      at = after;
      if (this.#names.length === 0) return at;
    }
    return at;
  }

  #starve(at: number): number {
    this.#starved = true;
    return at;
  }

  #startTag(at: number): number {
    const tag = this.#tag;
    const outer = this.#scope;
    const after = tag.read(this.#input, at, outer);
    if (after < 0) return after;
    const { name, scope } = tag;
    if (name.prefix === 'xmlns') throw malformed(`${quoted(name.text)} is not the name of an element`);
    if (this.#names.length >= this.#limits.maxDepth) {
      throw limitExceeded('the nesting of its elements', this.#limits.maxDepth, 'maxResponseDepth');
    }
    this.#elements += 1 + tag.attributes.length;
    if (scope !== undefined && scope !== outer) this.#elements += SCOPE + scope.declared.length;
    if (this.#elements > this.#limits.maxElements) throw tooManyElements(this.#limits.maxElements);
    this.#sawRoot = true;
    this.#place = 'content';
    this.#names.push(name);
    this.#scopes.push(outer);
    this.#scope = scope;
    this.#events.start(this.#bindings.resolve(name.prefix), name.local, tag.attributes, scope);
    if (tag.isEmpty) this.#end(after);
    return after;
  }

  #endTag(at: number): number {
    const { units, end } = this.#input;
    const name = this.#names[this.#names.length - 1];
    if (name === undefined) throw malformed('an end tag ends no element');
    if (name.standsAt(this.#input, at + 2)) {
      let after = at + 2 + name.text.length;
      if (units[after] !== GREATER) after = passOver(units, after, WHITE_SPACE);
      if (after === end) return -1;
      if (units[after] === GREATER) {
        if (after >= at + LONGEST_TAG) throw limitExceeded('the length of a tag', LONGEST_TAG);
        this.#end(after + 1);
        return after + 1;
      }
    }
    if (this.#input.text.indexOf('>', at) < 0) return -1;
    throw malformed(`the element ${quoted(name.text)} is ended by ${this.#excerpt(at, passOver(units, at + 2, NAME))}`);
  }

  #end(at: number): void {
    const outer = this.#scopes.pop();
    if (this.#scope !== undefined && this.#scope !== outer) this.#bindings.leave(this.#scope);
    this.#scope = outer;
    this.#names.pop();
    this.#events.end();
    if (this.#names.length === 0) this.#endDocument(at);
  }

  #cdata(at: number): number {
    const after = this.#characters.cdata(this.#input, at);
    if (this.#characters.value !== '') this.#events.text(this.#characters.value);
    if (!this.#characters.over) return this.#starve(after);
    this.#place = 'content';
    return after;
  }

  #comment(at: number): number {
    const after = this.#characters.comment(this.#input, at);
    if (!this.#characters.over) return this.#starve(after);
    this.#place = this.#names.length > 0 ? 'content' : 'outside the root element';
    return after;
  }

  /** What starts with `<!`. */
  #declaration(at: number): number {
    const start = this.#input.text.slice(at, at + DOCTYPE.length);
    if (start.startsWith(COMMENT_START)) {
      this.#place = 'comment';
      return at + COMMENT_START.length;
    }
    if (start === CDATA_START && this.#names.length > 0) {
      this.#place = 'CDATA section';
      return at + CDATA_START.length;
    }
    // That of HTML may be in small letters; it is not XML then, and the reason for the refusal is the same.
    if (start.toUpperCase() === DOCTYPE) throw refused('a document type declaration (DTD)');
    if ([COMMENT_START, CDATA_START, DOCTYPE].some((one) => one.length > start.length && one.startsWith(start))) {
      return this.#starve(at);
    }
    throw malformed(`${this.#excerpt(at, at + 3)} starts nothing that XML has`);
  }

  /** What starts with `<?`. */
  #instruction(at: number): number {
    const { text, units } = this.#input;
    const start = text.slice(at, at + DECLARATION_START.length + 1);
    if (start.length <= DECLARATION_START.length && DECLARATION_START.startsWith(start)) return this.#starve(at);
    if (!start.startsWith(DECLARATION_START) || isOf(units[at + DECLARATION_START.length] ?? 0, NAME)) {
      throw refused('a processing instruction');
    }
    if (this.#passed + at !== this.#documentStart) throw malformed('an XML declaration stands within the document');
    const last = text.indexOf('?>', at);
    if (last < 0) return this.#starve(at);
    checkXmlDeclaration(text.slice(at, last + 2));
    this.#sawDeclaration = true;
    return last + 2;
  }

  #excerpt(from: number, to: number): string {
    return quoted(this.#input.text.slice(from, to));
  }
}

/** Refuses an XML declaration that is not one. What encoding it names does not matter: the text was decoded before. */
function checkXmlDeclaration(declaration: string): void {
  // The white space of a regular expression is more than that of XML.
  if (!DECLARATION.test(declaration) || /[^\t\n\r\x20-\x7E]/.test(declaration)) {
    throw malformed('the XML declaration is not one of version 1.0');
  }
}
