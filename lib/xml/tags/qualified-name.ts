import { type Input, LITTLE_ENDIAN } from '../text/input.js';
import { internalized } from '../text/internalized.js';
import { malformed, quoted } from '../text/malformed.js';

// QName of Namespaces in XML 1.0, with the characters of XML 1.0 (2.3).
const NAME_START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NC_NAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]*`;
const QUALIFIED_NAME = new RegExp(`^(?:${NC_NAME}:)?${NC_NAME}$`, 'u');

export function isQualifiedName(text: string): boolean {
  return QUALIFIED_NAME.test(text);
}

/** A name of an element or attribute as it stands in the markup, with storage of its own. */
export class QualifiedName {
  readonly text: string;
  readonly #units: Uint16Array;
  /** The same memory, two code units at a time. */
  readonly #pairs: Int32Array;
  /** Empty for none. */
  readonly prefix: string;
  readonly local: string;
  /** As an attribute, the prefix that it declares: empty for the default namespace, undefined when it declares none. */
  readonly declares: string | undefined;
  /** Whether the cache has it; */
  isCached = false;
  /** and if so, the name of the start tag that came after one of this name last time, as a guess at the next. */
  next: QualifiedName | undefined = undefined;

  constructor(text: string) {
    if (!isQualifiedName(text)) throw malformed(`${quoted(text)} is not a name`);
    this.text = internalized(text);
    this.#units = new Uint16Array(text.length);
    for (let index = 0; index < text.length; index++) this.#units[index] = text.charCodeAt(index);
    this.#pairs = new Int32Array(this.#units.buffer, 0, text.length >> 1);
    const colon = text.indexOf(':');
    this.prefix = colon < 0 ? '' : internalized(text.slice(0, colon));
    this.local = colon < 0 ? this.text : internalized(text.slice(colon + 1));
    this.declares = this.text === 'xmlns' ? '' : this.prefix === 'xmlns' ? this.local : undefined;
  }

  /** Whether this name's code units stand in the input from `at` on; more may follow. */
  standsAt({ view, end }: Input, at: number): boolean {
    const units = this.#units;
    const pairs = this.#pairs;
    if (at + units.length > end) return false;
    let byte = 2 * at;
    for (let index = 0; index < pairs.length; index++) {
      if (view.getInt32(byte, LITTLE_ENDIAN) !== pairs[index]) return false;
      byte += 4;
    }
    return units.length % 2 === 0 || view.getUint16(byte, LITTLE_ENDIAN) === units[units.length - 1];
  }
}
