import type { Transport, TransportRequest } from '../../transport/transport.js';

const BYTE_ORDER_MARK = '\uFEFF';
const CONTENT_TYPE = 'application/soap+xml;charset=UTF-16';

/** The transport with requests in UTF-16, in little-endian order behind its mark (MS-WSMV 2.2.9.1.1.2 takes both encodings). Replies say theirs themselves. */
export function utf16Transport(transport: Transport): Transport {
  return {
    url: transport.url,
    host: transport.host,
    send: (request) => transport.send({ ...request, contentType: CONTENT_TYPE, body: reencoded(request) }),
    close: () => transport.close(),
  };
}

function reencoded({ body }: TransportRequest): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return Buffer.from(BYTE_ORDER_MARK + text, 'utf16le');
}
