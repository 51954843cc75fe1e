import { getSystemErrorMap } from 'node:util';
import { CimletError } from '../../base/errors.js';

/** As Node, OpenSSL, undici and this library spell their codes: letters, so that nothing else passes for one. */
const CODE = /^(?:ERR|UND_ERR|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME)_[A-Z_]{1,60}$/;
/** Those of c-ares, which are in no map. */
const OTHERS: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT', 'EREFUSED']);

/**
 * What kind of failure it was that a caller's function threw, without a word of its own, since those may hold the secret: a code of the system, a status
 * of HTTP, also of its cause. Of a file that could not be read, which the library says itself, the whole sentence.
 */
export function failureKind(error: unknown): string {
  if (error instanceof CimletError && error.code === 'ERR_FILE') return error.message.replace(/\.$/, '');
  const kinds = [error, fieldOf(error, 'cause')].map((one) => codeOf(one) ?? statusOf(one));
  return kinds.find((kind) => kind !== undefined) ?? 'its function failed';
}

function codeOf(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  if (typeof code !== 'string') return undefined;
  const isSystem = OTHERS.has(code) || [...getSystemErrorMap().values()].some(([name]) => name === code);
  return isSystem || CODE.test(code) ? code : undefined;
}

function statusOf(error: unknown): string | undefined {
  const status = ['status', 'statusCode']
    .map((name) => fieldOf(error, name) ?? fieldOf(fieldOf(error, 'response'), name))
    .find((value) => Number.isInteger(value) && Number(value) >= 100 && Number(value) <= 599);
  return status === undefined ? undefined : `HTTP ${Number(status)}`;
}

/** A getter of somebody else's may throw. */
function fieldOf(value: unknown, name: string): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}
