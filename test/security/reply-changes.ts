import type { Response } from './tampering-proxy.js';

const SOAP = 'application/soap+xml;charset=UTF-8';
const FORGED =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><f:Forged xmlns:f="urn:forged"/></s:Body></s:Envelope>';
const FORGED_FAULT =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang="en">forged</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>';

/** What a man in the middle writes in the place of a sealed reply. `earlier`: the sealed reply before it, where there is one. */
export type ReplyChange = (response: Response, earlier: Response | undefined) => Buffer;

/** A whole response of its own. */
function plain(status: number, body: string, ...fields: readonly string[]): ReplyChange {
  return () => response(`HTTP/1.1 ${status} `, fields, Buffer.from(body));
}

function response(line: string, fields: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${[line, ...fields, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n`, 'latin1'),
    body,
  ]);
}

/** The sealed content, chunk sizes taken off. */
export function contentOf({ head, body }: Response): Buffer {
  if (!/transfer-encoding: chunked/i.test(head)) return body;
  const pieces: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    if (size === 0) return Buffer.concat(pieces);
    pieces.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}

function mediaTypeOf({ head }: Response): string {
  return /\r\ncontent-type: ([^\r]*)/i.exec(head)?.[1] ?? '';
}

/** The reply with its content changed, framed right. */
function content(
  change: (content: Buffer, earlier: Buffer | undefined) => Buffer,
  type?: (type: string) => string,
): ReplyChange {
  return (reply, earlier) => {
    const changed = change(Buffer.from(contentOf(reply)), earlier && contentOf(earlier));
    const mediaType = mediaTypeOf(reply);
    return response(`HTTP/1.1 ${reply.status} `, [`Content-Type: ${type?.(mediaType) ?? mediaType}`], changed);
  };
}

const text = (change: (text: string) => string): ReplyChange =>
  content((bytes) => Buffer.from(change(bytes.toString('latin1')), 'latin1'));

const status =
  (code: number): ReplyChange =>
  (reply) =>
    response(`HTTP/1.1 ${code} `, [`Content-Type: ${mediaTypeOf(reply)}`], contentOf(reply));

/** Where the sealed bytes of the first part begin: behind the length of the signature. */
function payloadAt(bytes: Buffer): number {
  const mark = 'application/octet-stream\r\n';
  return bytes.indexOf(mark) + mark.length;
}

function flip(where: (start: number, end: number) => number): ReplyChange {
  return content((bytes) => {
    const start = payloadAt(bytes) + 4;
    const end = bytes.lastIndexOf('--Encrypted Boundary--');
    const at = where(start, end);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    return bytes;
  });
}

function signatureLength(value: number): ReplyChange {
  return content((bytes) => {
    bytes.writeUInt32LE(value >>> 0, payloadAt(bytes));
    return bytes;
  });
}

const length = (change: (declared: number) => string): ReplyChange =>
  text((body) => body.replace(/Length=(\d+)/, (_, declared) => `Length=${change(Number(declared))}`));

/** The 35 changes, by name. */
export const REPLY_CHANGES: Readonly<Record<string, ReplyChange>> = {
  'plain SOAP, 200': plain(200, FORGED, `Content-Type: ${SOAP}`),
  'a plain fault, 500': plain(500, FORGED_FAULT, `Content-Type: ${SOAP}`),
  'a plain fault, 200': plain(200, FORGED_FAULT, `Content-Type: ${SOAP}`),
  'plain SOAP without a media type': plain(200, FORGED),
  'plain SOAP, 202': plain(202, FORGED, `Content-Type: ${SOAP}`),
  'plain SOAP behind a 204': plain(204, FORGED, `Content-Type: ${SOAP}`),
  'a bare 204': () => Buffer.from('HTTP/1.1 204 \r\n\r\n'),
  'an empty 200': plain(200, ''),
  'an empty 202': plain(202, ''),
  'an empty multipart': content(() => Buffer.alloc(0)),
  '401': plain(401, '', 'WWW-Authenticate: Negotiate'),
  '302': plain(302, '', 'Location: http://evil.example/wsman'),
  '307': plain(307, '', 'Location: http://evil.example/wsman'),
  '403': plain(403, 'no'),
  '407': plain(407, '', 'Proxy-Authenticate: Basic'),
  'status 500': status(500),
  'status 202': status(202),
  'Length less by one': length((declared) => String(declared - 1)),
  'Length more by one': length((declared) => String(declared + 1)),
  'Length of nothing': length(() => '0'),
  'a huge Length': length(() => '4294967295'),
  'Length twice': text((body) => body.replace(/;Length=(\d+)/, ';Length=$1;Length=1')),
  'another charset': text((body) => body.replace('charset=UTF-8', 'charset=UTF-16')),
  'a bit of the signature': flip((start) => start + 2),
  'the first sealed bit': flip((start) => start + 80),
  'a bit in the middle': flip((start, end) => Math.floor((start + end) / 2)),
  'the last sealed bit': flip((_, end) => end - 1),
  'no signature': signatureLength(0),
  'a signature of 4 GB': signatureLength(0xffffffff),
  'bytes behind': content((bytes) => Buffer.concat([bytes, Buffer.from('<s:Envelope/>')])),
  'the part twice': content((bytes) => Buffer.concat([bytes, bytes])),
  'an earlier part': content((bytes, earlier) => Buffer.concat([earlier ?? bytes.subarray(0, 40), bytes])),
  'an earlier reply': content((_, earlier) => earlier ?? Buffer.from('--Encrypted Boundary\r\n')),
  'another protocol': content(
    (bytes) => bytes,
    (type) => type.replace(/SPNEGO|Kerberos|CredSSP/, (protocol) => (protocol === 'SPNEGO' ? 'Kerberos' : 'SPNEGO')),
  ),
  'gzip said': (reply) =>
    response('HTTP/1.1 200 ', [`Content-Type: ${mediaTypeOf(reply)}`, 'Content-Encoding: gzip'], contentOf(reply)),
  'cut within': (reply) => reply.bytes.subarray(0, reply.bytes.length - 60),
};
