// Protects the scopes of a DHCP server: creates a failover relationship with a partner, and shows it from both sides.
//
//   node examples/create-failover.mjs [scope ...]          the first two of CIMLET_SERVERS, or an emulated pair
import { addDhcpServerv4Failover, CmdletError, getDhcpServerv4Failover, getDhcpServerv4Scope } from 'cimlet';
import { connect } from './connect.mjs';

const { servers, sessionOptions, close } = await connect();
const [server = '', partner = ''] = servers;

try {
  // Without scopes on the command line: all that are in no relationship yet.
  let scopes = process.argv.slice(2);
  if (scopes.length === 0) {
    const all = await getDhcpServerv4Scope({ ComputerName: server }, { sessionOptions });
    const taken = await getDhcpServerv4Failover({ ComputerName: server }, { sessionOptions });
    const inUse = new Set(taken.flatMap(({ ScopeId }) => ScopeId ?? []));
    scopes = all.map(({ ScopeId }) => ScopeId).filter((scope) => !inUse.has(scope));
  }

  await addDhcpServerv4Failover(
    {
      ComputerName: server,
      Name: 'SFO-SIN-Failover',
      PartnerServer: partner,
      ScopeId: scopes,
      LoadBalancePercent: 70,
      MaxClientLeadTime: '2:00:00',
      StateSwitchInterval: { hours: 1 },
    },
    { sessionOptions },
  );

  const both = getDhcpServerv4Failover({ CimSession: [server, partner], Name: 'SFO-SIN-Failover' }, { sessionOptions });
  for await (const failover of both) {
    const { PSComputerName, ServerType, LoadBalancePercent, State, ScopeId, MaxClientLeadTime } = failover;
    console.log(`${PSComputerName} (${ServerType}): ${State}, ${LoadBalancePercent} % of the clients`);
    console.log(
      `  scopes ${ScopeId?.join(', ')}; clients may keep an address ${MaxClientLeadTime} longer than the partner knows`,
    );
  }
} catch (error) {
  if (!(error instanceof CmdletError)) throw error;
  // One record for each thing that failed, laid out as PowerShell does.
  for (const record of error.errors) console.error(String(record));
  if (error.hint !== undefined) console.error(error.hint);
  process.exitCode = 1;
} finally {
  await close();
}
