// A fleet of 1,000 servers with a scope each behind one listener, in a process of its own.
import { fleetDescription, startEmulator } from 'cimlet/emulator';

const emulator = await startEmulator({ lab: fleetDescription(1000) });
const { userName, password } = emulator.credential;
process.send({
  servers: emulator.servers.map(({ name, http }) => ({ name, port: http.port })),
  credential: { userName, password: password.reveal() },
});
