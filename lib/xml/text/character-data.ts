import {
  AMPERSAND,
  BRACKET,
  CARRIAGE_RETURN,
  CDATA,
  COMMENT,
  GREATER,
  HYPHEN,
  LESS,
  LINE_FEED,
  passOver,
  TEXT,
} from './code-units.js';
import { detachedText } from './detached-text.js';
import type { Input } from './input.js';
import { malformed } from './malformed.js';
import { referenced, referenceEnd } from './reference.js';

/**
 * Text, CDATA sections and comments, read as far as the input goes. Each method gives the place that it came to: there
 * its construct ends (see there), or there what is left must be seen again together with what follows.
 */
export class CharacterData {
  /** What was read last, with line ends as XML 1.0 (2.11) has them. */
  value = '';
  /** Whether the section or comment read last is over. */
  over = false;

  /** Text between markup; it ends at a `<`. */
  text(input: Input, start: number): number {
    const { units, end } = input;
    let at = passOver(units, start, TEXT);
    if (units[at] === LESS || at === end) {
      this.value = input.text.slice(start, at);
      return at;
    }
    let value = '';
    let from = start;
    while (at < end) {
      const unit = units[at];
      if (unit === LESS) break;
      let next: number;
      if (unit === AMPERSAND) {
        next = referenceEnd(input, at);
        if (next < 0) break;
        value += input.text.slice(from, at) + referenced(input.text.slice(at, next));
        from = next;
      } else if (unit === CARRIAGE_RETURN) {
        if (at + 1 === end) break;
        next = units[at + 1] === LINE_FEED ? at + 2 : at + 1;
        value += `${input.text.slice(from, at)}\n`;
        from = next;
      } else if (unit === BRACKET) {
        if (units[at + 1] === BRACKET && units[at + 2] === GREATER)
          throw malformed('"]]>" stands outside a CDATA section');
        if (at + 1 === end || (units[at + 1] === BRACKET && at + 2 === end)) break;
        next = at + 1;
      } else {
        next = input.passPair(at);
        if (next < 0) break;
      }
      at = passOver(units, next, TEXT);
    }
    this.value = joined(value, input.text.slice(from, at));
    return at;
  }

  /** The inside of a CDATA section; when it is over, the place is after its `]]>`. */
  cdata(input: Input, start: number): number {
    const { units, end } = input;
    let value = '';
    let from = start;
    let at = passOver(units, start, CDATA);
    this.over = false;
    while (at < end) {
      const unit = units[at];
      let next: number;
      if (unit === BRACKET) {
        if (units[at + 1] === BRACKET && units[at + 2] === GREATER) {
          this.over = true;
          break;
        }
        if (at + 1 === end || (units[at + 1] === BRACKET && at + 2 === end)) break;
        next = at + 1;
      } else if (unit === CARRIAGE_RETURN) {
        if (at + 1 === end) break;
        next = units[at + 1] === LINE_FEED ? at + 2 : at + 1;
        value += `${input.text.slice(from, at)}\n`;
        from = next;
      } else {
        next = input.passPair(at);
        if (next < 0) break;
      }
      at = passOver(units, next, CDATA);
    }
    this.value = joined(value, input.text.slice(from, at));
    return this.over ? at + 3 : at;
  }

  /** The inside of a comment; when it is over, the place is after its `-->`. */
  comment(input: Input, start: number): number {
    const { units, end } = input;
    let at = passOver(units, start, COMMENT);
    this.over = false;
    while (at < end) {
      let next = at + 1;
      if (units[at] !== HYPHEN) {
        next = input.passPair(at);
        if (next < 0) return at;
      } else if (next === end) {
        return at;
      } else if (units[next] === HYPHEN) {
        if (at + 2 === end) return at;
        if (units[at + 2] !== GREATER) throw malformed('"--" stands within a comment');
        this.over = true;
        return at + 3;
      }
      at = passOver(units, next, COMMENT);
    }
    return at;
  }
}

/** In one piece: of a text of references V8 would keep a node for each until the text is used, forty times the text. */
function joined(value: string, rest: string): string {
  return value === '' ? rest : detachedText(value + rest);
}
