import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Writes the next of its answers for each request that comes, whatever it says. */
export class SilentServer implements AsyncDisposable {
  answers: readonly Buffer[] = [];
  /** The connection ends behind the last answer. */
  endsAfter = false;
  readonly #pieceBytes: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #listening: Promise<void> | undefined;

  /** @param pieceBytes what is written at once at most. */
  constructor(pieceBytes = Number.POSITIVE_INFINITY) {
    this.#pieceBytes = pieceBytes;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      void this.#serve(socket);
    });
  }

  async listen(): Promise<{ readonly host: string; readonly port: number }> {
    this.#listening ??= new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    await this.#listening;
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(socket: Socket): Promise<void> {
    let held = '';
    let answered = 0;
    try {
      for await (const bytes of socket) {
        held += (bytes as Buffer).toString('latin1');
        for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
          const length = Number(/\r\ncontent-length: (\d+)/i.exec(held.slice(0, end))?.[1] ?? 0);
          if (held.length < end + 4 + length) break;
          held = held.slice(end + 4 + length);
          const answer = this.answers[answered] ?? Buffer.alloc(0);
          answered++;
          await this.#write(socket, answer);
          if (answered === this.answers.length && this.endsAfter) socket.end();
        }
      }
    } catch {
      // The client closed the connection.
    }
  }

  async #write(socket: Socket, answer: Buffer): Promise<void> {
    for (let at = 0; at < answer.length && !socket.destroyed; at += this.#pieceBytes) {
      socket.write(answer.subarray(at, Math.min(at + this.#pieceBytes, answer.length)));
      // A piece a turn, so that the reader sees them apart as far as the system lets it.
      if (this.#pieceBytes < answer.length) await new Promise(setImmediate);
    }
  }
}
