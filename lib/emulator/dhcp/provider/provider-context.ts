import { ProviderError } from '../../fault/provider-error.js';
import type { ProviderStep } from '../../request/lab-fault.js';
import type { DhcpNetwork } from '../dhcp-network.js';
import type { DhcpServer } from '../dhcp-server.js';
import type { FailoverEngine } from '../failover/failover-engine.js';

/** Rights on one DHCP server: DHCP Administrators, DHCP Users, or neither. */
export type ServerAccess = 'administrator' | 'reader' | 'none';

/** On whose behalf the provider works. */
export interface ProviderCaller {
  /** The session's credentials reached the server, so the provider can act as the caller on other servers. */
  readonly delegated: boolean;
  accessTo(server: DhcpServer): ServerAccess;
  /** Whether the list of authorised servers may be changed, by a right in the directory; who has been authenticated may read it. */
  readonly changesDirectory: boolean;
}

/** Where a provider operation runs. */
export interface ProviderContext {
  readonly network: DhcpNetwork;
  readonly engine: FailoverEngine;
  /** The server that the session is connected to. */
  readonly server: DhcpServer;
  readonly caller: ProviderCaller;
  /** What the method that is called says when it fails as a whole on the server of that name; absent where no method is called. */
  readonly failedOperation?: (host: string) => string | undefined;
  readonly onStep?: (step: ProviderStep) => void;
}

/** What an operation gives: results and the errors of single items beside them. A whole operation that fails throws a ProviderError. */
export interface ProviderResult<T> {
  readonly output: readonly T[];
  readonly errors: readonly ProviderError[];
  /** What is no error, but worth a word. */
  readonly warnings?: readonly string[];
}

/** Runs `action` for each item; an item's ProviderError is collected and the next one goes on. */
export function forEachItem<I, O>(items: readonly I[], action: (item: I) => readonly O[]): ProviderResult<O> {
  const output: O[] = [];
  const errors: ProviderError[] = [];
  for (const item of items) {
    try {
      output.push(...action(item));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      errors.push(error);
    }
  }
  return { output, errors };
}
