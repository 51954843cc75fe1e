import { CimletError, describeValue, invalidArgument } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import type { CimValueDeclaration } from '../value/class-declaration.js';

/** Names a value in messages: `Win32_Process.Create.CommandLine`. */
function placeOf(owner: string, declaration: CimValueDeclaration): string {
  return `${owner}.${declaration.name}`;
}

/** A caller's value that the declared type cannot hold. A Secret is named, never shown. */
export function unfitValue(
  owner: string,
  declaration: CimValueDeclaration,
  value: unknown,
  remedy: string,
): CimletError {
  const shown =
    value instanceof Secret ? 'Secret' : typeof value === 'object' && value !== null ? nameOfClass(value) : value;
  return invalidArgument(placeOf(owner, declaration), shown, remedy);
}

/** A value on the wire that is not of the declared type. */
export function malformedValue(
  owner: string,
  declaration: CimValueDeclaration,
  text: string,
  expected: string,
): CimletError {
  return new CimletError(
    'ERR_PROTOCOL',
    `${placeOf(owner, declaration)}: the peer sent ${describeValue(text)}, which is not ${expected}.`,
    { hint: 'The class on the server may be another version than the schema that is used here.' },
  );
}

function nameOfClass(value: object): string {
  return typeof value.constructor === 'function' ? value.constructor.name : 'object';
}
