import { types } from 'node:util';
import { invalidArgument } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { isSecretName } from './secret-parameters.js';

const DEEPEST = 16;

/**
 * A value as JSON has it, which is how it goes through the queue. Refused is what JSON would drop or change without a word, and whatever is
 * or is called a secret. @throws CimletError `ERR_INVALID_ARGUMENT`; a secret is not in it.
 */
export function plainValue(where: string, value: unknown, depth = 0): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw invalidArgument(where, value, 'Give a finite number.');
  }
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Secret) throw secretValue(where);
  if (typeof value !== 'object' || depth > DEEPEST || types.isProxy(value)) {
    throw invalidArgument(where, Object(`a ${typeof value}`), 'Give a value that JSON can hold.');
  }
  if (Array.isArray(value)) return value.map((item, index) => plainValue(`${where}[${index}]`, item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return plainValue(where, (value.toJSON as () => unknown)(), depth + 1);
  }
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
    throw invalidArgument(where, Object('an object of this kind'), 'Give an object or an array that JSON can hold.');
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([name, item]) => {
      const place = `${where}.${name}`;
      if (isSecretName(name) && item !== null && typeof item !== 'boolean') throw secretValue(place);
      return [name, plainValue(place, item, depth + 1)];
    }),
  );
}

/** What is said of a secret that stands where its name belongs. */
export function secretValue(where: string): Error {
  return invalidArgument(
    where,
    Object('a secret itself'),
    "Give the name under which the workers know it: { secret: 'failover' }. Values of secrets do not enter the queue.",
  );
}
