// node-soap over real sockets: its calls are logged on, sealed and delegated as the session's are.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Client, createClientAsync } from 'soap';
import type { DiagnosticMessages } from '../../lib/base/diagnostics.js';
import { CimletError } from '../../lib/base/errors.js';
import { type CimSession, newCimSession } from '../../lib/cim/session/cim-session.js';
import type { CimSessionOptions } from '../../lib/cim/session/session-options.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';
import { soapClientOptions } from '../../lib/soap/soap-client-options.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { startRelay } from './relay.js';

const WSDL = join(__dirname, '../../schemas/dhcp-server/PS_DhcpServerv4Failover.wsdl');
const SHARED_SECRET = 'sEcReT-Okapi<3>';
/** No Kerberos, whatever the machine has. */
const kerberos = { provider: () => Promise.reject(new CimletError('ERR_MISSING_PEER', 'no Kerberos in this test')) };

type LoggedOn = DiagnosticMessages['cimlet:auth:complete'];
const loggedOn: LoggedOn[] = [];
const onLogon = (message: unknown) => {
  loggedOn.push(message as LoggedOn);
};

let emulator: Emulator;
let relay: Awaited<ReturnType<typeof startRelay>>;
const sessions: CimSession[] = [];
beforeEach(async () => {
  // As Windows is set up: nothing but sealed messages over http.
  emulator = await startEmulator();
  const [server] = emulator.servers;
  if (server === undefined) throw new Error('The lab has no server');
  relay = await startRelay(server.http);
  loggedOn.length = 0;
  subscribe('cimlet:auth:complete', onLogon);
});
afterEach(async () => {
  unsubscribe('cimlet:auth:complete', onLogon);
  for (const session of sessions.splice(0)) await session.close();
  await relay.close();
  await emulator.close();
});

async function clientOver(options: CimSessionOptions): Promise<Client> {
  const session = await newCimSession('dhcpserver.contoso.com', {
    ...emulator.sessionOptions,
    connectTo: relay.address,
    kerberos,
    ...options,
  });
  sessions.push(session);
  return createClientAsync(WSDL, { ...soapClientOptions(session), disableCache: true });
}

const relationship = {
  Name: 'SFO-SIN-Failover',
  PartnerServer: 'dhcpserver2.contoso.com',
  ScopeId: ['10.10.10.0', '10.20.20.0'],
  SharedSecret: SHARED_SECRET,
  Force: true,
};

describe('CredSSP', () => {
  it('reaches the partner, sealed, on one connection', async () => {
    const client = await clientOver({ authentication: 'CredSsp' });
    await client['AddByLoadBalanceAsync']({ ...relationship, LoadBalancePercent: 70 });
    await client['SetAsync']({ Name: 'SFO-SIN-Failover', MaxClientLeadTime: { Interval: 'PT3H' }, Force: true });
    const [{ cmdletOutput }] = await client['GetByScopeIdAsync']({ ScopeId: '10.10.10.0' });
    expect(cmdletOutput).toMatchObject([
      { LoadBalancePercent: 70, EnableAuth: true, MaxClientLeadTime: { Interval: 'P0DT3H0M0S' } },
    ]);
    const partner = emulator.lab.server('dhcpserver2.contoso.com');
    expect([...partner.relationships.values()].map(({ name }) => name)).toEqual(['SFO-SIN-Failover']);
    await client['RemoveAsync']({ Name: ['SFO-SIN-Failover'], Force: true });

    expect(loggedOn).toMatchObject([{ mechanism: 'CredSSP', encrypts: true, delegates: true }]);
    expect(relay.connections).toBe(1);
    expect(relay.bytes).toContain('HTTP-CredSSP-session-encrypted');
    expect(relay.bytes).not.toMatch(/SFO-SIN|Okapi|INPUT|cmdletOutput/);
  });
});

describe('NTLM', () => {
  it('is sealed, and the server’s refusal to go on to the partner is a fault', async () => {
    const client = await clientOver({ authentication: 'Negotiate' });
    const [got] = await client['GetByNameAsync']({});
    expect(got).toEqual({ ReturnValue: 0 });
    const error = await rejectionOf(client['AddByHotStandbyAsync'](relationship));
    // The double hop: Windows' ERROR_ACCESS_DENIED, 5.
    expect(error).toMatchObject({
      root: { Envelope: { Body: { Fault: { Detail: { MSFT_WmiError: { error_Code: '5' } } } } } },
    });
    expect(inspect(error, { depth: 9 })).not.toContain('Okapi');

    expect(loggedOn).toMatchObject([{ mechanism: 'NTLM', encrypts: true, delegates: false }]);
    expect(relay.connections).toBe(1);
    expect(relay.bytes).toContain('HTTP-SPNEGO-session-encrypted');
    expect(relay.bytes).not.toMatch(/SFO-SIN|Okapi|INPUT|cmdletOutput|MSFT_WmiError/);
  });

  it('tells a wrong password as we do', async () => {
    const password = 'Wr0ng-Giraffe&9';
    const { userName } = emulator.credential;
    const client = await clientOver({ authentication: 'Negotiate', credential: { userName, password } });
    const error = await rejectionOf(client['AddByHotStandbyAsync'](relationship));
    expect(error).toMatchObject({ name: 'CimletError', code: 'ERR_AUTHENTICATION' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/Giraffe|Okapi/);
    expect(relay.bytes).not.toMatch(/Okapi|INPUT/);
  });

  it('does without sealing over TLS', async () => {
    const [server] = emulator.servers;
    const client = await clientOver({
      authentication: 'Negotiate',
      useSsl: true,
      tls: { ca: emulator.ca },
      connectTo: server?.https,
    });
    const [got] = await client['GetByNameAsync']({});
    expect(got).toEqual({ ReturnValue: 0 });
    expect(loggedOn).toMatchObject([{ mechanism: 'NTLM' }]);
  });
});
