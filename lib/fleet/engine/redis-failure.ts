import { CimletError, isCimletError } from '../../base/errors.js';
import type { RedisAddress } from './redis-address.js';

/** OpenSSL's and Node's words for a handshake or a certificate that was refused. */
const TLS = /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/;

/** An error of Redis or of the way to it, in the library's terms. What comes from the library passes as it is. */
export function redisFailure(
  cause: unknown,
  { shown, isSecure }: Pick<RedisAddress, 'shown' | 'isSecure'>,
): CimletError {
  if (isCimletError(cause) && cause instanceof CimletError) return cause;
  const { code, message, name } = wordsOf(cause);
  const made = (
    kind: CimletError['code'],
    text: string,
    { hint, retryable = false }: { readonly hint?: string; readonly retryable?: boolean } = {},
  ) => new CimletError(kind, `Redis at ${shown} ${text}`, { hint, retryable, cause });
  if (/^(?:WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH|ERR Client sent AUTH)/.test(message)) {
    return made('ERR_AUTHENTICATION', `refuses the logon: ${message.slice(0, 80)}`, {
      hint: 'Mend the user and the password in the address: rediss://user:password@host:port.',
    });
  }
  if (message.startsWith('NOPERM')) {
    return made('ERR_AUTHORIZATION', `does not allow its user what a fleet does: ${message.slice(0, 120)}`, {
      hint: 'The user needs all commands but the dangerous ones, with INFO, on the keys {cimlet-NAME}*: docs/fleets.md has the line.',
    });
  }
  if (/^OOM\b/.test(message)) {
    return made('ERR_QUEUE', 'is full: it takes nothing more.', {
      hint: 'Raise maxmemory, or wait until old runs are over their retention. Nothing is lost.',
      retryable: true,
    });
  }
  if (message.startsWith('READONLY')) {
    return made('ERR_QUEUE', 'is a replica, and writes nothing.', {
      hint: 'Give the address of the primary; after a failover it is reached within seconds, and nothing is lost but what was not replicated.',
      retryable: true,
    });
  }
  if (/^(?:MASTERDOWN|LOADING|MISCONF|CLUSTERDOWN|TRYAGAIN|BUSY)\b/.test(message)) {
    return made('ERR_QUEUE', `cannot write now: ${message.slice(0, 120)}`, {
      hint: 'Look at its log and its disk. Nothing is lost.',
      retryable: true,
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return made('ERR_NAME_NOT_RESOLVED', 'has a name that is not known.', { retryable: code === 'EAI_AGAIN' });
  }
  if (name === 'MaxRetriesPerRequestError') {
    return made('ERR_CONNECTION_LOST', 'is away.', {
      hint: 'Start it again, or wait for it: runs go on when it is back, and nothing is lost.',
      retryable: true,
    });
  }
  if (code === 'ECONNREFUSED') {
    return made('ERR_CONNECTION_REFUSED', 'does not listen.', {
      hint: 'Start it, or mend the address.',
      retryable: true,
    });
  }
  if (TLS.test(code) || /certificate|wrong version number|SSL routines/i.test(message)) {
    return made('ERR_TLS', `was refused by TLS, or refuses it: ${message.slice(0, 120)}`, {
      hint: isSecure
        ? 'Trust the authority of its certificate, or give redis:// where it speaks no TLS.'
        : 'Give rediss:// where it speaks TLS.',
    });
  }
  return made('ERR_CONNECTION_LOST', `cannot be talked to: ${message.slice(0, 120)}`, {
    hint: isSecure ? undefined : 'Where it speaks TLS, the address begins with rediss://.',
    retryable: true,
  } as { readonly hint?: string; readonly retryable?: boolean });
}

function wordsOf(cause: unknown): { readonly code: string; readonly message: string; readonly name: unknown } {
  const { code, message, name } = Object(cause) as Partial<Record<'code' | 'message' | 'name', unknown>>;
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : String(cause),
    name,
  };
}
