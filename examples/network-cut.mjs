// A long replication whose connection breaks in the middle: it is picked up again, nothing runs twice, and no result is lost or doubled.
//
//   node examples/network-cut.mjs          CIMLET_SERVERS=server (pull its cable while it runs), or an emulated lab that cuts the connection
//
// Picking up takes up to 15 seconds: so long clients spread their attempts, so that they do not all come back at once (MS-WSMV 3.2.2).
import { channel } from 'node:diagnostics_channel';
import { addDhcpServerv4Failover, invokeDhcpServerv4FailoverReplication, newCimSession } from 'cimlet';
import { connect } from './connect.mjs';

const { servers, sessionOptions, lab, close } = await connect(slowReplication());
channel('cimlet:connection:close').subscribe(({ requests }) =>
  console.log(`  a connection closed after ${requests} requests`),
);
channel('cimlet:connection:open').subscribe(() => console.log('  a connection opened'));

const session = await newCimSession(servers[0], sessionOptions);
try {
  if (lab !== undefined) await prepare(lab);
  const options = {
    onProgress: ({ operation }) => {
      if (operation !== undefined) console.log(`  ${operation.percentComplete} %: ${operation.currentOperation}`);
    },
  };
  let replicated = 0;
  for await (const scopeId of invokeDhcpServerv4FailoverReplication({ CimSession: session, Force: true }, options)) {
    replicated++;
    console.log(`${scopeId} is replicated`);
  }
  console.log(`${replicated} scopes.`);
} finally {
  await session.close();
  await close();
}

/** Four scopes, half a second each. */
function slowReplication() {
  const scope = (number) => ({
    scopeId: `10.1.${number}.0`,
    startRange: `10.1.${number}.10`,
    endRange: `10.1.${number}.250`,
  });
  return {
    servers: [
      { name: 'dhcp1.contoso.com', address: '10.0.0.1', scopes: [1, 2, 3, 4].map(scope) },
      { name: 'dhcp2.contoso.com', address: '10.0.0.2' },
    ],
    service: { replicationMsPerScope: 500 },
  };
}

async function prepare(lab) {
  const ScopeId = [1, 2, 3, 4].map((number) => `10.1.${number}.0`);
  await addDhcpServerv4Failover({ CimSession: session, Name: 'SITE-1', PartnerServer: servers[1], ScopeId });
  let runs = 0;
  lab.observe((event) => {
    if (event.type === 'scope-replicated')
      console.log(`  (the server has replicated ${event.scopeId}, its scope number ${++runs})`);
  });
  lab.injectFault({ kind: 'reset', afterBytes: 3_000, times: 1, server: servers[0], action: '/InvokeByName' });
}
