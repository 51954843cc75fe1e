import type { Transport, TransportReply, TransportRequest } from '../../lib/transport/transport.js';
import { type RequestEnvelope, readRequestEnvelope } from '../../lib/wsman/service/read-request.js';

export interface FakeAnswer {
  readonly status?: number;
  readonly envelope: string;
}

/** A transport that keeps what it was asked, and answers what it is told. */
export class FakeTransport implements Transport {
  readonly url = 'http://server:5985/wsman';
  readonly host = 'server';
  readonly requests: TransportRequest[] = [];
  closed = 0;
  readonly #answer: (envelope: RequestEnvelope, text: string) => FakeAnswer | Promise<FakeAnswer>;

  constructor(answer: (envelope: RequestEnvelope, text: string) => FakeAnswer | Promise<FakeAnswer>) {
    this.#answer = answer;
  }

  get texts(): string[] {
    return this.requests.map((request) => Buffer.from(request.body).toString('utf8'));
  }

  async send(request: TransportRequest): Promise<TransportReply> {
    this.requests.push(request);
    const text = Buffer.from(request.body).toString('utf8');
    const { status = 200, envelope } = await request.deadline.race(
      Promise.resolve(this.#answer(readRequestEnvelope(request.body, request.contentType), text)),
    );
    return { status, contentType: 'application/soap+xml;charset=UTF-8', body: once(Buffer.from(envelope, 'utf8')) };
  }

  async close(): Promise<void> {
    this.closed += 1;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
