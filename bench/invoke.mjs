// Invoke (build, send, parse, typed result) against bare node:http that posts the same bytes and reads the same reply.
import { Agent, request } from 'node:http';
import { getDhcpServerv4Failover, newCimSession } from 'cimlet';
import { inTurn, pool, report, server, time } from './measure.mjs';

const CALLS = 3000;

function bareClient(port, width) {
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  let body;
  return {
    useBody(captured) {
      body = captured;
    },
    call: () =>
      new Promise((resolve, reject) => {
        const headers = {
          'Content-Type': 'application/soap+xml;charset=UTF-8',
          'Content-Length': body.length,
          Authorization: 'Basic eDp5',
        };
        const outgoing = request(
          { host: '127.0.0.1', port, path: '/wsman', method: 'POST', agent, headers },
          (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('end', () => resolve(Buffer.concat(chunks)));
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** What the session sends, taken once from its own transport. */
async function captureRequest() {
  let captured;
  const transport = () => ({
    url: 'http://dhcpserver.contoso.com:5985/wsman',
    host: 'dhcpserver.contoso.com',
    send: async ({ body }) => {
      captured = Buffer.from(body);
      throw new Error('captured');
    },
    close: async () => {},
  });
  const session = await newCimSession('dhcpserver.contoso.com', { transport });
  await getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' }).catch(() => {});
  return captured;
}

export async function benchInvoke() {
  const echo = await server('./echo-server.mjs');
  const body = await captureRequest();
  console.log(`Invoke: ${body.length} bytes out, ${echo.bytes} bytes back, ${CALLS} calls a run`);
  try {
    for (const width of [1, 64]) {
      const bare = bareClient(echo.port, width);
      bare.useBody(body);
      const session = await newCimSession('dhcpserver.contoso.com', {
        port: echo.port,
        connectTo: { host: '127.0.0.1', port: echo.port },
        authentication: 'Basic',
        allowUnencrypted: true,
        credential: { userName: 'x', password: 'y' },
        maxConnections: width,
      });
      const parameters = { CimSession: session, Name: 'SFO-SIN-Failover' };
      const rate = (call) => async () => CALLS / (await time(() => pool(CALLS, width, call)));
      const result = await inTurn(
        rate(() => getDhcpServerv4Failover(parameters)),
        rate(() => bare.call()),
      );
      const detail = `${Math.round(result.ours * 1000)} against ${Math.round(result.yardstick * 1000)} calls/s`;
      report(`calls per second against bare node:http, ${width} in flight`, result.ratio, { least: 0.6 }, detail);
      await session.close();
      bare.close();
    }
  } finally {
    echo.stop();
  }
}
