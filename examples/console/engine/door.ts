import type { ServerDoor } from 'cimlet/pairs';
import type { EngineContext } from './context.js';
import { refuse } from './problem.js';

/**
 * The way to a server of the list. To no other one: a server names its partner itself, and the credential goes only where somebody wants it to go.
 */
export function doorOf({ list, logons }: EngineContext, server: string): ServerDoor {
  if (list.nameOf(server) !== undefined) return logons.door(server);
  return {
    computerName: server,
    open: () => Promise.reject(notListed(server)),
  };
}

export const notListed = (server: string) =>
  refuse(
    'NOT_FOUND',
    `${server} is not in the list of servers, so that it is not asked.`,
    'Add it to the list.',
    server,
  );
