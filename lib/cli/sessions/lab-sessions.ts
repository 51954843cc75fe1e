import { newCimSession } from '../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';
import { type Emulator, startEmulator } from '../../emulator/emulator.js';
import type { Lab } from '../../emulator/lab/lab.js';
import { serverName } from '../../emulator/listener/lab-session-options.js';
import type { OpenSession } from './open-session.js';

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
  const { sessionOptions } = emulator;
  const { authentication = sessionOptions.authentication } = wanted;
  const useSsl = wanted.useSsl === true || authentication === 'Certificate';
  const certificate = authentication === 'Certificate' && wanted.tls?.cert === undefined;
  return {
    ...wanted,
    authentication,
    kerberos: sessionOptions.kerberos,
    useSsl,
    credential: wanted.credential ?? sessionOptions.credential,
    connectTo: sessionOptions.connectTo({ computerName: name, secure: useSsl }),
    // Over http it is CredSSP that shows a certificate.
    ...((useSsl || authentication === 'CredSsp') && {
      tls: {
        ...sessionOptions.tls,
        serverName: name,
        ...(certificate && emulator.authority.client(CERTIFICATE_USER)),
        ...wanted.tls,
      },
    }),
  };
}
