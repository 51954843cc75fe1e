// A server with many scopes in a process of its own, which takes Basic over http.
import { createLab, startEmulator } from 'cimlet/emulator';

const SCOPES = 1000;
const scopes = Array.from({ length: SCOPES }, (_, index) => {
  const network = `10.${100 + (index >> 8)}.${index & 255}`;
  return { scopeId: `${network}.0`, name: `Scope ${index}`, startRange: `${network}.10`, endRange: `${network}.250` };
});
const lab = createLab({
  users: [{ userName: 'CONTOSO\\dhcpadmin' }],
  servers: [{ name: 'dhcpserver.contoso.com', address: '10.10.10.2', scopes }],
});
const emulator = await startEmulator({ lab, authentication: { allowUnencrypted: true, basic: 'everywhere' } });
const [{ name, http }] = emulator.servers;
const { userName, password } = emulator.credential;
process.send({ name, port: http.port, credential: { userName, password: password.reveal() } });
