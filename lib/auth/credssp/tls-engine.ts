import { constants } from 'node:crypto';
import { Duplex } from 'node:stream';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { CimletError } from '../../base/errors.js';
import type { CertificateTrust } from '../contract/certificate-trust.js';

const RECORD_HEADER_BYTES = 5;
const APPLICATION_DATA = 23;
/** Turns of the event loop without any output after which the TLS engine has nothing more to say: its writes end one turn later. */
const QUIET_TURNS = 4;

export interface TlsServerIdentity {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

/** TLS without a connection: bytes in, bytes out. CredSSP carries the records in its tokens and messages. */
export class TlsEngine {
  readonly #wire: Duplex;
  /** There once the handshake is over. */
  #socket: TLSSocket | undefined;
  #output: Uint8Array[] = [];
  #plaintext: Uint8Array[] = [];
  #activity = 0;
  #failure: unknown;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * The handshake goes on whatever the server's certificate is: MS-CSSP 3.1.5 has it proven by the binding of its public key to the
   * authentication that follows, before any credential leaves. Whether it proves a name as well, `doubt` tells.
   */
  static client(ca?: readonly string[]): TlsEngine {
    const engine = new TlsEngine();
    const socket = connect({
      ...OPTIONS,
      ...(ca === undefined ? {} : { ca: [...ca] }),
      socket: engine.#wire,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    socket.on('error', (error) => engine.#fail(error));
    socket.once('secureConnect', () => engine.#take(socket));
    return engine;
  }

  static server(identity: TlsServerIdentity): TlsEngine {
    const engine = new TlsEngine();
    // It never listens: the only connection is the one put into it.
    const server = createServer({ ...OPTIONS, cert: identity.certificate, key: identity.key });
    server.on('tlsClientError', (error) => engine.#fail(error));
    server.on('secureConnection', (socket) => engine.#take(socket));
    server.emit('connection', engine.#wire);
    return engine;
  }

  private constructor() {
    this.#wire = new Duplex({
      read: () => undefined,
      write: (chunk: Uint8Array, _encoding, done) => {
        this.#activity++;
        this.#output.push(chunk);
        done();
      },
    });
    this.#wire.on('error', (error) => this.#fail(error));
    this.#wire.on('close', () => this.#fail(new Error('The TLS channel is closed.')));
  }

  /** The handshake is over on this side. */
  get secured(): boolean {
    return this.#socket !== undefined;
  }

  /** The server's certificate in DER. */
  get peerCertificate(): Uint8Array {
    return new Uint8Array(this.#socket?.getPeerCertificate().raw ?? []);
  }

  /** Why the server's certificate does not prove its name, as `trust` judges; undefined when it does. */
  doubt(trust: CertificateTrust): CimletError | undefined {
    const socket = this.#socket;
    if (socket === undefined) throw new TypeError('There is no certificate before the end of the handshake.');
    return trust.doubt(socket.getPeerCertificate(), socket.authorizationError);
  }

  /** Takes the peer's flight and gives ours. @throws ERR_AUTHENTICATION */
  handshake(flight: Uint8Array | undefined): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      if (flight !== undefined) this.#wire.push(flight);
      await this.#settle();
      if (this.#failure !== undefined) {
        throw new CimletError('ERR_AUTHENTICATION', "CredSSP's TLS handshake failed.", { cause: this.#failure });
      }
      return takeAll(this.#output);
    });
  }

  /** One message as TLS records. */
  seal(message: Uint8Array): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      if (this.#failure === undefined) {
        await new Promise<void>((resolve) => {
          if (this.#socket === undefined) resolve();
          else this.#socket.write(message, () => resolve());
        });
      }
      if (this.#failure !== undefined) throw this.#integrityError('the TLS channel has already failed');
      return takeAll(this.#output);
    });
  }

  /** The message inside whole TLS records of application data. @throws ERR_MESSAGE_INTEGRITY */
  open(records: Uint8Array): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      if (this.#failure === undefined && !isApplicationData(records)) this.#fail(new Error('no whole TLS records'));
      if (this.#failure === undefined) {
        this.#wire.push(records);
        await this.#settle();
      }
      if (this.#failure !== undefined) throw this.#integrityError('its TLS records are not genuine');
      return takeAll(this.#plaintext);
    });
  }

  /** How many bytes of an encoded record follow its ciphertext (MS-WSMV 2.2.9.1.3.1.2.2); `sealed` is one record of `length` bytes. */
  trailerLength(sealed: Uint8Array, length: number): number {
    return Math.max(
      0,
      sealed.length - RECORD_HEADER_BYTES - explicitNonceBytes(this.#socket?.getCipher().name ?? '') - length,
    );
  }

  dispose(): void {
    this.#failure ??= new Error('disposed');
    this.#socket?.destroy();
    this.#wire.destroy();
    this.#output = [];
    this.#plaintext = [];
  }

  #take(socket: TLSSocket): void {
    this.#activity++;
    this.#socket = socket;
    socket.disableRenegotiation();
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The TLS channel is closed.')));
    socket.on('data', (chunk: Uint8Array) => {
      this.#activity++;
      this.#plaintext.push(chunk);
    });
  }

  #fail(error: unknown): void {
    this.#activity++;
    this.#failure ??= error;
  }

  /** Waits until the engine, which works between turns of the event loop, has worked off its input. */
  async #settle(): Promise<void> {
    let quiet = 0;
    while (quiet < QUIET_TURNS && this.#failure === undefined) {
      const before = this.#activity;
      await new Promise<void>((resolve) => setImmediate(resolve));
      quiet = before === this.#activity ? quiet + 1 : 0;
    }
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #integrityError(why: string): CimletError {
    return new CimletError('ERR_MESSAGE_INTEGRITY', `A CredSSP message was refused: ${why}.`, {
      hint: 'Something between the two ends changed, dropped or repeated data. Open a new connection.',
      cause: this.#failure,
    });
  }
}

/** Version 1.2: with 1.3 a server may speak after the handshake, at a time for which CredSSP's tokens have no room. No resumption (MS-CSSP 3.1.5). */
const OPTIONS = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_COMPRESSION | constants.SSL_OP_NO_RENEGOTIATION,
} as const;

/** Whole records, all of application data: nothing else may come after the handshake. */
function isApplicationData(bytes: Uint8Array): boolean {
  let offset = 0;
  while (offset < bytes.length) {
    if (bytes[offset] !== APPLICATION_DATA || offset + RECORD_HEADER_BYTES > bytes.length) return false;
    offset += RECORD_HEADER_BYTES + (bytes[offset + 3] ?? 0) * 256 + (bytes[offset + 4] ?? 0);
  }
  return bytes.length > 0 && offset === bytes.length;
}

/** The part of a TLS 1.2 record before the ciphertext (RFC 5288, RFC 7905, RFC 5246 6.2.3.2). */
function explicitNonceBytes(cipher: string): number {
  if (/GCM|CCM/.test(cipher)) return 8;
  return /CHACHA20/.test(cipher) ? 0 : 16;
}

function takeAll(chunks: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks.splice(0)));
}
