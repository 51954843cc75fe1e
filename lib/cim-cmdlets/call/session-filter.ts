import type { CimSessionList, ListedSession } from '../../cim/session/session-list.js';
import type { CallParameters } from '../../cmdlet/contract/bound-call.js';
import { ObjectNotFoundError } from '../../cmdlet/contract/object-not-found-error.js';
import type { OperationContext } from '../../cmdlet/contract/operation.js';
import { hasWildcard, wildcard } from '../../cmdlet/convert/wildcard.js';
import { inSets, parameter } from '../definition/parameters.js';
import { textsOf } from './call-values.js';

/** How Get-CimSession and Remove-CimSession name sessions. */
export const FILTER_SETS = ['ComputerNameSet', 'SessionIdSet', 'InstanceIdSet', 'NameSet'] as const;

/** The parameters of these sets. `required`: ComputerName is mandatory in its set. */
export function filterParameters(required: boolean) {
  const mandatory = { mandatory: true };
  return [
    parameter(
      'ComputerName',
      'String',
      'Sessions to these computers.',
      inSets(['ComputerNameSet'], { mandatory: required, position: 0 }),
      { isArray: true, aliases: ['CN', 'ServerName'], byName: true },
    ),
    parameter('Id', 'UInt32', 'Numbers of sessions.', inSets(['SessionIdSet'], { ...mandatory, position: 0 }), {
      isArray: true,
      byName: true,
    }),
    parameter('InstanceId', 'Guid', 'UUIDs of sessions.', inSets(['InstanceIdSet'], mandatory), {
      isArray: true,
      byName: true,
    }),
    parameter('Name', 'String', 'Names of sessions; * and ? are taken.', inSets(['NameSet'], mandatory), {
      isArray: true,
      byName: true,
    }),
  ];
}

/** How each of the parameters picks sessions. */
const CRITERIA: Readonly<Record<string, (session: ListedSession, wanted: string) => boolean>> = {
  ComputerName: (session, wanted) => session.computerName.toLowerCase() === wanted.toLowerCase(),
  Id: (session, wanted) => String(session.id) === wanted,
  InstanceId: (session, wanted) => session.instanceId.toLowerCase() === wanted.replace(/[{}]/g, '').toLowerCase(),
  Name: (session, wanted) => wildcard(wanted).test(session.name),
};

/** The sessions that a call names, each once; all of them when it names none. A name without a session is reported. */
export async function findSessions(
  call: CallParameters,
  list: CimSessionList,
  context: OperationContext,
): Promise<ListedSession[]> {
  const all = [...list];
  const found = new Set<ListedSession>();
  let isNamed = false;
  for (const [name, fits] of Object.entries(CRITERIA)) {
    for (const wanted of textsOf(call, name) ?? []) {
      isNamed = true;
      const matches = all.filter((session) => fits(session, wanted));
      for (const session of matches) found.add(session);
      if (matches.length > 0 || (name === 'Name' && hasWildcard(wanted))) continue;
      await context.report(
        new ObjectNotFoundError(
          `There is no open session with the ${name} ${wanted}.`,
          'Get-CimSession without parameters lists the open ones.',
        ),
      );
    }
  }
  return isNamed ? [...found] : all;
}
