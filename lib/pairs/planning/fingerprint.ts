import { createHash } from 'node:crypto';
import { comparable } from '../model/comparable-value.js';
import { KINDS } from '../model/configuration-item.js';
import type { ServerReading } from '../model/server-reading.js';

/**
 * What a plan was made of, in one text: another one when something has changed that is compared within the scopes that were read, or in the
 * relationships. States of relationships, leases and what the server has for all scopes are not in it.
 */
export function fingerprintOf(...readings: readonly ServerReading[]): string {
  const hash = createHash('sha256');
  for (const reading of readings) {
    hash.update(JSON.stringify([reading.server.toLowerCase(), [...reading.read].sort()]));
    for (const line of linesOf(reading).sort()) hash.update(`\n${line}`);
  }
  return hash.digest('hex');
}

function linesOf({ relationships, items, unread }: ServerReading): string[] {
  return [
    ...relationships.map(({ State, ...rest }) => JSON.stringify(['relationship', rest])),
    ...unread
      .filter(
        ({ part, scopeId }) => scopeId !== null || part in GENERAL || KINDS[part as 'scope'].carriage === 'carried',
      )
      .map(({ part, scopeId, of }) => JSON.stringify(['unread', part, scopeId, of])),
    ...items
      .filter(({ scopeId, kind }) => scopeId !== null && kind !== 'reservationOption')
      .map(({ kind, scopeId, key, values }) =>
        JSON.stringify([
          kind,
          scopeId,
          key,
          ...KINDS[kind].members.map((member) => comparable(kind, member, values[member])),
        ]),
      ),
  ];
}

const GENERAL: Readonly<Record<string, true>> = { server: true, relationships: true, scopeList: true };
