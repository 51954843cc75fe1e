import { CimletError } from '../../base/errors.js';
import type { Transport, TransportReply, TransportRequest } from '../../transport/transport.js';
import type { Caller, RequestHandler } from './request-handler.js';

/** A transport to one emulated server. */
export interface MemoryTransportOptions {
  readonly serverName: string;
  readonly handler: RequestHandler;
  readonly caller: Caller;
  /** False while the server has no power: then nothing answers. */
  readonly poweredOn: () => boolean;
}

const NOBODY: Caller = { userName: '', authenticated: false, mechanism: 'None', delegated: false };

/** The way to an emulated server without sockets: the same dispatcher as behind the listener, with a caller that is taken as authenticated. */
export class MemoryTransport implements Transport {
  readonly url: string;
  readonly host: string;
  readonly #options: MemoryTransportOptions;
  readonly #closing = new AbortController();

  constructor(options: MemoryTransportOptions) {
    this.#options = options;
    this.host = options.serverName;
    this.url = `http://${options.serverName}:5985/wsman`;
  }

  async send(request: TransportRequest): Promise<TransportReply> {
    this.#throwIfClosed();
    request.deadline.throwIfDone();
    if (!this.#options.poweredOn()) {
      throw new CimletError('ERR_CONNECTION_REFUSED', `${this.host} does not answer.`, { retryable: true });
    }
    const signal = AbortSignal.any([request.deadline.signal, this.#closing.signal]);
    const handled = this.#options.handler({
      body: request.body,
      contentType: request.contentType,
      headers: lowerCase(request.headers ?? {}),
      caller: request.anonymous === true ? NOBODY : this.#options.caller,
      signal,
    });
    const reply = await rejectOn(signal, handled);
    return { status: reply.status, contentType: reply.contentType, body: guarded(reply.body, signal) };
  }

  async close(): Promise<void> {
    this.#closing.abort(closedError(this.host));
  }

  #throwIfClosed(): void {
    if (this.#closing.signal.aborted) throw this.#closing.signal.reason;
  }
}

function closedError(host: string): CimletError {
  return new CimletError('ERR_SESSION_CLOSED', `The transport to ${host} is closed.`);
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Settles as `promise` does, or rejects with the signal's reason; what the loser says is swallowed. */
function rejectOn<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise
      .then(resolve, (error) => reject(signal.aborted ? signal.reason : error))
      .finally(() => {
        signal.removeEventListener('abort', onAbort);
      });
  });
}

async function* guarded(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await rejectOn(signal, iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // A body that still waits settles through the signal; nobody needs to wait for it here.
    if (!signal.aborted) await iterator.return?.();
  }
}
