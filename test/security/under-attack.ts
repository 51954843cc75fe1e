import { isCimletError } from '../../lib/base/errors.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import type { TamperingProxy } from './tampering-proxy.js';

const SCOPES = { namespace: 'root/Microsoft/Windows/DHCP', className: 'PS_DhcpServerv4Scope', method: 'Get' } as const;

/** Opens a session through the proxy. */
export function sessionThrough(proxy: TamperingProxy, name: string, options: CimSessionOptions): Promise<CimSession> {
  return newCimSession(name, { operationTimeoutMs: 20_000, maxConnections: 1, ...options, connectTo: proxy });
}

/** What a caller gets of the server's scopes: their text, or the code of the error that it is told. Whatever else is thrown is a failure of the library. */
export async function scopesOf(
  session: CimSession,
): Promise<{ readonly scopes: string } | { readonly refused: string }> {
  try {
    const { outParameters, returnValue } = await session.invokeMethod(SCOPES);
    return { scopes: JSON.stringify([returnValue, outParameters]) };
  } catch (error) {
    if (isCimletError(error)) return { refused: error.code };
    throw error;
  }
}

export function isSealed({ head }: { readonly head: string }): boolean {
  return /\r\ncontent-type: multipart\//i.test(head);
}
