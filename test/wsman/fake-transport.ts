import type { Transport, TransportReply, TransportRequest } from '../../lib/transport/transport.js';

export interface FakeReply {
  readonly status?: number;
  readonly contentType?: string | undefined;
  readonly body: string | readonly Uint8Array[];
}

/** Answers every request by a function of its text, and keeps what was sent. */
export class FakeTransport implements Transport {
  readonly url = 'http://localhost:5985/wsman';
  readonly host = 'localhost';
  readonly requests: TransportRequest[] = [];
  closed = false;
  /** Set when the client left a body before its end. */
  abandoned = false;
  readonly #answer: (request: string) => FakeReply;

  constructor(answer: (request: string) => FakeReply) {
    this.#answer = answer;
  }

  get lastText(): string {
    return Buffer.from(this.requests.at(-1)?.body ?? []).toString('utf8');
  }

  async send(request: TransportRequest): Promise<TransportReply> {
    this.requests.push(request);
    const reply = this.#answer(Buffer.from(request.body).toString('utf8'));
    const pieces = typeof reply.body === 'string' ? [Buffer.from(reply.body, 'utf8')] : reply.body;
    return {
      status: reply.status ?? 200,
      contentType: 'contentType' in reply ? reply.contentType : 'application/soap+xml;charset=UTF-8',
      body: this.#stream(pieces),
    };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  async *#stream(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    let complete = false;
    try {
      for (const piece of pieces) yield piece;
      complete = true;
    } finally {
      if (!complete) this.abandoned = true;
    }
  }
}

/** The MessageID of a request. */
export function messageIdOf(request: string): string {
  return /MessageID>([^<]+)</.exec(request)?.[1] ?? '';
}
