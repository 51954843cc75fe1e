import { CimletError } from '../../base/errors.js';
import { newCimSession } from '../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import { type Emulator, startEmulator } from '../../emulator/emulator.js';
import type { Lab } from '../../emulator/lab/lab.js';
import type { OpenSession } from './open-session.js';

const LOCAL = /^(?:localhost|\.|127\.0\.0\.1|::1)$/i;

/** The account that the lab's client certificate stands for. */
const CERTIFICATE_USER = 'dhcpadmin@contoso.com';

/** A lab that listens on loopback for as long as a command line runs. */
export interface LabSessions {
  readonly open: OpenSession;
  close(): Promise<void>;
}

/**
 * Sessions to the servers of a lab, over sockets, as `optionsFor` wants them. What it leaves open is the lab's: its account, its authority,
 * and CredSSP, which hands the credential on so that a server can act as the caller at its partner.
 * The local computer is the lab's first server.
 */
export async function openLabSessions(
  lab: Lab,
  optionsFor: (computerName: string) => CimSessionOptions,
): Promise<LabSessions> {
  const emulator = await startEmulator({ lab });
  return {
    open: (computerName, own) => {
      const wanted = { ...optionsFor(computerName), ...own };
      return newCimSession(computerName, labOptions(emulator, serverName(lab, computerName), wanted));
    },
    close: () => emulator.close(),
  };
}

function labOptions(emulator: Emulator, name: string, wanted: CimSessionOptions): CimSessionOptions {
  const server = emulator.servers.find((one) => one.name === name);
  if (server === undefined) throw new TypeError(`The lab's server ${name} does not listen.`);
  const { authentication = 'CredSsp' } = wanted;
  const useSsl = wanted.useSsl === true || authentication === 'Certificate';
  const certificate = authentication === 'Certificate' && wanted.tls?.cert === undefined;
  return {
    ...wanted,
    authentication,
    // The lab has no realm, and looking for one may take long.
    kerberos: false,
    useSsl,
    credential: wanted.credential ?? emulator.credential,
    connectTo: useSsl ? server.https : server.http,
    ...(useSsl && {
      tls: {
        ca: emulator.ca,
        serverName: name,
        ...(certificate && emulator.authority.client(CERTIFICATE_USER)),
        ...wanted.tls,
      },
    }),
  };
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
