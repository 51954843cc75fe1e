import { type SaxesAttributeNSIncomplete, SaxesParser, type SaxesTagNS } from 'saxes';
import { CimletError } from '../base/errors.js';
import { detachedText } from './detached-text.js';
import type { NamespaceScope, XmlAttribute } from './element.js';
import { defaultXmlLimits, limitExceeded, type XmlLimits } from './limits.js';

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

/** The parser fills in `uri` once it has seen the whole tag. */
type FoundAttribute = SaxesAttributeNSIncomplete & { readonly uri?: string };

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const WHITE_SPACE_ONLY = /^[\uFEFF \t\r\n]*$/;
const MOST_INTERNED = 4096;

/** Thrown inside a parser callback to leave the parser where a document ends. */
const DOCUMENT_END = Symbol('document end');

/**
 * A push reader for namespace-aware XML 1.0: text in, events out. Refused with `ERR_XML`: whatever is not well-formed,
 * document type declarations, entities other than the five predefined, processing instructions, and what exceeds the limits.
 * What an event handler throws comes out of `write` unchanged. The only file that knows the parser underneath.
 */
export class XmlReader {
  readonly #events: XmlEvents;
  readonly #limits: Required<XmlLimits>;
  readonly #several: boolean;
  readonly #interned = new Map<string, string>();
  readonly #scopes: (NamespaceScope | undefined)[] = [];
  #latestScope: NamespaceScope | undefined;
  #parser: SaxesParser<{ xmlns: true }>;
  #depth = 0;
  /** Of the start tag that is being read, declarations included. */
  #found: FoundAttribute[] = [];
  #latestUri = '';
  #latestNamespace = '';
  #sawRoot = false;
  #documents = 0;
  /** Characters handed to the current parser. */
  #length = 0;
  #carried = '';
  #failure: { readonly error: unknown } | undefined;

  constructor(events: XmlEvents, options: XmlReaderOptions = {}) {
    this.#events = events;
    this.#limits = { ...defaultXmlLimits, ...options.limits };
    this.#several = options.several ?? false;
    this.#parser = this.#newParser();
  }

  /** The next piece of the input, cut anywhere. */
  write(text: string): void {
    this.#guarded(() => this.#write(this.#complete(text)));
  }

  /** The end of the input; `ERR_XML` when a document is not finished or there was none. */
  close(): void {
    this.#guarded(() => {
      const rest = this.#carried;
      this.#carried = '';
      refuseLoneSurrogates(rest);
      this.#write(rest);
      if (this.#documents === 0 || this.#length > 0) this.#parser.close();
    });
  }

  /** After a failure the parser's state means nothing, so that the failure is repeated from then on. */
  #guarded(step: () => void): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      step();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** The input without a last character whose other half has yet to come (a surrogate, or LF after CR). */
  #complete(text: string): string {
    let input = this.#carried === '' ? text : this.#carried + text;
    this.#carried = '';
    const last = input.charCodeAt(input.length - 1);
    if (last === 0x0d || (last >= 0xd800 && last <= 0xdbff)) {
      this.#carried = input.slice(-1);
      input = input.slice(0, -1);
    }
    // The parser would take the character after an unpaired high surrogate for its other half.
    refuseLoneSurrogates(input);
    return input;
  }

  #write(text: string): void {
    let rest = text;
    while (rest !== '') {
      if (this.#length === 0 && this.#documents > 0) {
        if (WHITE_SPACE_ONLY.test(rest)) return;
        rest = rest.replace(/^[ \t\r\n]+/, '');
      }
      const start = this.#length;
      const room = this.#limits.maxLength - start;
      const piece = rest.length > room ? rest.slice(0, room) : rest;
      this.#length += piece.length;
      try {
        this.#parser.write(piece);
        if (piece.length < rest.length) throw limitExceeded('its length in characters', this.#limits.maxLength);
        if (!this.#sawRoot && this.#length > this.#limits.maxPrologLength) {
          throw limitExceeded('the part before the root element', this.#limits.maxPrologLength);
        }
        return;
      } catch (error) {
        if (error !== DOCUMENT_END) throw error;
        rest = rest.slice(this.#parser.position - start);
        this.#documents++;
        this.#startDocument();
        this.#events.documentEnd?.();
      }
    }
  }

  #startDocument(): void {
    this.#parser = this.#newParser();
    this.#length = 0;
    this.#sawRoot = false;
    this.#latestScope = undefined;
  }

  #newParser(): SaxesParser<{ xmlns: true }> {
    const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
    parser.on('error', (error) => {
      throw malformed(error.message);
    });
    parser.on('doctype', () => {
      throw refused('a document type declaration (DTD)');
    });
    parser.on('processinginstruction', () => {
      throw refused('a processing instruction');
    });
    parser.on('opentagstart', (tag) => this.#checkTag(tag.name));
    parser.on('attribute', (attribute) => this.#attribute(attribute));
    parser.on('opentag', (tag) => this.#start(tag));
    parser.on('closetag', () => this.#end());
    const onText = (text: string) => {
      if (this.#depth > 0) this.#events.text(text);
    };
    parser.on('text', onText);
    parser.on('cdata', onText);
    return parser;
  }

  #checkTag(name: string): void {
    if (!this.#sawRoot && this.#parser.position > this.#limits.maxPrologLength) {
      throw limitExceeded('the part before the root element', this.#limits.maxPrologLength);
    }
    this.#sawRoot = true;
    this.#found.length = 0;
    if (name.length > this.#limits.maxNameLength)
      throw limitExceeded('the length of a name', this.#limits.maxNameLength);
    if (++this.#depth > this.#limits.maxDepth)
      throw limitExceeded('the nesting of its elements', this.#limits.maxDepth);
  }

  #attribute(attribute: FoundAttribute): void {
    if (attribute.name.length > this.#limits.maxNameLength) {
      throw limitExceeded('the length of a name', this.#limits.maxNameLength);
    }
    if (this.#found.push(attribute) > this.#limits.maxAttributes) {
      throw limitExceeded('the number of attributes of an element', this.#limits.maxAttributes);
    }
  }

  #start(tag: SaxesTagNS): void {
    const scopes = this.#scopes;
    let scope = scopes.length === 0 ? undefined : scopes[scopes.length - 1];
    let attributes = NO_ATTRIBUTES;
    if (this.#found.length > 0) {
      scope = this.#scopeWithin(scope);
      attributes = this.#attributesFound();
    }
    scopes.push(scope);
    this.#events.start(this.#namespace(tag.uri), this.#intern(tag.local), attributes, scope);
  }

  #end(): void {
    this.#scopes.pop();
    this.#depth--;
    this.#events.end();
    if (this.#depth > 0) return;
    if (this.#several) throw DOCUMENT_END;
    this.#documents++;
    this.#events.documentEnd?.();
  }

  #attributesFound(): readonly XmlAttribute[] {
    let attributes: XmlAttribute[] | undefined;
    for (const { name, prefix, local, uri, value } of this.#found) {
      if (prefix === 'xmlns' || name === 'xmlns') continue;
      attributes ??= [];
      attributes.push({ namespace: this.#namespace(uri ?? ''), name: this.#intern(local), value: detachedText(value) });
    }
    return attributes ?? NO_ATTRIBUTES;
  }

  /** Siblings mostly repeat the declarations of the sibling before them; such a scope is made once. */
  #scopeWithin(outer: NamespaceScope | undefined): NamespaceScope | undefined {
    let declared = 0;
    let known = 0;
    const latest = this.#latestScope?.parent === outer ? this.#latestScope : undefined;
    for (const { name, prefix, local, value } of this.#found) {
      if (prefix !== 'xmlns' && name !== 'xmlns') continue;
      declared++;
      if (latest?.declarations.get(prefix === '' ? '' : local) === value.trim()) known++;
    }
    if (declared === 0) return outer;
    if (latest !== undefined && known === declared && latest.declarations.size === declared) return latest;
    const declarations = new Map<string, string>();
    for (const { name, prefix, local, value } of this.#found) {
      if (prefix !== 'xmlns' && name !== 'xmlns') continue;
      declarations.set(this.#intern(prefix === '' ? '' : local), this.#intern(value.trim()));
    }
    this.#latestScope = { declarations, parent: outer };
    return this.#latestScope;
  }

  #namespace(uri: string): string {
    if (uri !== this.#latestUri) {
      this.#latestUri = uri;
      this.#latestNamespace = this.#intern(uri);
    }
    return this.#latestNamespace;
  }

  #intern(text: string): string {
    const known = this.#interned.get(text);
    if (known !== undefined) return known;
    const own = detachedText(text);
    if (this.#interned.size < MOST_INTERNED) this.#interned.set(own, own);
    return own;
  }
}

function refuseLoneSurrogates(text: string & { isWellFormed?(): boolean }): void {
  // In every Node that we run on; TypeScript knows it from es2024 on.
  if (text.isWellFormed?.() === false) throw malformed('an unpaired surrogate is not a character.');
}

function refused(what: string): CimletError {
  return new CimletError('ERR_XML', `The XML document was refused: it has ${what}.`, {
    hint: 'SOAP forbids it. Look at what answers at this address.',
  });
}

/** The parser quotes names from the input; a quoted name may be as long as the input. */
function malformed(message: string): CimletError {
  const gist = message.length > 160 ? `${message.slice(0, 157)}…` : message;
  return new CimletError('ERR_XML', `The XML is not well-formed: ${gist}`);
}
