import { BoundedMemo } from '../../base/collections/bounded-memo.js';
import {
  AMPERSAND,
  APOSTROPHE,
  CARRIAGE_RETURN,
  EQUALS,
  GREATER,
  isOf,
  LESS,
  LINE_FEED,
  NAME,
  passOver,
  QUOTATION,
  SLASH,
  TAB,
  VALUE,
  WHITE_SPACE,
} from '../text/code-units.js';
import { detachedText } from '../text/detached-text.js';
import type { Input } from '../text/input.js';
import { defaultXmlLimits, limitExceeded, textTooLong, type XmlLimits } from '../text/limits.js';
import { malformed, quoted } from '../text/malformed.js';
import { referenced, referenceEnd } from '../text/reference.js';
import type { XmlAttribute } from '../tree/element.js';
import { NameScanner } from './name-cache.js';
import type { DeclaredScope, NamespaceBindings, NamespaceDeclaration } from './namespace-bindings.js';
import { QualifiedName } from './qualified-name.js';

/** Of one start tag with its markup. */
export const LONGEST_TAG = 2 ** 20;
const LONGEST_REMEMBERED = 4096;
const MOST_REMEMBERED = 64;
const FEW = 8;
const NONE = new QualifiedName('none');
const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** What a tag's markup came to, for the siblings that repeat it. */
interface RememberedTag {
  readonly markup: string;
  readonly outer: DeclaredScope | undefined;
  readonly scope: DeclaredScope | undefined;
  readonly attributes: readonly XmlAttribute[];
  readonly isEmpty: boolean;
}

/**
 * Every reader's tags, by their names: a server's replies repeat theirs. They are looked up by what stands in the markup within the same scope,
 * and nobody changes what they hold.
 */
const everybodys = new BoundedMemo<QualifiedName, RememberedTag>(MOST_REMEMBERED);

/** Reads start tags and the tags of empty elements, and holds the one read last. */
export class StartTag {
  name = NONE;
  attributes = NO_ATTRIBUTES;
  scope: DeclaredScope | undefined;
  isEmpty = false;
  readonly #bindings: NamespaceBindings;
  readonly #limits: Required<XmlLimits>;
  readonly #names = new NameScanner();
  /** Tags that were read within these limits. */
  readonly #remembered: BoundedMemo<QualifiedName, RememberedTag>;
  /** Of the tag that is being read: all attributes and declarations, by their place. */
  readonly #keys: QualifiedName[] = [];
  readonly #values: string[] = [];
  #value = '';

  constructor(bindings: NamespaceBindings, limits: Required<XmlLimits>) {
    this.#bindings = bindings;
    this.#limits = limits;
    const { maxAttributes, maxNameLength } = defaultXmlLimits;
    const hasUsualNames = limits.maxAttributes === maxAttributes && limits.maxNameLength === maxNameLength;
    const isUsual = hasUsualNames && limits.maxTextLength >= LONGEST_REMEMBERED;
    this.#remembered = isUsual ? everybodys : new BoundedMemo(MOST_REMEMBERED);
  }

  /**
   * Reads the tag whose `<` is at `start`, enters its scope, and gives the place after it; `-1`, without having entered
   * anything, when its end has yet to come.
   */
  read(input: Input, start: number, outer: DeclaredScope | undefined): number {
    const { units } = input;
    let name = this.name.next;
    let nameEnd = start + 1 + (name?.text.length ?? 0);
    if (
      name === undefined ||
      !name.standsAt(input, start + 1) ||
      isOf(units[nameEnd] ?? 0, NAME) ||
      nameEnd === input.end
    ) {
      nameEnd = this.#passName(input, start + 1);
      if (nameEnd < 0) return -1;
      name = this.#names.nameWithin(input, start + 1, nameEnd);
      // What is not in the cache would make a chain of names without bound.
      if (this.name.isCached && name.isCached) this.name.next = name;
    }
    this.#checkLength(nameEnd - start - 1);
    this.name = name;
    if (units[nameEnd] === GREATER) {
      this.attributes = NO_ATTRIBUTES;
      this.scope = outer;
      this.isEmpty = false;
      return nameEnd + 1;
    }
    const remembered = this.#remembered.get(name);
    if (remembered !== undefined && remembered.outer === outer) {
      const end = start + remembered.markup.length;
      if (input.text.slice(start, end) === remembered.markup) {
        this.attributes = remembered.attributes;
        this.isEmpty = remembered.isEmpty;
        this.#enter(remembered.scope, outer);
        return end;
      }
    }
    return this.#readAttributes(input, start, nameEnd, outer);
  }

  #readAttributes(input: Input, start: number, nameEnd: number, outer: DeclaredScope | undefined): number {
    const { units, end } = input;
    this.#keys.length = 0;
    this.#values.length = 0;
    let at = nameEnd;
    for (;;) {
      const from = at;
      at = passOver(units, at, WHITE_SPACE);
      if (at === end) return -1;
      const unit = units[at];
      if (unit === GREATER || unit === SLASH) break;
      if (at === from) throw malformed(this.#name('no white space stands before an attribute of'));
      at = this.#readAttribute(input, at);
      if (at < 0) return -1;
    }
    const isEmpty = units[at] === SLASH;
    if (isEmpty && ++at === end) return -1;
    if (units[at] !== GREATER) throw malformed(this.#name('"/" stands within the tag of'));
    at++;
    if (at - start > LONGEST_TAG) throw limitExceeded('the length of a tag', LONGEST_TAG);
    this.isEmpty = isEmpty;
    this.#enter(this.#bindings.scopeWithin(outer, this.#declarations()), outer);
    this.attributes = this.#resolvedAttributes();
    this.#remember(input.text.slice(start, at), outer);
    return at;
  }

  /** The place after `name="value"`, with the value kept; `-1` when its end has yet to come. */
  #readAttribute(input: Input, start: number): number {
    const { units, end } = input;
    let at = this.#passName(input, start);
    if (at < 0) return -1;
    const name = this.#names.nameWithin(input, start, at);
    at = passOver(units, at, WHITE_SPACE);
    if (at === end) return -1;
    if (units[at] !== EQUALS) throw malformed(`the attribute ${quoted(name.text)} has no value`);
    at = passOver(units, at + 1, WHITE_SPACE);
    if (at === end) return -1;
    const quote = units[at];
    if (quote !== QUOTATION && quote !== APOSTROPHE) {
      throw malformed(`the value of the attribute ${quoted(name.text)} is not in quotation marks`);
    }
    at = this.#readValue(input, at + 1, quote);
    if (at < 0) return -1;
    this.#values.push(this.#value);
    if (this.#keys.push(name) > this.#limits.maxAttributes) {
      throw limitExceeded(
        'the number of attributes of an element',
        this.#limits.maxAttributes,
        'maxResponseAttributes',
      );
    }
    return at;
  }

  /** An attribute's value, normalized as XML 1.0 (2.11, 3.3.3) has it. */
  #readValue(input: Input, start: number, quote: number): number {
    const { units, end, text } = input;
    let value = '';
    let from = start;
    let at = passOver(units, start, VALUE);
    while (units[at] !== quote) {
      if (at === end) return -1;
      const unit = units[at];
      let next = at + 1;
      if (unit === LESS) throw malformed('"<" stands in the value of an attribute; it is written "&lt;"');
      if (unit === AMPERSAND) {
        next = referenceEnd(input, at);
        if (next < 0) return -1;
        value += text.slice(from, at) + referenced(text.slice(at, next));
        from = next;
      } else if (unit === CARRIAGE_RETURN && units[next] === LINE_FEED) {
        value += text.slice(from, at);
        from = next;
      } else if (isWhiteSpace(unit)) {
        value += `${text.slice(from, at)} `;
        from = next;
      } else if (unit !== QUOTATION && unit !== APOSTROPHE) {
        next = input.passPair(at);
        if (next < 0) return -1;
      }
      at = passOver(units, next, VALUE);
    }
    this.#value = value + text.slice(from, at);
    if (this.#value.length > this.#limits.maxTextLength) throw textTooLong(this.#limits.maxTextLength);
    return at + 1;
  }

  #passName(input: Input, start: number): number {
    const end = this.#names.passOver(input.units, start);
    this.#checkLength(end - start);
    if (end === input.end) return -1;
    if (end === start) throw malformed(`${quoted(input.text.slice(start, start + 1))} stands where a name starts`);
    return end;
  }

  #checkLength(length: number): void {
    const { maxNameLength } = this.#limits;
    if (length > maxNameLength) throw limitExceeded('the length of a name', maxNameLength, 'maxResponseNameLength');
  }

  #declarations(): NamespaceDeclaration[] {
    const declarations: NamespaceDeclaration[] = [];
    for (const [index, { declares }] of this.#keys.entries()) {
      if (declares !== undefined) declarations.push({ prefix: declares, namespace: this.#values[index] ?? '' });
    }
    return declarations;
  }

  #resolvedAttributes(): readonly XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    for (const [index, { declares, prefix, local }] of this.#keys.entries()) {
      if (declares !== undefined) continue;
      const namespace = prefix === '' ? '' : this.#bindings.resolve(prefix);
      attributes.push({ namespace, name: local, value: detachedText(this.#values[index] ?? '') });
    }
    refuseDuplicates(attributes);
    return attributes.length === 0 ? NO_ATTRIBUTES : attributes;
  }

  #enter(scope: DeclaredScope | undefined, outer: DeclaredScope | undefined): void {
    this.scope = scope;
    if (scope !== undefined && scope !== outer) this.#bindings.enter(scope);
  }

  #remember(markup: string, outer: DeclaredScope | undefined): void {
    if (markup.length > LONGEST_REMEMBERED) return;
    const { scope, attributes, isEmpty } = this;
    this.#remembered.set(this.name, { markup: detachedText(markup), outer, scope, attributes, isEmpty });
  }

  #name(what: string): string {
    return `${what} <${quoted(this.name.text).slice(1, -1)}>`;
  }
}

function isWhiteSpace(unit: number | undefined): boolean {
  return unit === TAB || unit === LINE_FEED || unit === CARRIAGE_RETURN;
}

function refuseDuplicates(attributes: readonly XmlAttribute[]): void {
  if (attributes.length > FEW) {
    if (new Set(attributes.map(({ namespace, name }) => `${name} ${namespace}`)).size === attributes.length) return;
  } else if (!hasDuplicates(attributes)) return;
  throw malformed('an element has the same attribute twice');
}

function hasDuplicates(attributes: readonly XmlAttribute[]): boolean {
  for (let one = 1; one < attributes.length; one++) {
    for (let other = 0; other < one; other++) {
      const { name, namespace } = attributes[other] ?? {};
      if (name === attributes[one]?.name && namespace === attributes[one]?.namespace) return true;
    }
  }
  return false;
}
