// An emulated server with a scope of many leases, in a process of its own. Argument: how many.
import { startEmulator } from 'cimlet/emulator';

const count = Number(process.argv[2]);
const hex = (byte) => byte.toString(16).padStart(2, '0');
const leases = Array.from({ length: count }, (_, index) => {
  const [high, middle, low] = [(index + 1) >> 16, ((index + 1) >> 8) & 255, (index + 1) & 255];
  return {
    ipAddress: `10.${40 + high}.${middle}.${low}`,
    clientId: `00-15-5d-${hex(high)}-${hex(middle)}-${hex(low)}`,
    hostName: `pc-${index}.contoso.com`,
  };
});
const scope = { subnetMask: '255.254.0.0', startRange: '10.40.0.1', endRange: '10.41.255.254' };
const emulator = await startEmulator({
  authentication: { allowUnencrypted: true, basic: 'everywhere' },
  lab: {
    servers: [
      {
        name: 'dhcpserver.contoso.com',
        address: '10.10.10.2',
        scopes: count === 0 ? [] : [{ scopeId: '10.40.0.0', name: 'all', ...scope, leases }],
      },
    ],
  },
});
const [{ name, http }] = emulator.servers;
const { userName, password } = emulator.credential;
process.send({ name, port: http.port, credential: { userName, password: password.reveal() } });
