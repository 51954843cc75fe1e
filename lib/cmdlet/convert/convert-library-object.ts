import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import { BoundObject } from '../contract/bound-value.js';
import { type CmdletSession, isCmdletSession } from '../contract/cmdlet-session.js';
import { ConversionFailure } from './conversion-error.js';

/** A session, or the name of a computer that one is opened to. */
export function convertSession(value: unknown): BoundObject<CmdletSession | string> {
  if (isCmdletSession(value)) return new BoundObject<CmdletSession | string>(value);
  if (typeof value === 'string' && value.trim() !== '') return new BoundObject<CmdletSession | string>(value.trim());
  throw new ConversionFailure('is not a valid session.', 'Give a CimSession, or the name of a computer.');
}

/** A class of a server, or a declaration from a schema. */
export function convertClass(value: unknown): BoundObject<CimClassDeclaration> {
  if (isClass(value)) return new BoundObject(value);
  throw new ConversionFailure('is not a valid CIM class.', 'Give what Get-CimClass (getCimClass) returned.');
}

/** True for what a parameter of type CimClass takes. */
export function isClass(value: unknown): value is CimClassDeclaration {
  const declaration = value as Partial<CimClassDeclaration> | null;
  return (
    typeof declaration === 'object' &&
    declaration !== null &&
    typeof declaration.className === 'string' &&
    Array.isArray(declaration.properties) &&
    Array.isArray(declaration.methods)
  );
}

/** A dictionary: a plain object, or a Map with strings as keys. */
export function convertDictionary(value: unknown): BoundObject<Readonly<Record<string, unknown>>> {
  const entries = value instanceof Map ? [...value] : isPlainObject(value) ? Object.entries(value) : undefined;
  if (entries === undefined)
    throw new ConversionFailure('is not a valid dictionary.', "Give an object: { StartMode: 'Manual' }.");
  const result: Record<string, unknown> = Object.create(null);
  for (const [name, entry] of entries) {
    if (typeof name !== 'string') throw new ConversionFailure('has a key that is not text.', 'Give names as keys.');
    if (entry !== undefined) result[name] = entry;
  }
  return new BoundObject<Readonly<Record<string, unknown>>>(result);
}

export function convertPlainObject(value: unknown): BoundObject<object> {
  if (isPlainObject(value)) return new BoundObject<object>(value);
  throw new ConversionFailure(
    'is not a valid object with options.',
    'Give what New-CimSessionOption (newCimSessionOption) returned.',
  );
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
