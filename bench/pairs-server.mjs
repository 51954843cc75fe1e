// A pair of 400 scopes and 10,000 reservations in a process of its own, alike on both servers, with every logon allowed.
import { driftDescription, startEmulator } from 'cimlet/emulator';

const SCOPES = 400;
const RESERVATIONS = 25;

const hex = (value) => value.toString(16).padStart(2, '0');
const scopes = Array.from({ length: SCOPES }, (_, index) => {
  const network = `10.${50 + (index >> 8)}.${index & 255}`;
  return {
    scopeId: `${network}.0`,
    optionValues: [{ optionId: 3, value: [`${network}.1`] }],
    reservations: Array.from({ length: RESERVATIONS }, (_, host) => ({
      ipAddress: `${network}.${20 + host}`,
      clientId: `00-15-5d-${hex(index >> 8)}-${hex(index & 255)}-${hex(host)}`,
      name: `pc-${index}-${host}`,
      description: '',
      type: 'Both',
    })),
  };
});
const drift = driftDescription();
const servers = drift.servers.map(({ name, address, relationships: [copy] }) => ({
  name,
  address,
  scopes,
  relationships: [{ ...copy, scopes: scopes.map(({ scopeId }) => scopeId) }],
}));
const emulator = await startEmulator({
  lab: { ...drift, servers },
  authentication: { allowUnencrypted: true, basic: 'everywhere' },
});
const { userName, password } = emulator.credential;
process.send({
  servers: emulator.servers.map(({ name, http }) => ({ name, port: http.port })),
  credential: { userName, password: password.reveal() },
});
