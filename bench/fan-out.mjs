// One cmdlet over 1,000 computers that each answer in 50 ms, against the ideal: rounds of ThrottleLimit computers, 50 ms a round.
import { getDhcpServerv4Failover } from 'cimlet';
import { median, report, server, time } from './measure.mjs';

const TARGETS = 1000;
const DELAY_MS = 50;

export async function benchFanOut() {
  const echo = await server('./echo-server.mjs');
  console.log(`Fan-out: ${TARGETS} computers, each answering after ${DELAY_MS} ms`);
  const names = Array.from({ length: TARGETS }, (_, index) => `dhcp${index}.contoso.com`);
  const sessionOptions = {
    port: echo.port,
    connectTo: { host: '127.0.0.1', port: echo.port },
    httpUrlPrefix: `wsman?delay=${DELAY_MS}`,
    authentication: 'Basic',
    allowUnencrypted: true,
    credential: { userName: 'x', password: 'y' },
  };
  try {
    for (const [limit, most] of [
      [32, 1.1],
      [128, 1.35],
    ]) {
      const ideal = Math.ceil(TARGETS / limit) * DELAY_MS;
      const runs = [];
      for (let run = 0; run < 4; run += 1) {
        const ms = await time(async () => {
          const found = await getDhcpServerv4Failover(
            { CimSession: names, ThrottleLimit: limit, Name: 'SFO-SIN-Failover' },
            { sessionOptions },
          );
          if (found.length !== TARGETS) throw new Error(`${found.length} results`);
        });
        if (run > 0) runs.push(ms / ideal);
      }
      report(`time against the ideal, ThrottleLimit ${limit}`, median(runs), { most }, `ideal ${ideal} ms`);
    }
  } finally {
    echo.stop();
  }
}
