import { invalidArgument } from '../../base/errors.js';
import { wireHost } from '../../base/network/host-name.js';
import { HttpTransport } from '../../transport/http-transport.js';
import type { ProxyOptions } from '../../transport/socket/proxy-tunnel.js';
import type { Transport } from '../../transport/transport.js';
import { maxResponseBytes } from './response-limits.js';
import { readCredential, sessionAuthentication } from './session-authentication.js';
import { type CimProxy, type CimSessionOptions, wantsTls } from './session-options.js';

/** The way to the computer that the options describe. */
export function sessionTransport(computerName: string, options: CimSessionOptions): Transport {
  return options.transport?.({ computerName }) ?? httpTransport(computerName, options);
}

function httpTransport(computerName: string, options: CimSessionOptions): Transport {
  const { port, httpUrlPrefix, maxConnections, idleTimeoutMs, connectTo, lookup, proxy } = options;
  // A fan-out makes thousands of these, and a chain of spreads would cost as much as opening the connection.
  return new HttpTransport({
    host: hostOf(computerName),
    security: sessionAuthentication(computerName, options),
    encryption: options.noEncryption === true ? 'never' : 'auto',
    allowUnencrypted: options.allowUnencrypted ?? false,
    tls: tlsOptions(options),
    port,
    path: httpUrlPrefix === undefined ? undefined : `/${httpUrlPrefix.replace(/^\/+/, '')}`,
    maxConnections,
    idleTimeoutMs,
    maxResponseBytes: maxResponseBytes(options),
    connectTo: typeof connectTo === 'function' ? connectTo({ computerName, secure: wantsTls(options) }) : connectTo,
    lookup,
    proxy: proxy === undefined ? undefined : proxyOf(proxy),
  });
}

/** Checks the proxy. @throws CimletError `ERR_INVALID_ARGUMENT` */
export function proxyOf({ host, port, credential }: CimProxy): ProxyOptions {
  if (typeof host !== 'string' || !/^[^\s/?#@\\[\]]+$/.test(host)) {
    throw invalidArgument('proxy.host', host, 'Give a name or an address, without brackets, scheme or path.');
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalidArgument('proxy.port', port, 'Give a number from 1 to 65535.');
  }
  return {
    host,
    port,
    ...(credential === undefined ? {} : { credential: readCredential(credential, 'proxy.credential') }),
  };
}

function tlsOptions(options: CimSessionOptions): CimSessionOptions['tls'] {
  const { tls, skipCACheck, skipCNCheck } = options;
  if (!wantsTls(options)) return undefined;
  return {
    ...tls,
    ...(skipCACheck === undefined ? {} : { skipCaCheck: skipCACheck }),
    ...(skipCNCheck === undefined ? {} : { skipCnCheck: skipCNCheck }),
  };
}

/** A name or an address; an IPv6 address may stand in brackets. */
function hostOf(computerName: string): string {
  const host = /^\[.*\]$/.test(computerName) ? computerName.slice(1, -1) : computerName;
  const isAddress = host.includes(':');
  const isHost = isAddress ? /^[0-9a-f:.]+(?:%[\w.-]+)?$/i.test(host) : /^[^\s/\\@?#[\]]+$/.test(host);
  if (!isHost || wireHost(host) === undefined) {
    throw invalidArgument(
      'computerName',
      computerName,
      'Give a host name or an IP address, without scheme, port or path.',
    );
  }
  return host;
}
