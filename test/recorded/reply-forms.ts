/** A form in which one and the same reply may travel. */
export type ReplyForm = (typeof REPLY_FORMS)[number];

export const REPLY_FORMS = [
  'whole',
  'chunked oddly',
  'byte by byte',
  'until the end of the connection',
  'in UTF-16, chunked oddly',
  'behind a byte order mark',
  'with CRLF',
  'sealed as Windows writes it',
  'sealed with tabs, spaced delimiters and line breaks',
  'sealed and padded with NULs',
  'sealed in several parts',
] as const;

export function isSealed(form: ReplyForm): boolean {
  return form.startsWith('sealed');
}

export interface EncodedReply {
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The text in the encoding of the form. */
export function encodedText(form: ReplyForm, text: string): EncodedReply {
  const contentType = 'application/soap+xml;charset=UTF-8';
  switch (form) {
    case 'in UTF-16, chunked oddly': {
      const content = text.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, '');
      return {
        contentType: 'application/soap+xml;charset=UTF-16',
        bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]),
      };
    }
    case 'behind a byte order mark':
      return { contentType, bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]) };
    case 'with CRLF':
      return { contentType, bytes: Buffer.from(text.replace(/\r?\n/g, '\r\n')) };
    default:
      return { contentType, bytes: Buffer.from(text) };
  }
}

/** The head as HTTP.sys writes it: no reason phrase, and this order. */
export function windowsHead(status: number, fields: readonly string[]): Buffer {
  return Buffer.from(
    [
      `HTTP/1.1 ${status} `,
      ...fields,
      'Server: Microsoft-HTTPAPI/2.0',
      'Date: Fri, 01 May 2020 07:14:12 GMT',
      '',
      '',
    ].join('\r\n'),
    'latin1',
  );
}

/** A whole HTTP response; `ends` when its end is that of the connection. */
export function framed(
  form: ReplyForm,
  status: number,
  { contentType, bytes }: EncodedReply,
): { readonly message: Buffer; readonly ends: boolean } {
  const type = `Content-Type: ${contentType}`;
  if (form === 'until the end of the connection') {
    return { message: Buffer.concat([windowsHead(status, [type, 'Connection: close']), bytes]), ends: true };
  }
  if (form === 'byte by byte') return { message: chunked(status, type, bytes, () => 1), ends: false };
  if (form.endsWith('chunked oddly')) {
    let size = 7;
    const next = () => {
      size = ((size * 5) % 4099) + 1;
      return size;
    };
    return { message: chunked(status, type, bytes, next), ends: false };
  }
  return {
    message: Buffer.concat([windowsHead(status, [type, `Content-Length: ${bytes.length}`]), bytes]),
    ends: false,
  };
}

function chunked(status: number, type: string, bytes: Buffer, nextSize: () => number): Buffer {
  const pieces = [windowsHead(status, ['Transfer-Encoding: chunked', type])];
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.subarray(at, at + nextSize());
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
    at += piece.length;
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}

/** How the parts of a sealed message are put together in a form. Written by the recordings, not by the client's own writer. */
export function sealedFraming(form: ReplyForm): SealedFraming {
  switch (form) {
    case 'sealed with tabs, spaced delimiters and line breaks':
      return {
        tab: '\t',
        delimiter: '-- Encrypted Boundary',
        beforeClosing: '\r\n',
        partBytes: Number.POSITIVE_INFINITY,
      };
    case 'sealed in several parts':
      return { tab: '', delimiter: '--Encrypted Boundary', beforeClosing: '', partBytes: 1019 };
    default:
      return { tab: '', delimiter: '--Encrypted Boundary', beforeClosing: '', partBytes: Number.POSITIVE_INFINITY };
  }
}

export interface SealedFraming {
  readonly tab: string;
  readonly delimiter: string;
  readonly beforeClosing: string;
  readonly partBytes: number;
}

/** As libmi pads what it seals: with NULs up to a multiple of 16, at least one here. */
export function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(16 - (bytes.length % 16))]);
}
