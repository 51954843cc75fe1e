// Where the examples run: on your servers when CIMLET_SERVERS or a profile names them, else on an emulated lab. Copy it along with an example.
import { profileOptions } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';

/**
 * @param {import('cimlet/emulator').LabDescription} [lab] what to emulate; default: the two servers of PowerShell's help examples
 * @returns {Promise<{
 *   servers: readonly string[],
 *   sessionOptions: import('cimlet').CimSessionOptions,
 *   lab: import('cimlet/emulator').Lab | undefined,
 *   close: () => Promise<void>,
 * }>} the servers' names, how to reach them, and the lab when they are emulated
 */
export async function connect(lab) {
  const { CIMLET_SERVERS, CIMLET_CA } = process.env;
  // CIMLET_USER, CIMLET_PASSWORD, CIMLET_AUTH and the like, and a profile of ~/.config/cimlet/profiles.json: as the command reads them.
  const { computers = [], ...options } = profileOptions();
  const servers =
    CIMLET_SERVERS === undefined ? [computers].flat() : CIMLET_SERVERS.split(',').map((name) => name.trim());
  if (servers.length > 0) {
    return {
      servers,
      sessionOptions: {
        // Add, Set and Remove make the server call its partner as you: only CredSSP and delegated Kerberos get that far.
        authentication: 'CredSsp',
        ...(options.authentication === 'Kerberos' && { kerberos: { delegate: true } }),
        ...(CIMLET_CA !== undefined && { useSsl: true }),
        ...options,
      },
      lab: undefined,
      close: async () => {},
    };
  }
  // All emulated servers listen on one port, and are told apart by their names.
  const emulator = await startEmulator({ sharedListeners: true, ...(lab !== undefined && { lab }) });
  console.log('CIMLET_SERVERS is not set: running on an emulated lab.\n');
  return {
    servers: emulator.servers.map(({ name }) => name),
    // One round trip for a logon, where CredSSP takes five: some of the fleets are large.
    sessionOptions: { ...emulator.sessionOptions, authentication: 'Basic', useSsl: true },
    lab: emulator.lab,
    close: () => emulator.close(),
  };
}
