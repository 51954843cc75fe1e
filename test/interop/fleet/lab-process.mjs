// Emulated servers in a process of their own. Tells its parent, when asked, what happened in them.
import { fleetDescription, startEmulator } from 'cimlet/emulator';

const { servers, ms, faults = [] } = JSON.parse(process.argv[2]);
const lab = {
  ...fleetDescription(servers, { paired: true }),
  testNamespace: true,
  faults: [...faults, { kind: 'latency', ms }],
};
const emulator = await startEmulator({
  lab,
  sharedListeners: true,
  authentication: { allowUnencrypted: true, basic: 'everywhere' },
});
const events = {};
emulator.lab.observe(({ type }) => {
  events[type] = (events[type] ?? 0) + 1;
});
process.on('message', ({ ask, fault, fresh }) => {
  if (fresh !== undefined) {
    emulator.lab.clearFaults();
    emulator.lab.injectFault({ kind: 'latency', ms: fresh });
    for (const type of Object.keys(events)) delete events[type];
    process.send({ fresh: true });
  }
  if (fault !== undefined) emulator.lab.injectFault(fault);
  if (ask === true) process.send({ events });
});
process.on('disconnect', () => process.exit(0));
process.send({
  names: emulator.servers.map(({ name }) => name),
  http: emulator.servers[0].http,
  credential: { userName: emulator.credential.userName, password: emulator.credential.password.reveal() },
});
