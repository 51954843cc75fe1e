import { wildcard } from '../../cmdlet/convert/wildcard.js';
import { compareValues, isEqual } from './compare.js';
import { LanguageError } from './language-error.js';
import { isArrayValue, itemsOf, type LineValue, NOTHING } from './line-value.js';
import { valueText } from './value-text.js';

const NAMES = 'eq ne gt ge lt le like notlike match notmatch contains notcontains in notin'.split(' ');

/** The comparison operators, in lower case; each with `i` and `c` before it, too. */
export const COMPARISONS: ReadonlySet<string> = new Set(NAMES.flatMap((name) => [name, `i${name}`, `c${name}`]));

/**
 * One comparison (about_Comparison_Operators), `operator` in lower case. With an array on the left the operators but `-contains` and `-in` give
 * the elements that pass. @throws LanguageError for values without an order, and an invalid pattern.
 */
export function applyComparison(operator: string, left: LineValue, right: LineValue): LineValue {
  const prefixed = !NAMES.includes(operator);
  const caseSensitive = prefixed && operator.startsWith('c');
  const name = prefixed ? operator.slice(1) : operator;
  switch (name) {
    case 'contains':
    case 'notcontains':
      // An array is one element here, and equal to none.
      return itemsOf(left).some((element) => isEqual(element, right, caseSensitive)) === (name === 'contains');
    case 'in':
    case 'notin':
      return itemsOf(right).some((element) => isEqual(element, left, caseSensitive)) === (name === 'in');
    default: {
      const test = testOf(name, right, caseSensitive);
      // Nothing is null to -eq and its like, and has no elements for a pattern.
      if (!isArrayValue(left) || (left === NOTHING && !/(?:like|match)$/.test(name))) return test(left);
      // -like gives the texts that it has compared.
      return name.endsWith('like') ? left.filter(test).map(valueText) : left.filter(test);
    }
  }
}

function testOf(name: string, right: LineValue, caseSensitive: boolean): (left: LineValue) => boolean {
  const order = (left: LineValue) => compareValues(left, right, caseSensitive);
  switch (name) {
    case 'eq':
    case 'ne':
      return (left) => isEqual(left, right, caseSensitive) === (name === 'eq');
    case 'gt':
      return (left) => order(left) > 0;
    case 'ge':
      return (left) => order(left) >= 0;
    case 'lt':
      return (left) => order(left) < 0;
    case 'le':
      return (left) => order(left) <= 0;
    case 'like':
    case 'notlike': {
      const pattern = patternOf(() => wildcard(patternText(right), caseSensitive));
      return (left) => pattern.test(valueText(left)) === (name === 'like');
    }
    default: {
      const pattern = patternOf(() => regularExpression(valueText(right), caseSensitive));
      return (left) => pattern.test(valueText(left)) === (name === 'match');
    }
  }
}

/** What .NET reads in another way than JavaScript, or not at all: escapes of letters that mean nothing, and a class that is closed at once. */
const NOT_NET = /\\(?:\\|([a-zA-Z_]))|\[\^?\]/g;
const NET_ESCAPES = /^[aAbBcdDefGkKnpPrsStuvwWxzZ]$/;

function regularExpression(text: string, caseSensitive: boolean): RegExp {
  for (const [found, letter] of text.matchAll(NOT_NET)) {
    if (letter !== undefined && !NET_ESCAPES.test(letter)) throw new SyntaxError(`${found} is no escape.`);
    if (found.startsWith('['))
      throw new SyntaxError(`${found} has no end: ] belongs to it. Write \\[\\] for brackets.`);
  }
  return new RegExp(text, caseSensitive ? '' : 'i');
}

/** PowerShell makes no pattern of an array of arrays. @throws LanguageError. */
function patternText(value: LineValue): string {
  if (!isArrayValue(value) || !value.some(isArrayValue)) return valueText(value);
  throw new LanguageError('RuntimeException', 'An array of arrays is no pattern.', 'Compare with one text.');
}

function patternOf(make: () => RegExp): RegExp {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof LanguageError) throw cause;
    throw new LanguageError(
      'System.Text.RegularExpressions.RegexParseException',
      `What follows is not a pattern. ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}
