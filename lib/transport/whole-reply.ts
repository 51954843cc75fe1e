import type { HttpResponse } from './http/http-response.js';
import type { TransportReply } from './transport.js';

/** A reply that was all there at once; its connection serves others already. */
export class WholeReply implements TransportReply {
  readonly status: number;
  readonly contentType: string | undefined;

  constructor(
    response: HttpResponse,
    readonly whole: Uint8Array,
  ) {
    this.status = response.status;
    this.contentType = response.header('content-type');
  }

  get body(): AsyncIterable<Uint8Array> {
    return pieces(this.whole);
  }
}

async function* pieces(whole: Uint8Array): AsyncGenerator<Uint8Array> {
  yield whole;
}
