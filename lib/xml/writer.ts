import { CimletError } from '../base/errors.js';

/** Attributes as written: `{ 'xmlns:p': uri, 's:mustUnderstand': 'true' }`. An undefined value is left out. */
export type XmlWriterAttributes = Readonly<Record<string, string | undefined>>;

// Char production of XML 1.0 (2.2), negated; a lone surrogate half is not a character either.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const TEXT_SPECIAL = /[&<>\r]/;
const ATTRIBUTE_SPECIAL = /[&<>"\r\n\t]/;

/**
 * Writes XML text, escaping what must be. Names are written as given, prefix included; the caller declares its prefixes.
 * A character that XML forbids is `ERR_INVALID_ARGUMENT` and names the element or attribute, never its value.
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
    this.#parts.push('<', name);
    if (attributes === undefined) return;
    for (const key in attributes) {
      const value = attributes[key];
      if (value !== undefined) this.#parts.push(' ', key, '="', escapeAttribute(value, `${name}/@${key}`), '"');
    }
  }
}

function escapeText(value: string, place: string): string {
  refuseForbidden(value, place);
  if (!TEXT_SPECIAL.test(value)) return value;
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function escapeAttribute(value: string, place: string): string {
  refuseForbidden(value, place);
  if (!ATTRIBUTE_SPECIAL.test(value)) return value;
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\t', '&#x9;');
}

function refuseForbidden(value: string, place: string): void {
  const match = FORBIDDEN.exec(value);
  if (match === null) return;
  const codePoint = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw new CimletError(
    'ERR_INVALID_ARGUMENT',
    `${place.slice(place.indexOf(':') + 1)}: the character U+${codePoint} at position ${match.index} cannot be sent in XML.`,
    { hint: 'Remove the control character or the unpaired surrogate from the value.' },
  );
}
