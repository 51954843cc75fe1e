import { createServer, type Server } from 'node:http';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { UsageError } from '../../usage/usage-error.js';

/** Serves Prometheus' text at `/metrics`, for as long as a worker runs. */
export interface MetricsServer extends AsyncDisposable {
  /** `127.0.0.1:9464`. */
  readonly address: string;
}

/** `place`: `HOST:PORT`, or a port of loopback alone. @throws UsageError */
export async function startMetricsServer(place: string, metrics: () => Promise<string>): Promise<MetricsServer> {
  const [, host = '127.0.0.1', port = ''] = /^(?:(\[[^\]]+\]|[^:]+):)?(\d{1,5})$/.exec(place) ?? [];
  if (port === '' || Number(port) > 65_535)
    throw new UsageError(
      `--metrics: ${JSON.stringify(place)} is not valid.`,
      'Give HOST:PORT, such as 127.0.0.1:9464.',
    );
  const server = createServer((request, response) => {
    const isMetrics = request.method === 'GET' && request.url?.split('?')[0] === '/metrics';
    if (!isMetrics) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Look at /metrics.\n');
      return;
    }
    metrics().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text),
      () => response.writeHead(503, { 'content-type': 'text/plain' }).end('The figures cannot be had now.\n'),
    );
  });
  await listening(server, host.replace(/^\[|\]$/g, ''), Number(port), place);
  const bound = server.address();
  const actual = typeof bound === 'object' && bound !== null ? bound.port : Number(port);
  return {
    address: `${host}:${actual}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, host: string, port: number, place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new UsageError(
          `--metrics: ${place} cannot be listened on (${systemErrorCode(error) ?? 'failed'}).`,
          'Give another port, or an address of this machine.',
        ),
      ),
    );
    server.listen(port, host, () => resolve());
  });
}
