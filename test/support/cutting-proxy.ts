import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Where a connection is cut, counted in bytes since the proxy was armed. */
export interface Cut {
  /** `up`: of what the client sends; `down`: of what the server sends, so that 0 is before the reply's first byte. */
  readonly direction: 'up' | 'down';
  /** So many bytes still pass. */
  readonly afterBytes: number;
  /** `reset`: with a RST; `close`: in order. */
  readonly how: 'reset' | 'close';
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly up: Buffer[];
  readonly down: Buffer[];
  passed: { up: number; down: number };
  /** Undefined: not chosen yet; null: none. */
  cut: Cut | null | undefined;
}

/** A TCP proxy on loopback between a client and a server, which cuts connections at chosen bytes. */
export class CuttingProxy implements AsyncDisposable {
  readonly host = '127.0.0.1';
  readonly #server: Server;
  readonly #closed: Promise<unknown>;
  readonly #pairs = new Set<Pair>();
  #carried: Pair[] = [];
  #cuts: Cut[] = [];
  #made = 0;
  #isAway = false;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((client) => {
      if (this.#isAway) client.resetAndDestroy();
      else this.#join(client, connect(target));
    });
    this.#closed = once(this.#server, 'close');
  }

  static async open(target: { readonly host: string; readonly port: number }): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy.#server.listen(0, proxy.host);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts made since it was armed. */
  get made(): number {
    return this.#made;
  }

  /** What each connection carried since it was armed, in the order of their first bytes from the client. */
  get carried(): readonly { readonly up: Buffer; readonly down: Buffer }[] {
    return this.#carried.map(({ up, down }) => ({ up: Buffer.concat(up), down: Buffer.concat(down) }));
  }

  /** Counts from here. Each connection on which the client sends something takes the next cut, until there are no more. */
  arm(cuts: readonly Cut[] = []): void {
    this.#cuts = [...cuts];
    this.#carried = [];
    this.#made = 0;
    for (const pair of this.#pairs) {
      pair.up.length = 0;
      pair.down.length = 0;
      pair.passed = { up: 0, down: 0 };
      pair.cut = undefined;
    }
  }

  /** Resets what is connected now. */
  cutAll(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** From now on every new connection is reset at once. */
  goAway(): void {
    this.#isAway = true;
  }

  /** From now on the system refuses every new connection; those that there are stay. */
  stopListening(): void {
    this.#server.close();
  }

  comeBack(): void {
    this.#isAway = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    if (this.#server.listening) this.#server.close();
    await this.#closed;
  }

  #join(client: Socket, server: Socket): void {
    const pair: Pair = { client, server, up: [], down: [], passed: { up: 0, down: 0 }, cut: undefined };
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      const other = socket === client ? server : client;
      const direction = socket === client ? 'up' : 'down';
      socket.setNoDelay(true);
      socket.on('data', (bytes: Buffer) => this.#pass(pair, direction, bytes));
      socket.on('end', () => other.end());
      // An end without a reason is one: it goes on to the other side.
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#pairs.delete(pair);
        other.destroySoon();
      });
    }
  }

  #pass(pair: Pair, direction: 'up' | 'down', bytes: Buffer): void {
    if (pair.cut === undefined && direction === 'up') {
      pair.cut = this.#cuts.shift() ?? null;
      this.#carried.push(pair);
    }
    pair[direction].push(bytes);
    const { cut } = pair;
    const to = direction === 'up' ? pair.server : pair.client;
    const allowed =
      cut?.direction === direction ? Math.min(bytes.length, cut.afterBytes - pair.passed[direction]) : bytes.length;
    pair.passed[direction] += allowed;
    const isCut = cut?.direction === direction && pair.passed[direction] >= cut.afterBytes && allowed < bytes.length;
    if (allowed > 0) to.write(bytes.subarray(0, allowed), () => isCut && this.#cut(pair, cut));
    else if (isCut) this.#cut(pair, cut);
  }

  #cut(pair: Pair, { how }: Cut): void {
    if (!this.#pairs.delete(pair)) return;
    this.#made++;
    for (const socket of [pair.client, pair.server]) {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.destroySoon();
    }
  }
}
