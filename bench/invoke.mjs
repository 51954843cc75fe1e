// Invoke (build, send, parse, typed result) against bare node:http that posts the same bytes and reads the same reply.
import { cmdletDefinitions, getDhcpServerv4Failover } from 'cimlet';
import { bareClient } from './bare-client.mjs';
import { capture, sessionTo } from './bench-session.mjs';
import { inTurn, pool, report, server, time } from './measure.mjs';

const CALLS = 3000;

/** The method behind Get-DhcpServerv4Failover -Name, for a session. */
export function getByName(session) {
  const { namespace, className, outputClasses, methods } = cmdletDefinitions.get('get-dhcpserverv4failover');
  const method = methods.find(({ methodName }) => methodName === 'GetByName').declaration;
  const invocation = { namespace, className, method, outputClasses, repeatable: true };
  return () => session.invokeMethod({ ...invocation, parameters: { Name: ['SFO-SIN-Failover'] } });
}

/** A run of calls, as calls per second; `run.cpu` is what the last run cost this process, in µs a call. */
export function rateOf(calls, width, call) {
  const run = async () => {
    const before = process.cpuUsage();
    const ms = await time(() => pool(calls, width, call));
    const { user, system } = process.cpuUsage(before);
    run.cpu = (user + system) / calls;
    return (calls / ms) * 1000;
  };
  return run;
}

export async function benchInvoke() {
  const echo = await server('./echo-server.mjs');
  const [body] = await capture(async (transport) => getByName(await sessionTo(echo.port, 'wsman', { transport }))());
  console.log(`Invoke: ${body.length} bytes out, ${echo.bytes} bytes back, ${CALLS} calls a run`);
  try {
    for (const width of [1, 64]) {
      const bare = bareClient(echo.port, width);
      const session = await sessionTo(echo.port, 'wsman', { maxConnections: width });
      const yardstick = rateOf(CALLS, width, () => bare.post(body));
      const compare = async (what, call, bound) => {
        const ours = rateOf(CALLS, width, call);
        const result = await inTurn(ours, yardstick, 9);
        const rates = `${Math.round(result.ours)} against ${Math.round(result.yardstick)} calls/s`;
        const cpu = `${Math.round(ours.cpu)} against ${Math.round(yardstick.cpu)} µs of CPU a call`;
        report(`${what} against bare node:http, ${width} in flight`, result.ratio, bound, `${rates}, ${cpu}`);
      };
      await compare('session.invokeMethod', getByName(session), { least: 0.6 });
      await compare('the whole cmdlet', () =>
        getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' }),
      );
      await session.close();
      bare.close();
    }
  } finally {
    echo.stop();
  }
}
