/** Where the parts of a recorded reply lie, in bytes from its beginning. */
export interface ReplyLayout {
  /** End of the head. */
  readonly head: number;
  /** The pieces in which the server sent it, one an envelope or more. */
  readonly pieces: readonly { readonly begin: number; readonly end: number }[];
  readonly length: number;
}

/** The head and the chunks of an HTTP/1.1 reply (RFC 9112 7.1); a body with a Content-Length is one piece. */
export function httpLayout(reply: Buffer): ReplyLayout {
  const head = reply.indexOf('\r\n\r\n') + 4;
  const text = reply.toString('latin1');
  const length = /\r\ncontent-length: *(\d+)\r\n/i.exec(text.slice(0, head))?.[1];
  if (length !== undefined) {
    const end = head + Number(length);
    return { head, pieces: [{ begin: head, end }], length: end };
  }
  const pieces: { begin: number; end: number }[] = [];
  for (let at = head; ; ) {
    const begin = text.indexOf('\r\n', at) + 2;
    const size = Number.parseInt(text.slice(at, begin), 16);
    if (size === 0) return { head, pieces, length: begin + 2 };
    pieces.push({ begin, end: begin + size });
    at = begin + size + 2;
  }
}

/** The records of a TLS connection (RFC 8446 5.1); the first one stands for the head, the last one for the end of the body. */
export function tlsLayout(reply: Buffer): ReplyLayout {
  const pieces: { begin: number; end: number }[] = [];
  for (let at = 0; at + 5 <= reply.length; ) {
    const end = at + 5 + reply.readUInt16BE(at + 3);
    pieces.push({ begin: at, end });
    at = end;
  }
  const [first, ...rest] = pieces;
  return { head: first?.end ?? 0, pieces: rest.slice(0, -1), length: reply.length };
}
