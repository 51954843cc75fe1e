// What http.mjs lets run against each other: four ways to post a body and receive the reply over connections that stay open.
import { bareClient } from './bare-client.mjs';
import { libraryModule } from './library-module.mjs';

const joined = (chunks) => (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
const BODY = Buffer.from(`<a:MessageID>uuid:438E0FC2-E10F-4748-9F8A-F7B4100C165D</a:MessageID>${' '.repeat(1900)}`);
const HEADERS = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization: 'Basic eDp5' };

async function undiciPool(port, width) {
  const { Pool } = await import('undici');
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: width, pipelining: 1 });
  return { pool, options: { path: '/wsman', method: 'POST', headers: HEADERS } };
}

/** Each is made for a port and a number of connections, and posts a body. */
const CLIENTS = {
  'node:http': async (port, width) => bareClient(port, width).post,

  /** The whole transport of the library: pool, security context, policy, errors, deadline. */
  ours: async (port, width) => {
    const { basicContext, Deadline, HttpTransport } = await libraryModule('bench/transport-parts.mjs');
    const transport = new HttpTransport({
      host: '127.0.0.1',
      port,
      maxConnections: width,
      allowUnencrypted: true,
      security: () => basicContext({ userName: 'x', password: { reveal: () => 'y' } }),
    });
    return async (body) => {
      const deadline = new Deadline({ timeoutMs: 60_000 });
      const reply = await transport.send({ body, contentType: HEADERS['content-type'], repeatable: true, deadline });
      const chunks = [];
      for await (const chunk of reply.body) chunks.push(chunk);
      deadline[Symbol.dispose]();
      return joined(chunks);
    };
  },

  'undici.request': async (port, width) => {
    const { pool, options } = await undiciPool(port, width);
    return async (body) => {
      const reply = await pool.request({ ...options, body });
      return reply.body.arrayBuffer();
    };
  },

  'undici.dispatch': async (port, width) => {
    const { pool, options } = await undiciPool(port, width);
    return (body) =>
      new Promise((resolve, reject) => {
        const chunks = [];
        pool.dispatch(
          { ...options, body },
          {
            onRequestStart() {},
            onResponseStart() {},
            onResponseData: (_controller, chunk) => chunks.push(chunk),
            onResponseEnd: () => resolve(joined(chunks)),
            onResponseError: (_controller, error) => reject(error),
          },
        );
      });
  },
};

/** A call of each, which fails when the reply is not all there. */
export const CONTENDERS = Object.fromEntries(
  Object.entries(CLIENTS).map(([name, client]) => [
    name,
    async ({ port, width, bytes }) => {
      const post = await client(port, width);
      return async () => {
        const { byteLength } = await post(BODY);
        if (byteLength !== bytes) throw new Error(`${byteLength} bytes, not ${bytes}`);
      };
    },
  ]),
);
