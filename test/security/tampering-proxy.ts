import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** One response of the server, whole. */
export interface Response {
  /** Counted over all connections, from 0. */
  readonly index: number;
  readonly status: number;
  readonly head: string;
  /** As it was framed: with chunk sizes where it is chunked. */
  readonly body: Buffer;
  readonly bytes: Buffer;
}

/** What reaches the client in a response's place; undefined for the response itself. */
export type Tampering = (response: Response) => Buffer | undefined;

/** A man in the middle: a TCP proxy on loopback that sees whole responses and may write others in their place. Then it ends the connection. */
export class TamperingProxy implements AsyncDisposable {
  readonly host = '127.0.0.1';
  tamper: Tampering = () => undefined;
  /** Chunked responses go through as they come, untouched: that of an operation that waits for an answer does not end before it has one. */
  passesStreams = false;
  #count = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((client) => {
      const server = connect(target.port, target.host);
      for (const socket of [client, server]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          this.#sockets.delete(socket);
          (socket === client ? server : client).destroySoon();
        });
      }
      client.pipe(server);
      this.#pass(server, client);
    });
  }

  static async open(target: { readonly host: string; readonly port: number }): Promise<TamperingProxy> {
    const proxy = new TamperingProxy(target);
    proxy.#server.listen(0, proxy.host);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Responses so far. */
  get count(): number {
    return this.#count;
  }

  /** Counts from here. */
  arm(tamper: Tampering): void {
    this.#count = 0;
    this.tamper = tamper;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(server: Socket, client: Socket): void {
    let held = Buffer.alloc(0);
    let passed = 0;
    server.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      if (this.passesStreams && isStream(held)) {
        client.write(held.subarray(passed));
        passed = held.length;
      }
      for (let length = lengthOf(held); length !== undefined; length = lengthOf(held)) {
        const response = responseOf(held.subarray(0, length), this.#count++);
        held = held.subarray(length);
        const wasPassed = passed > 0;
        passed = 0;
        if (wasPassed) continue;
        const other = this.tamper(response);
        if (other === undefined) client.write(response.bytes);
        else {
          client.end(other);
          server.destroy();
          return;
        }
      }
    });
  }
}

function isStream(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  return end >= 0 && /\r\ntransfer-encoding: chunked\r\n/i.test(bytes.toString('latin1', 0, end + 2));
}

/** Of the first response; undefined until it is whole (RFC 9112 6.3, 7.1). */
function lengthOf(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end + 2);
  const start = end + 4;
  if (!/\r\ntransfer-encoding: chunked\r\n/i.test(head)) {
    const length = start + Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(head)?.[1] ?? 0);
    return bytes.length < length ? undefined : length;
  }
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    at = line + 2 + size + 2;
    if (bytes.length < at) return undefined;
    if (size === 0) return at;
  }
}

function responseOf(bytes: Buffer, index: number): Response {
  const start = bytes.indexOf('\r\n\r\n') + 4;
  const head = bytes.toString('latin1', 0, start);
  return { index, status: Number(head.slice(9, 12)), head, body: bytes.subarray(start), bytes };
}
