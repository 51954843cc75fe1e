import { CimletError } from '../../base/errors.js';
import type { CimScalar } from '../value/cim-value.js';
import type { CimValueDeclaration } from '../value/class-declaration.js';
import { parseChar16 } from './char16.js';
import { readBareDatetime } from './datetime.js';
import { integerRangeText, isIntegerType, parseInteger } from './integer.js';
import { parseReal } from './real.js';
import { malformedValue } from './value-place.js';

const TRUE = /^\s*(?:true|1)\s*$/i;
const FALSE = /^\s*(?:false|0)\s*$/i;

/** The value of a text of a declared type, reference and instance excepted. @throws CimletError `ERR_PROTOCOL`. */
export function readPlainScalar(owner: string, declaration: CimValueDeclaration, text: string): CimScalar {
  const { type } = declaration;
  if (type === 'string') return text;
  if (isIntegerType(type)) {
    const value = parseInteger(type, text);
    if (value !== undefined) return value;
    throw malformedValue(owner, declaration, text, `a ${type} (${integerRangeText(type)})`);
  }
  switch (type) {
    case 'boolean':
      if (TRUE.test(text)) return true;
      if (FALSE.test(text)) return false;
      throw malformedValue(owner, declaration, text, 'a boolean');
    case 'real32':
    case 'real64': {
      const value = parseReal(type, text);
      if (value !== undefined) return value;
      throw malformedValue(owner, declaration, text, `a ${type}`);
    }
    case 'char16': {
      const value = parseChar16(text);
      if (value !== undefined) return value;
      throw malformedValue(owner, declaration, text, 'a char16');
    }
    case 'datetime':
      return orMalformed(owner, declaration, text, 'a datetime', () => readBareDatetime(text.trim()));
    default:
      throw malformedValue(owner, declaration, text, `a ${type}`);
  }
}

/** Runs a parser of caller's text on the peer's, so that its failure counts as the peer's. */
export function orMalformed<T>(
  owner: string,
  declaration: CimValueDeclaration,
  text: string,
  expected: string,
  parse: () => T,
): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof CimletError) throw malformedValue(owner, declaration, text, expected);
    throw error;
  }
}
