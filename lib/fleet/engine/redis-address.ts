import { isIP } from 'node:net';
import { invalidArgument } from '../../base/errors.js';
import type { FleetTls } from '../contract/fleet-options.js';
import type { RedisOptions } from './load-engine.js';

const PROTOCOLS = ['redis:', 'rediss:'];
const REMEDY =
  "Give the address of a Redis: 'redis://127.0.0.1:6379', or with TLS 'rediss://user:password@redis.contoso.com:6379'.";

/** Where a Redis is, and how it is spoken to. */
export interface RedisAddress {
  /** Without user and password, for messages. */
  readonly shown: string;
  readonly isSecure: boolean;
  readonly options: Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>;
}

/** @throws CimletError `ERR_INVALID_ARGUMENT`; the address is not in it, since it may hold a password. */
export function redisAddress(redis: string, tls: FleetTls | undefined): RedisAddress {
  const url = typeof redis === 'string' && URL.canParse(redis) ? new URL(redis) : undefined;
  if (url === undefined || !PROTOCOLS.includes(url.protocol) || url.hostname === '') {
    throw invalidArgument('redis', Object('what was given'), REMEDY);
  }
  const isSecure = url.protocol === 'rediss:';
  if (tls !== undefined && !isSecure) {
    throw invalidArgument('tls', Object('it'), "Its options need an address that begins with 'rediss://'.");
  }
  const [, database = ''] = url.pathname.split('/');
  if (!/^\d{0,5}$/.test(database)) {
    throw invalidArgument('redis', `the database ${database}`, 'Give its number: redis://127.0.0.1:6379/1.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 6379);
  return {
    shown: `${url.protocol}//${url.hostname}:${port}`,
    isSecure,
    options: {
      host,
      port,
      ...(url.username !== '' && { username: decoded(url.username) }),
      ...(url.password !== '' && { password: decoded(url.password) }),
      ...(database !== '' && { db: Number(database) }),
      ...(isSecure && { tls: tlsOptions(host, tls) }),
    },
  };
}

function tlsOptions(host: string, { ca, cert, key, serverName }: FleetTls = {}): NonNullable<RedisOptions['tls']> {
  return {
    // RFC 6066 section 3: an address is no server name; the certificate is held against it anyway.
    ...((serverName !== undefined || isIP(host) === 0) && { servername: serverName ?? host }),
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

/** A percent sign that stands for itself is left as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
