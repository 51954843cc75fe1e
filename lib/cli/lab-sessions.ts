import { CimletError } from '../base/errors.js';
import { newCimSession } from '../cim/cim-session.js';
import type { SessionFactory } from '../cmdlet/method-invoker.js';
import type { Lab } from '../emulator/lab.js';

const LOCAL = /^(?:localhost|\.|127\.0\.0\.1|::1)$/i;

/** Sessions to the servers of a lab, without sockets. The local computer is the lab's first server. */
export function labSessions(lab: Lab): SessionFactory {
  return (computerName) =>
    newCimSession(computerName, { transport: ({ computerName: name }) => lab.transport(serverName(lab, name)) });
}

function serverName(lab: Lab, computerName: string): string {
  const names = lab.servers.map(({ name }) => name);
  const [first] = names;
  if (LOCAL.test(computerName) && first !== undefined) return first;
  const wanted = computerName.toLowerCase();
  const found = lab.servers.find(
    ({ name, address }) =>
      name.toLowerCase() === wanted || name.toLowerCase().split('.')[0] === wanted || address === wanted,
  );
  if (found) return found.name;
  throw new CimletError('ERR_NAME_NOT_RESOLVED', `The lab has no server named ${JSON.stringify(computerName)}.`, {
    hint: `It has ${names.join(' and ')}.`,
  });
}
