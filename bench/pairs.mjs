// Both servers of a pair of 400 scopes and 10,000 reservations read and compared, against the same calls whose answers nobody looks at.
import {
  getDhcpServerv4Class,
  getDhcpServerv4ExclusionRange,
  getDhcpServerv4Failover,
  getDhcpServerv4Filter,
  getDhcpServerv4FilterList,
  getDhcpServerv4OptionDefinition,
  getDhcpServerv4OptionValue,
  getDhcpServerv4Policy,
  getDhcpServerv4Reservation,
  getDhcpServerv4Scope,
  newCimSession,
} from 'cimlet';
import { comparePair, readPair } from 'cimlet/pairs';
import { inTurn, median, pool, report, server, time } from './measure.mjs';

const AT_A_TIME = 8;
const RUNS = 3;

export async function benchPairs() {
  const { servers, credential, stop } = await server('./pairs-server.mjs');
  const sessions = await Promise.all(
    servers.map(({ name, port }) =>
      newCimSession(name, {
        port,
        connectTo: { host: '127.0.0.1', port },
        authentication: 'Basic',
        allowUnencrypted: true,
        credential,
      }),
    ),
  );
  let calls = 0;
  const ours = async () => {
    const { here, there } = await readPair(...sessions);
    calls = here.calls + there.calls;
    const { verdict, counts } = comparePair(here, there);
    if (verdict !== 'inStep') throw new Error(`${verdict}: ${JSON.stringify(counts)}`);
  };
  const calling = async (CimSession) => {
    await getDhcpServerv4Failover({ CimSession });
    const scopes = await getDhcpServerv4Scope({ CimSession });
    const all = { All: true, Brief: true };
    await Promise.all([
      getDhcpServerv4ExclusionRange({ CimSession }),
      getDhcpServerv4OptionValue({ CimSession, ...all }),
      getDhcpServerv4Policy({ CimSession }),
      getDhcpServerv4Class({ CimSession }),
      getDhcpServerv4OptionDefinition({ CimSession, All: true }),
      getDhcpServerv4Filter({ CimSession }),
      getDhcpServerv4FilterList({ CimSession }),
    ]);
    await pool(scopes.length, AT_A_TIME, async (index) => {
      const { ScopeId } = scopes[index];
      await getDhcpServerv4OptionValue({ CimSession, ScopeId, ...all });
      await getDhcpServerv4Policy({ CimSession, ScopeId });
      await getDhcpServerv4Reservation({ CimSession, ScopeId });
    });
  };
  try {
    console.log('A pair of 400 scopes and 10,000 reservations: read and compared');
    // The emulator is most of what is waited for, in a process of its own; what this process works is told beside it.
    const cpu = { ours: [], calls: [] };
    const measured = (kind, work) => async () => {
      const before = process.cpuUsage();
      const took = await time(work);
      const { user, system } = process.cpuUsage(before);
      cpu[kind].push(user + system);
      return took;
    };
    const { ratio, ours: took } = await inTurn(
      measured('ours', ours),
      measured('calls', () => Promise.all(sessions.map(calling))),
      RUNS,
    );
    report('cmdlets that are called', calls, { most: 2418 });
    report('time against that of the calls alone', ratio, { most: 1.2 }, `${(took / 1000).toFixed(1)} s`);
    // The first of each warms up.
    const cpuRatios = cpu.ours.slice(1).map((used, run) => used / cpu.calls[run + 1]);
    report(
      'CPU of this process, the same',
      median(cpuRatios),
      { most: 1.2 },
      `${(median(cpu.ours) / 1e6).toFixed(1)} s`,
    );
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
    stop();
  }
}
