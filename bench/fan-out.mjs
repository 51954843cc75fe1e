// One cmdlet over 1,000 computers that each answer in 50 ms, against the ideal: rounds of ThrottleLimit computers, 50 ms a round.
// Beside it, what bare node:http needs for the same on this machine, with a connection for each computer.
import { getDhcpServerv4Failover, getDhcpServerv4ScopeStatistics } from 'cimlet';
import { bareClient } from './bare-client.mjs';
import { median, pool, report, server, time } from './measure.mjs';

const TARGETS = 1000;
const DELAY_MS = 50;
const RUNS = 5;
const BODY = Buffer.from(`<a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID>${' '.repeat(1900)}`);

export async function benchFanOut() {
  const echo = await server('./echo-server.mjs');
  console.log(`Fan-out: ${TARGETS} computers, each answering after ${DELAY_MS} ms`);
  const names = Array.from({ length: TARGETS }, (_, index) => `dhcp${index}.contoso.com`);
  const path = `wsman?delay=${DELAY_MS}`;
  const sessionOptions = {
    port: echo.port,
    connectTo: { host: '127.0.0.1', port: echo.port },
    httpUrlPrefix: path,
    authentication: 'Basic',
    allowUnencrypted: true,
    credential: { userName: 'x', password: 'y' },
  };
  const ours = async (limit) => {
    const call = { CimSession: names, ThrottleLimit: limit, Name: 'SFO-SIN-Failover' };
    const found = await getDhcpServerv4Failover(call, { sessionOptions });
    if (found.length !== TARGETS) throw new Error(`${found.length} results`);
  };
  const statistics = async (limit) => {
    const httpUrlPrefix = `${path}&reply=statistics`;
    const call = { CimSession: names, ThrottleLimit: limit };
    const found = await getDhcpServerv4ScopeStatistics(call, { sessionOptions: { ...sessionOptions, httpUrlPrefix } });
    if (found.length !== 8 * TARGETS) throw new Error(`${found.length} results`);
  };
  const bare = (limit) =>
    pool(TARGETS, limit, async () => {
      const client = bareClient(echo.port);
      await client.post(BODY, `/${path}`);
      client.close();
    });
  try {
    for (const [limit, most] of [
      [32, 1.1],
      [128, 1.35],
    ]) {
      const ideal = Math.ceil(TARGETS / limit) * DELAY_MS;
      const runs = { ours: [], bare: [], statistics: [] };
      for (let run = 0; run <= RUNS; run += 1) {
        const pair = [await time(() => ours(limit)), await time(() => bare(limit))];
        const counted = limit === 32 ? await time(() => statistics(limit)) : undefined;
        // The first one warms both sides up.
        if (run === 0) continue;
        runs.ours.push(pair[0] / ideal);
        runs.bare.push(pair[1] / ideal);
        if (counted !== undefined) runs.statistics.push(counted / ideal);
      }
      const detail = `ideal ${ideal} ms; bare node:http ${median(runs.bare).toFixed(2)}`;
      report(`time against the ideal, ThrottleLimit ${limit}`, median(runs.ours), { most }, detail);
      if (runs.statistics.length > 0) {
        const name = `the same of Get-DhcpServerv4ScopeStatistics, 8 scopes a server`;
        report(name, median(runs.statistics), { most }, detail);
      }
    }
  } finally {
    echo.stop();
  }
}
