// For code that speaks SOAP through node-soap already: the failover methods by their WSDL, over a session of cimlet.
//
//   node examples/node-soap.mjs          the first two of CIMLET_SERVERS, or an emulated pair; needs `npm install soap`
import { fileURLToPath } from 'node:url';
import { newCimSession, soapClientOptions } from 'cimlet';
import soap from 'soap';
import { connect } from './connect.mjs';

const schemas = new URL('./schemas/dhcp-server/', import.meta.resolve('cimlet/package.json'));
const wsdl = fileURLToPath(new URL('PS_DhcpServerv4Failover.wsdl', schemas));

const { servers, sessionOptions, close } = await connect();
const [server = '', partner = ''] = servers;

/** A client for one server. The session logs on and seals; `await using` it where your Node has that. */
async function clientOf(computerName) {
  const session = await newCimSession(computerName, sessionOptions);
  return { session, client: await soap.createClientAsync(wsdl, soapClientOptions(session)) };
}

const here = await clientOf(server);
const there = await clientOf(partner);
try {
  await here.client.AddByLoadBalanceAsync({
    Name: 'SFO-SIN-Failover',
    PartnerServer: partner,
    ScopeId: ['10.10.10.0', '10.20.20.0'],
    LoadBalancePercent: 70,
    MaxClientLeadTime: { Interval: 'PT2H' },
    Force: true,
  });
  for (const { session, client } of [here, there]) {
    const [{ cmdletOutput = [] }] = await client.GetByNameAsync({ Name: ['SFO-SIN-Failover'] });
    for (const { ServerType, State, LoadBalancePercent, ScopeId, MaxClientLeadTime } of cmdletOutput) {
      console.log(`${session.computerName} (${ServerType}): ${State}, ${LoadBalancePercent} % of the clients`);
      console.log(`  scopes ${ScopeId.join(', ')}; lead time ${MaxClientLeadTime.Interval}`);
    }
  }

  // What a server refuses is node-soap's error, with the fault; all that happens before is cimlet's, with a code.
  await here.client.GetByNameAsync({ Name: ['SFO-NYC-Failover'] }).catch((error) => {
    const fault = error.root?.Envelope.Body.Fault;
    if (fault === undefined) throw error;
    console.log(`${fault.Detail.MSFT_WmiError.MessageID}: ${fault.Reason.Text.$value}`);
  });

  await here.client.RemoveAsync({ Name: ['SFO-SIN-Failover'], Force: true });
} catch (error) {
  console.error(`${error.code ?? 'SOAP fault'}: ${error.message}`);
  if (error.hint !== undefined) console.error(error.hint);
  process.exitCode = 1;
} finally {
  await here.session.close();
  await there.session.close();
  await close();
}
