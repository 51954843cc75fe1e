import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface TunnelProxy {
  readonly port: number;
  /** What it was asked for, and with what authorization. */
  readonly asked: readonly (readonly [target: string | undefined, authorization: string | undefined])[];
  close(): Promise<void>;
}

/** An HTTP proxy on loopback that opens tunnels to `127.0.0.1`, or refuses each with `status`. `ports` says where names' ports are. */
export async function startTunnelProxy(
  options: { readonly status?: number; readonly ports?: Readonly<Record<string, number>> } = {},
): Promise<TunnelProxy> {
  const { status, ports = {} } = options;
  const asked: [string | undefined, string | undefined][] = [];
  const open = new Set<Socket>();
  const proxy = createServer((_, response) => response.writeHead(400).end());
  proxy.on('connect', (request, client: Socket) => {
    asked.push([request.url, request.headers['proxy-authorization']]);
    client.on('error', () => {});
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const port = ports[request.url ?? ''] ?? Number(request.url?.split(':')[1]);
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    for (const socket of [client, server]) open.add(socket.on('close', () => open.delete(socket)));
    server.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    asked,
    async close() {
      for (const socket of open) socket.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
