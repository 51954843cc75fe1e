import { CimletError } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import type { XmlElement } from '../../xml/tree/element.js';
import { inferPropertyDeclaration } from '../instance/infer-declaration.js';
import type { CimInput } from '../value/cim-input.js';
import type { CimType } from '../value/cim-type.js';
import type { CimValue } from '../value/cim-value.js';
import type { CimMethodDeclaration, CimParameterDeclaration } from '../value/class-declaration.js';
import { parseInteger } from './integer.js';
import { readXsiType } from './xsi-type.js';

/** A method that nobody declares, as far as the values of its parameters tell: what MMI's client knows of one. */
export function inferMethod(
  name: string,
  isStatic: boolean,
  parameters: Readonly<Record<string, CimInput | undefined>>,
): CimMethodDeclaration {
  return {
    name,
    isStatic,
    returnType: 'string',
    parameters: Object.entries(parameters).flatMap(([parameter, value]): CimParameterDeclaration[] =>
      value === undefined ? [] : [{ ...inferPropertyDeclaration(parameter, plainValue(value)), direction: 'in' }],
    ),
  };
}

/** The same method with the type of the return value that came: what it says of itself, else a number when it looks like one. */
export function withReturnType(method: CimMethodDeclaration, output: XmlElement): CimMethodDeclaration {
  const element = output.child('ReturnValue');
  if (element === undefined) return method;
  const type = readXsiType(element);
  if (type?.kind === 'scalar') return { ...method, returnType: type.type };
  const returnType: CimType = parseInteger('uint32', element.text) === undefined ? 'string' : 'uint32';
  return { ...method, returnType };
}

function plainValue(value: CimInput): CimValue {
  if (value instanceof Secret) return '';
  if (value instanceof Date) throw undeclared('a Date');
  if (value instanceof Uint8Array) throw undeclared('bytes');
  return Array.isArray(value) ? value.map((item) => (item instanceof Secret ? '' : item)) : (value as CimValue);
}

function undeclared(what: string): CimletError {
  return new CimletError('ERR_INVALID_ARGUMENT', `The method is not declared, so that ${what} has no CIM type.`, {
    hint: 'Give a CimDateTime, numbers, or the declaration of the method.',
  });
}
