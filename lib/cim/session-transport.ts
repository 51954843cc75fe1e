import { invalidArgument } from '../base/errors.js';
import { HttpTransport } from '../transport/http-transport.js';
import type { Transport } from '../transport/transport.js';
import type { CimSessionOptions } from './session-options.js';
import { sessionSecurity } from './session-security.js';

/** The way to the computer that the options describe. */
export function sessionTransport(computerName: string, options: CimSessionOptions): Transport {
  if (options.transport !== undefined) return options.transport({ computerName });
  const { port, httpUrlPrefix, maxConnections, idleTimeoutMs, maxResponseBytes, connectTo, lookup, proxy } = options;
  const tls = tlsOptions(options);
  return new HttpTransport({
    host: hostOf(computerName),
    security: sessionSecurity(computerName, options),
    encryption: options.noEncryption === true ? 'never' : 'auto',
    allowUnencrypted: options.allowUnencrypted ?? false,
    ...(tls === undefined ? {} : { tls }),
    ...(port === undefined ? {} : { port }),
    ...(httpUrlPrefix === undefined ? {} : { path: `/${httpUrlPrefix.replace(/^\/+/, '')}` }),
    ...(maxConnections === undefined ? {} : { maxConnections }),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
    ...(maxResponseBytes === undefined ? {} : { maxResponseBytes }),
    ...(connectTo === undefined ? {} : { connectTo }),
    ...(lookup === undefined ? {} : { lookup }),
    ...(proxy === undefined ? {} : { proxy }),
  });
}

function tlsOptions(options: CimSessionOptions): CimSessionOptions['tls'] {
  const { tls, skipCACheck, skipCNCheck } = options;
  const wanted = options.useSsl ?? (tls !== undefined || skipCACheck === true || skipCNCheck === true);
  if (!wanted) return undefined;
  return {
    ...tls,
    ...(skipCACheck === undefined ? {} : { skipCaCheck: skipCACheck }),
    ...(skipCNCheck === undefined ? {} : { skipCnCheck: skipCNCheck }),
  };
}

/** A name or an address; an IPv6 address may stand in brackets. */
function hostOf(computerName: string): string {
  const host = /^\[.*\]$/.test(computerName) ? computerName.slice(1, -1) : computerName;
  if (!/^[^\s/\\@?#[\]]+$/.test(host) || (host.includes(':') && !/^[0-9a-f:.]+(?:%[\w.-]+)?$/i.test(host))) {
    throw invalidArgument(
      'computerName',
      computerName,
      'Give a host name or an IP address, without scheme, port or path.',
    );
  }
  return host;
}
