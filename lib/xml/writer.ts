import { CimletError, invalidArgument } from '../base/errors.js';
import { isQualifiedName } from './tags/qualified-name.js';

/** Attributes as written: `{ 'xmlns:p': uri, 's:mustUnderstand': 'true' }`. An undefined value is left out. */
export type XmlWriterAttributes = Readonly<Record<string, string | undefined>>;

// Char production of XML 1.0 (2.2), negated; with the u flag an unpaired surrogate matches too.
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
// Most values are of these alone, and need no second look.
const PLAIN_TEXT = /^[ -%'-;=?-~]*$/;
const PLAIN_ATTRIBUTE = /^[ !#-%'-;=?-~]*$/;
const MOST_REMEMBERED = 4096;
const knownNames = new Set<string>();
// A reader turns a bare CR into LF (2.11); readers that go by XML 1.1 do the same to U+0085 and U+2028.
const TEXT_SPECIAL = /[&<>\r\u0085\u2028]/;
const TEXT_SPECIALS = new RegExp(TEXT_SPECIAL, 'g');
const ATTRIBUTE_SPECIAL = /[&<>"\r\n\t\u0085\u2028]/;
const ATTRIBUTE_SPECIALS = new RegExp(ATTRIBUTE_SPECIAL, 'g');
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * Writes XML text, escaping what must be. Names are written as given, prefix included; the caller declares its prefixes.
 * A character that XML forbids is `ERR_INVALID_ARGUMENT` and names the element or attribute, never its value; so is a
 * name that is not an XML name.
 */
export class XmlWriter {
  readonly #parts: string[] = [];
  readonly #open: string[] = [];

  /** `<name attributes>`; end it with {@link close}. */
  open(name: string, attributes?: XmlWriterAttributes): this {
    this.#startTag(name, attributes);
    this.#parts.push('>');
    this.#open.push(name);
    return this;
  }

  close(): this {
    const name = this.#open.pop();
    if (name === undefined) throw new Error('XmlWriter.close without open');
    this.#parts.push('</', name, '>');
    return this;
  }

  text(value: string): this {
    this.#parts.push(escapeText(value, this.#open[this.#open.length - 1] ?? 'document'));
    return this;
  }

  /** A whole element: with text, or empty when `text` is undefined. */
  element(name: string, text?: string, attributes?: XmlWriterAttributes): this {
    this.#startTag(name, attributes);
    if (text === undefined) this.#parts.push('/>');
    else this.#parts.push('>', escapeText(text, name), '</', name, '>');
    return this;
  }

  /** Markup that was written by another XmlWriter. */
  raw(markup: string): this {
    this.#parts.push(markup);
    return this;
  }

  toString(): string {
    if (this.#open.length > 0) throw new Error(`XmlWriter: <${this.#open.join('><')}> not closed`);
    return this.#parts.join('');
  }

  #startTag(name: string, attributes: XmlWriterAttributes | undefined): void {
    checkName(name);
    this.#parts.push('<', name);
    if (attributes === undefined) return;
    for (const key in attributes) {
      const value = attributes[key];
      if (value === undefined) continue;
      checkName(key);
      this.#parts.push(' ', key, '="', escapeAttribute(value, name, key), '"');
    }
  }
}

function escapeText(value: string, place: string): string {
  if (PLAIN_TEXT.test(value)) return value;
  refuseForbidden(value, place);
  return TEXT_SPECIAL.test(value) ? value.replace(TEXT_SPECIALS, escaped) : value;
}

function escapeAttribute(value: string, element: string, attribute: string): string {
  if (PLAIN_ATTRIBUTE.test(value)) return value;
  refuseForbidden(value, element, attribute);
  return ATTRIBUTE_SPECIAL.test(value) ? value.replace(ATTRIBUTE_SPECIALS, escaped) : value;
}

function escaped(character: string): string {
  return ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
}

function refuseForbidden(value: string, element: string, attribute?: string): void {
  const match = FORBIDDEN.exec(value);
  if (match === null) return;
  const codePoint = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const place = element.slice(element.indexOf(':') + 1) + (attribute === undefined ? '' : `/@${attribute}`);
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    `${place}: the character U+${codePoint} at position ${match.index} cannot be sent in XML.`,
    { hint: 'Remove the control character or the unpaired surrogate from the value.' },
  );
}

function checkName(name: string): void {
  if (knownNames.has(name)) return;
  if (!isQualifiedName(name)) throw invalidArgument('name', name, 'Element and attribute names must be XML names.');
  if (knownNames.size < MOST_REMEMBERED) knownNames.add(name);
}
