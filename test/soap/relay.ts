import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A relay on loopback that keeps what goes through it. */
export async function startRelay(to: { readonly host: string; readonly port: number }) {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect(to);
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => chunks.push(chunk));
      from.on('error', () => into.destroy());
      from.on('close', () => sockets.delete(from));
      from.pipe(into);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    get connections() {
      return connections;
    },
    /** Both directions, one character a byte. */
    get bytes() {
      return Buffer.concat(chunks).toString('latin1');
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
