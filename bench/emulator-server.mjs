// The emulated pair in a process of its own, with one failover relationship, and every logon allowed.
import { addDhcpServerv4Failover, newCimSession } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';
import { libraryModule } from './library-module.mjs';

const keytab = process.env.CIMLET_BENCH_KEYTAB;
const kerberos = keytab && {
  provider: (await libraryModule('lib/auth/gssapi/gssapi-provider.ts')).gssapiProvider,
  keytab,
};
const emulator = await startEmulator({
  authentication: { allowUnencrypted: true, basic: 'everywhere', ...(kerberos && { kerberos }) },
});
const [{ name, http }] = emulator.servers;
const session = await newCimSession(name, { transport: () => emulator.lab.transport(name, { delegated: true }) });
await addDhcpServerv4Failover({
  CimSession: session,
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
  SharedSecret: 'sEcReT',
  Force: true,
});
const { userName, password } = emulator.credential;
const credential = { userName, password: password.reveal() };
process.send({ name, port: http.port, credential, tls: { ca: emulator.ca } });
