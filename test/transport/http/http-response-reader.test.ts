import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { HttpSyntaxError, headEnd, type ResponseHead, writeHead } from '../../../lib/transport/http/http-head.js';
import { HttpResponseReader } from '../../../lib/transport/http/http-response-reader.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { cpuTimeOf } from '../../support/cpu-time.js';
import { type ParsedResponse, readByNode } from '../llhttp.js';

interface Read extends ParsedResponse {
  readonly reusable: boolean;
  readonly length: ResponseHead['length'];
}

/** Feeds the pieces, then the end of the connection. Undefined when the response was cut off. */
function read(pieces: readonly Buffer[]): Read | undefined {
  let head: ResponseHead | undefined;
  let reusable: boolean | undefined;
  const body: Uint8Array[] = [];
  const reader = new HttpResponseReader({
    head: (received) => {
      expect(head).toBeUndefined();
      head = received;
    },
    data: (piece) => {
      expect(head).toBeDefined();
      expect(reusable).toBeUndefined();
      body.push(Buffer.from(piece));
    },
    end: (value) => {
      expect(reusable).toBeUndefined();
      reusable = value;
    },
  });
  for (const piece of pieces) reader.write(piece);
  if (!reader.close() || head === undefined || reusable === undefined) return undefined;
  return {
    status: head.status,
    body: Buffer.concat(body).toString('latin1'),
    contentType: head.headers.get('content-type'),
    wwwAuthenticate: head.wwwAuthenticate,
    reusable,
    length: head.length,
  };
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const readText = (text: string) => read([bytes(text)]);
/** Node 20.19's llhttp 8 waits for the body of a 204 that has a length or a coding; it has none whatever its headers say (RFC 9112 6.3). */
const judgeWaitsForBodyOf204 = Number(process.versions['llhttp']?.split('.')[0]) < 9;
/** The code that it is refused with. */
function refusal(text: string): string | undefined {
  try {
    readText(text);
    return undefined;
  } catch (error) {
    if (error instanceof HttpSyntaxError) return error.code;
    throw error;
  }
}

const GOOD: readonly string[] = [
  'HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 \r\nContent-Length:5\r\n\r\nhello',
  'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm="WSMAN"\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;name=value\r\n world\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n00a\r\n0123456789\r\n0\r\nX-Trailer: yes\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a;b=c;d="e f;\\"g"\r\nhello\r\n0;last\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\nuntil the connection ends',
  'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 500 Internal Server Error\r\nServer: Microsoft-HTTPAPI/2.0\r\nDate: Tue, 24 Nov 2026 09:00:00 GMT\r\nX: \t padded \t\r\nContent-Length: 1\r\n\r\n!',
];

describe('HttpResponseReader', () => {
  it.each(GOOD)('reads as node:http does: %j', async (text) => {
    const ours = readText(text);
    expect(ours).toMatchObject((await readByNode(bytes(text))) ?? { refused: true });
  });

  it.each(GOOD)('reads it in pieces of one byte: %j', (text) => {
    const inOne = readText(text);
    const pieces = Array.from(text, bytes);
    expect(read(pieces)).toEqual(inOne);
  });

  it('tells whether the connection can be used again', () => {
    const reusable = (text: string) => readText(text)?.reusable;
    expect(GOOD.map(reusable)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
      true,
    ]);
    expect(reusable('HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n')).toBe(true);
    expect(reusable('HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n')).toBe(false);
  });

  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'HPE_INVALID_CONSTANT'],
    ['a TLS alert', '\x15\x03\x03\0\x02\x02\x28', 'HPE_INVALID_CONSTANT'],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    ['a status of two digits', 'HTTP/1.1 20 OK\r\n\r\n', 'HPE_INVALID_CONSTANT'],
    [
      'both lengths',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'HPE_INVALID_TRANSFER_ENCODING',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 'HPE_INVALID_CONTENT_LENGTH'],
    [
      'the same length twice',
      'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx',
      'HPE_INVALID_CONTENT_LENGTH',
    ],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'HPE_INVALID_CONTENT_LENGTH'],
    [
      'another transfer coding',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
      'HPE_INVALID_TRANSFER_ENCODING',
    ],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nX: a\nContent-Length: 0\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a NUL in a value', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n', 'HPE_INVALID_STATUS'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n', 'HPE_INVALID_CHUNK_SIZE'],
    [
      'a chunk longer than its size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
      'HPE_INVALID_CHUNK_SIZE',
    ],
    [
      'a chunk size that overflows',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n',
      'HPE_INVALID_CHUNK_SIZE',
    ],
    [
      'an endless chunk extension',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(5000)}`,
      'HPE_INVALID_CHUNK_SIZE',
    ],
    [
      'two types of content',
      'HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n',
      'HPE_INVALID_HEADER_TOKEN',
    ],
    [
      'two locations',
      'HTTP/1.1 302 x\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n',
      'HPE_INVALID_HEADER_TOKEN',
    ],
    ...[';', ';=x', '; a b', ';a="', ';a="x', ';a="\\', ';a=x"', ' x', ';a\x01', ';a=\x7f', ',', '\t;;a'].map(
      (extensions) =>
        [
          `the chunk extensions ${JSON.stringify(extensions)}`,
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1${extensions}\r\nx\r\n0\r\n\r\n`,
          'HPE_INVALID_CHUNK_SIZE',
        ] as const,
    ),
    [
      'more chunk extensions than text',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${`1;${'x'.repeat(3000)}\r\nx\r\n`.repeat(6)}0\r\n\r\n`,
      'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    ],
    [
      'a malformed trailer',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno header\r\n\r\n',
      'HPE_INVALID_HEADER_TOKEN',
    ],
    ['an endless head', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70_000)}`, 'HPE_HEADER_OVERFLOW'],
    [
      'endless trailers',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(20_000)}`,
      'HPE_HEADER_OVERFLOW',
    ],
    [
      'a second response',
      'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
      'HPE_CLOSED_CONNECTION',
    ],
  ])('refuses %s', (_name, text, code) => {
    expect(refusal(text)).toBe(code);
  });

  it.each([
    ['spaces before a bad character', `X:${' '.repeat(60_000)}\x01`],
    ['tabs before a bad character', `X:${'\t'.repeat(60_000)}\x7f`],
    ['spaces within a value', `X: a${' '.repeat(60_000)}b\x01`],
  ])('refuses %s without trying their every part', (_name, line) => {
    expect(
      cpuTimeOf(() => expect(refusal(`HTTP/1.1 200 OK\r\n${line}\r\n\r\n`)).toBe('HPE_INVALID_HEADER_TOKEN')),
    ).toBeLessThan(500);
  });

  it('takes nothing but spaces and tabs off a value', () => {
    expect(refusal('HTTP/1.1 200 OK\r\nContent-Length: 1\xa0\r\n\r\nx')).toBe('HPE_INVALID_CONTENT_LENGTH');
    expect(refusal('HTTP/1.1 200 OK\r\nContent-Length: \xa01\r\n\r\nx')).toBe('HPE_INVALID_CONTENT_LENGTH');
    expect(readText('HTTP/1.1 200 OK\r\nContent-Type: \t a/b\xa0 \t \r\n\r\n')?.contentType).toBe('a/b\xa0');
  });

  it('does not use a connection again whose framing may be faulty: chunks in HTTP/1.0 (RFC 9112 6.1)', () => {
    const text = 'HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n';
    expect(readText(text)).toMatchObject({ body: 'x', reusable: false });
  });

  it('says that a response was cut off, wherever that happens', () => {
    for (const text of [GOOD[0] ?? '', GOOD[4] ?? '', GOOD[5] ?? '']) {
      for (let length = 0; length < text.length; length++) expect(readText(text.slice(0, length))).toBeUndefined();
    }
  });

  it('ends a body of the connection only with the connection', () => {
    const ended: boolean[] = [];
    const reader = new HttpResponseReader({ head: () => {}, data: () => {}, end: (reusable) => ended.push(reusable) });
    reader.write(bytes('HTTP/1.1 200 OK\r\n\r\nsome'));
    expect(ended).toEqual([]);
    expect(reader.close()).toBe(true);
    expect(ended).toEqual([false]);
  });

  it('shows nothing of the bytes when its error is printed', () => {
    let thrown: unknown;
    try {
      readText('HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate c2VjcmV0\r\n broken\r\n\r\n');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(HttpSyntaxError);
    expect(inspect(thrown)).not.toContain('c2VjcmV0');
    expect(inspect(thrown)).not.toContain('rawPacket');
  });

  it('accepts nothing that node:http refuses or reads otherwise, however it is cut', async () => {
    const line = fc.constantFrom(
      'Content-Length: 3',
      'Content-Length: 03',
      'content-length: 3 ',
      'Content-Length: +3',
      'Content-Length: 3, 3',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: identity',
      'Connection: close',
      'Content-Type: text/xml',
      'WWW-Authenticate: Negotiate abc==',
      'X-Y:',
      ' folded',
      'bad header',
      'Ütf: x',
    );
    const piece = fc.constantFrom(
      'abc',
      '3\r\nabc\r\n',
      '0\r\n\r\n',
      '0\r\nT: 1\r\n\r\n',
      '\r\n',
      '3;e=1\r\nabc\r\n',
      'x',
      '',
    );
    const response = fc
      .tuple(
        fc.constantFrom(
          'HTTP/1.1 200 OK',
          'HTTP/1.1 204 x',
          'HTTP/1.0 200 OK',
          'HTTP/1.1 99 x',
          'HTTP/1.1 500',
          'ICY 200 OK',
        ),
        fc.array(line, { maxLength: 4 }),
        fc.array(piece, { maxLength: 4 }),
        fc.constantFrom('\r\n', '\r\n', '\r\n', '\n'),
      )
      .map(([status, lines, body, end]) => `${[status, ...lines].join(end)}${end}${end}${body.join('')}`);
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(response, fc.array(fc.nat(200), { maxLength: 5 }), async (text, cuts) => {
        const whole = bytes(text);
        const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((to, index) => whole.subarray(at[index], to));
        let ours: Read | undefined;
        try {
          ours = read(pieces.filter((cut) => cut.length > 0));
        } catch (error) {
          expect(error).toBeInstanceOf(HttpSyntaxError);
          return;
        }
        if (ours === undefined) return;
        accepted += 1;
        if (judgeWaitsForBodyOf204 && ours.status === 204 && /content-length|transfer-encoding/i.test(text)) return;
        const { status, body, contentType, wwwAuthenticate } = ours;
        expect({ status, body, contentType, wwwAuthenticate }).toEqual(await readByNode(whole));
      }),
      { numRuns: fuzzRuns(1500) },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('never does anything but read or refuse, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 64, minLength: 1 }), { maxLength: 8 }),
        fc.boolean(),
        (pieces, http) => {
          const start = http ? [bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')] : [];
          try {
            read([...start, ...pieces.map((piece) => Buffer.from(piece))]);
          } catch (error) {
            expect(error).toBeInstanceOf(HttpSyntaxError);
          }
        },
      ),
      { numRuns: fuzzRuns(3000) },
    );
  });
});

describe('writeHead', () => {
  it('writes one line a header', () => {
    expect(writeHead('/wsman', { Host: 'x:5985', Authorization: 'Basic eDp5' }) + headEnd(12)).toBe(
      'POST /wsman HTTP/1.1\r\nHost: x:5985\r\nAuthorization: Basic eDp5\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\n',
    );
  });

  it.each([
    ['X', 'a\r\nInjected: yes'],
    ['X', 'a\0'],
    ['X', 'žluťoučký'],
    ['X Y', 'a'],
    ['', 'a'],
  ])('refuses a header that would not stay one: %j: %j', (name, value) => {
    expect(() => writeHead('/wsman', { [name]: value })).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.not.stringContaining('Injected') }),
    );
  });
});

describe('interim responses', () => {
  const answerBehind = (count: number) =>
    `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(count)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`;

  it('are passed over, and a flood of them is refused', () => {
    expect(refusal(answerBehind(16))).toBeUndefined();
    expect(refusal(answerBehind(17))).toBe('HPE_INVALID_STATUS');
  });
});
