import { describe, expect, it } from '@jest/globals';
import { isCimletError } from '../../../lib/base/errors.js';
import { isEncryptedMediaType } from '../../../lib/transport/sealing/encrypted-media-type.js';
import { encodeEncryptedMessage } from '../../../lib/transport/sealing/encrypted-message.js';
import {
  type DecryptedPart,
  EncryptedMessageDecoder,
} from '../../../lib/transport/sealing/encrypted-message-decoder.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { FakeContext } from '../fake-context.js';
import { basic } from '../servers.js';
import { decodeEncryptedMessage } from './decode-encrypted-message.js';

const SPNEGO = 'application/HTTP-SPNEGO-session-encrypted';
const KERBEROS = 'application/HTTP-Kerberos-session-encrypted';
const CREDSSP = 'application/HTTP-CredSSP-session-encrypted';
const UTF8 = 'application/soap+xml;charset=UTF-8';

const mediaType = (protocol: string, kind = 'encrypted') =>
  `multipart/${kind};protocol="${protocol}";boundary="Encrypted Boundary"`;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function decode(
  chunks: Iterable<Uint8Array>,
  { context = new FakeContext(), contentType = mediaType(SPNEGO), maxPartBytes = 1 << 20 } = {},
): Promise<DecryptedPart[]> {
  const parts: DecryptedPart[] = [];
  for await (const part of decodeEncryptedMessage(chunks, { context, contentType, maxPartBytes })) parts.push(part);
  return parts;
}

const joined = (parts: DecryptedPart[]) => Buffer.concat(parts.map(({ data }) => data));

/** Cuts bytes at the given places, in any order. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const at = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

/** The framing as MS-WSMV 2.2.9.1 prints it, written out here apart from the encoder under test. */
function framed(
  sealed: Uint8Array,
  length: number,
  options: { protocol?: string; original?: string; dash?: string; tab?: string; end?: string } = {},
) {
  const { protocol = SPNEGO, original = UTF8, dash = '--', tab = '\t', end = '--\r\n' } = options;
  const delimiter = `${dash}Encrypted Boundary`;
  return Buffer.concat([
    Buffer.from(
      `${delimiter}\r\n${tab}Content-Type: ${protocol}\r\n${tab}OriginalContent: type=${original};Length=${length}\r\n` +
        `${delimiter}\r\n${tab}Content-Type: application/octet-stream\r\n`,
    ),
    sealed,
    Buffer.from(`${delimiter}${end}`),
  ]);
}

async function sealed(context: FakeContext, message: Uint8Array): Promise<Buffer> {
  const { header, data } = await context.wrap(message);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, data]);
}

describe('encodeEncryptedMessage', () => {
  // 0 of 184 recorded bodies of Windows clients and servers (OTRF/Security-Datasets) have the tab that MS-WSMV 2.2.9.1.1.2.2 orders.
  it.each([SPNEGO, KERBEROS])(
    'writes what MS-WSMV 2.2.9.1.1 and 2.2.9.1.2 order, without the tabs, as Windows does: %s',
    async (protocol) => {
      const message = Buffer.from('<s:Envelope>ü</s:Envelope>');
      const { body, contentType } = await encodeEncryptedMessage(
        message,
        'application/soap+xml; charset="UTF-8"',
        new FakeContext({ protocol }),
      );
      expect(contentType).toBe(`multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`);
      const expected = framed(await sealed(new FakeContext(), message), message.length, { protocol, tab: '' });
      expect(latin1(body)).toBe(latin1(expected));
    },
  );

  it('writes the tabs of MS-WSMV 2.2.9.1.1.2.2 where they are asked for', async () => {
    const message = Buffer.from('<s:Envelope/>');
    const { body } = await encodeEncryptedMessage(message, UTF8, new FakeContext(), { tabbed: true });
    expect(latin1(body)).toBe(latin1(framed(await sealed(new FakeContext(), message), message.length)));
  });

  it('splits what is larger than 16 KiB for CredSSP only (2.2.9.1.3.2)', async () => {
    const message = Buffer.alloc(40_000, 'x');
    const options = { protocol: CREDSSP, tlsRecordBytes: 16_384 };
    const { body, contentType } = await encodeEncryptedMessage(message, UTF8, new FakeContext(options));
    expect(contentType).toBe(mediaType(CREDSSP, 'x-multi-encrypted'));
    expect(latin1(body).match(/Length=\d+/g)).toEqual(['Length=16384', 'Length=16384', 'Length=7232']);
    expect(latin1(body).match(/--Encrypted Boundary\r\n/g)).toHaveLength(6);
    expect(latin1(body).endsWith('--Encrypted Boundary--\r\n')).toBe(true);
    const parts = await decode([body], { context: new FakeContext(options), contentType });
    expect(joined(parts).equals(message)).toBe(true);
    const small = await encodeEncryptedMessage(message.subarray(0, 16_384), UTF8, new FakeContext(options));
    expect(small.contentType).toBe(mediaType(CREDSSP));
    const whole = await encodeEncryptedMessage(message, UTF8, new FakeContext());
    expect(whole.contentType).toBe(mediaType(SPNEGO));
    expect(latin1(whole.body)).toContain('Length=40000');
  });

  it('refuses a context that cannot encrypt', async () => {
    await expect(encodeEncryptedMessage(Buffer.from('x'), UTF8, basic())).rejects.toMatchObject({
      code: 'ERR_INSECURE_CHANNEL',
    });
  });
});

describe('decodeEncryptedMessage', () => {
  it.each([
    ['request', 705, 964],
    ['response', 1244, 1504],
  ])(
    'reads the form of the recorded %s of MS-WSMV 4.5, whose Content-Length it has',
    async (_, length, contentLength) => {
      const message = Buffer.alloc(length, 'm');
      const original = 'application/soap+xml;charset=UTF-16';
      const body = framed(await sealed(new FakeContext(), message), length, { dash: '-- ', original, end: '\r\n' });
      expect(body.length).toBe(contentLength);
      const parts = await decode([body]);
      expect(parts).toEqual([{ contentType: original, data: new Uint8Array(message) }]);
      // A second message may follow in the same response.
      const context = new FakeContext();
      const two = [
        framed(await sealed(context, message), length, { dash: '-- ', end: '\r\n' }),
        framed(await sealed(context, message), length, { dash: '-- ', end: '\r\n' }),
      ];
      expect(await decode([Buffer.concat(two)])).toHaveLength(2);
    },
  );

  it.each([
    ["Exchange's space", { dash: '-- ', end: '--\r\n' }],
    ['no tabs', { tab: '' }],
    ['no last line break', { end: '--' }],
    ['a line break before the closing delimiter', { end: '--\r\n', before: '\r\n' }],
    ['another case of the protocol', { protocol: SPNEGO.toLowerCase() }],
  ])(
    'accepts %s',
    async (_, {
      before = '',
      ...options
    }: { before?: string; dash?: string; end?: string; tab?: string; protocol?: string }) => {
      const message = Buffer.from('<é/>');
      const payload = Buffer.concat([await sealed(new FakeContext(), message), Buffer.from(before)]);
      const parts = await decode([framed(payload, message.length, options)]);
      expect(joined(parts).toString()).toBe('<é/>');
      expect(parts[0]?.contentType).toBe(UTF8);
    },
  );

  it('gives each message of a sequence as soon as it is there', async () => {
    const server = new FakeContext();
    const decoder = new EncryptedMessageDecoder({ contentType: mediaType(SPNEGO), context: new FakeContext() });
    for (const text of ['<first/>', '<second/>', '<third/>']) {
      const { body } = await encodeEncryptedMessage(Buffer.from(text), UTF8, server);
      decoder.push(body.subarray(0, 50));
      expect(await decoder.next()).toBeUndefined();
      expect(decoder.atMessageEnd).toBe(false);
      decoder.push(body.subarray(50));
      expect(latin1((await decoder.next())?.data ?? new Uint8Array())).toBe(text);
      expect(await decoder.next()).toBeUndefined();
      expect(decoder.atMessageEnd).toBe(true);
    }
    expect(() => decoder.end()).not.toThrow();
  });

  it('gives back any messages however their bytes are cut, for every protocol', async () => {
    const kinds = fc.constantFrom(
      { protocol: SPNEGO },
      { protocol: KERBEROS },
      { protocol: CREDSSP, tlsRecordBytes: 16_384 },
      { protocol: CREDSSP, tlsRecordBytes: 7 },
    );
    // Boundaries and line breaks inside the ciphertext must not matter, so they occur often (0x77 and 0x57 are their XOR).
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom('--Encrypted Boundary--\r\n', '\r\n--Encrypted Boundary')
        .map((text) => Uint8Array.from(Buffer.from(text), (byte) => byte ^ 0x5a)),
    );
    const messages = fc.array(
      fc.array(piece, { maxLength: 4 }).map((pieces) => Buffer.concat(pieces)),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(
        kinds,
        messages,
        fc.array(fc.nat(), { maxLength: 30 }),
        fc.boolean(),
        async (kind, texts, places, spacedDelimiter) => {
          const server = new FakeContext(kind);
          const bodies: Uint8Array[] = [];
          for (const text of texts)
            bodies.push((await encodeEncryptedMessage(text, UTF8, server, { spacedDelimiter })).body);
          const parts = await decode(cut(Buffer.concat(bodies), places), {
            context: new FakeContext(kind),
            contentType: mediaType(kind.protocol),
          });
          expect(parts.map(({ data }) => latin1(data))).toEqual(texts.map(latin1));
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('reads a megabyte that arrives byte by byte', async () => {
    const message = Buffer.alloc(1 << 20, 'y');
    const { body } = await encodeEncryptedMessage(message, UTF8, new FakeContext());
    const parts = await decode(
      cut(
        body,
        Array.from({ length: 50_000 }, (_, i) => i * 21),
      ),
    );
    expect(joined(parts).equals(message)).toBe(true);
  });
});

describe('what is refused', () => {
  const message = Buffer.from('<s/>');
  const fails = async (
    bytes: Uint8Array,
    options: { contentType?: string; maxPartBytes?: number; context?: FakeContext } = {},
  ) => {
    const failure = await decode([bytes], options).then(
      () => undefined,
      (error: unknown) => error,
    );
    return isCimletError(failure) ? { code: failure.code, message: failure.message } : failure;
  };

  it.each([
    ['shorter than it is', 3, 'ERR_MESSAGE_INTEGRITY', /signature/],
    ['longer than it is', 5, 'ERR_MESSAGE_INTEGRITY', /signature/],
    ['much longer', 500, 'ERR_PROTOCOL', /too early/],
    ['beyond the limit', 2 ** 31, 'ERR_RESPONSE_TOO_LARGE', /2147483648/],
  ])('a declared length %s', async (_, length, code, text) => {
    expect(await fails(framed(await sealed(new FakeContext(), message), length))).toEqual({
      code,
      message: expect.stringMatching(text),
    });
  });

  it('a CredSSP part that unseals to another length than it declares', async () => {
    const options = { protocol: CREDSSP, tlsRecordBytes: 100 };
    const bytes = framed(await sealed(new FakeContext(options), message), 5, { protocol: CREDSSP });
    expect(await fails(bytes, { context: new FakeContext(options), contentType: mediaType(CREDSSP) })).toEqual({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(/declares 5 bytes and holds 4/),
    });
  });

  it.each([
    [
      'another protocol in its metadata',
      (whole: string) => whole.replace(SPNEGO, KERBEROS),
      /Content-Type is not its protocol/,
    ],
    ['no length', (whole: string) => whole.replace(/;Length=4/, ''), /length is not a number/],
    ['a negative length', (whole: string) => whole.replace('Length=4', 'Length=-4'), /length is not a number/],
    [
      'no OriginalContent',
      (whole: string) => whole.replace(/\tOriginalContent.*?\r\n/, ''),
      /does not declare its length/,
    ],
    ['another second part', (whole: string) => whole.replace('octet-stream', 'soap+xml'), /octet-stream/],
    ['an absurd signature length', (whole: string) => whole.replace('\x10\0\0\0', '\xff\xff\xff\xff'), /absurd/],
    ['another boundary', (whole: string) => whole.replace('--Encrypted', '--Unencrypted'), /delimiter is expected/],
    [
      'something after its boundary',
      (whole: string) => whole.replace('Boundary\r\n', 'Boundary x'),
      /not followed by a line break/,
    ],
    [
      'a close before the payload',
      (whole: string) =>
        whole.replace(/--Encrypted Boundary\r\n\tContent-Type: application\/octet/, '--Encrypted Boundary--\r\n'),
      /closes before/,
    ],
    [
      'a plain part before the sealed one',
      (whole: string) => `--Encrypted Boundary\r\nContent-Type: text/plain\r\n\r\n<s:Envelope/>\r\n${whole}`,
      /text stands where the headers of its first part are/,
    ],
    [
      'text among its headers',
      (whole: string) => whole.replace('\tOriginal', '<x/>\r\n\tOriginal'),
      /text stands where/,
    ],
    [
      'two lengths',
      (whole: string) => whole.replace(/\tOriginalContent.*?\r\n/, '$&$&'),
      /header originalcontent is there twice/,
    ],
    [
      'two protocols',
      (whole: string) => whole.replace(/\tContent-Type: application\/HTTP.*?\r\n/, '$&$&'),
      /header content-type is there twice/,
    ],
    ['plain text', () => 'HTTP is fine', /delimiter is expected/],
    ['nothing', () => '', /empty/],
    ['an endless header', (whole: string) => whole.replace('type=', 'x'.repeat(2000)), /too long/],
    [
      'endless headers',
      (whole: string) => whole.replace('\tOriginal', `${'\tX: y\r\n'.repeat(20)}\tOriginal`),
      /too many headers/,
    ],
  ])('%s', async (_, damage, text) => {
    const whole = latin1(framed(await sealed(new FakeContext(), message), message.length));
    expect(await fails(Buffer.from(damage(whole), 'latin1'))).toEqual({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(text),
    });
  });

  it.each([
    ['another protocol', mediaType(KERBEROS), /protected by/],
    ['no boundary', `multipart/encrypted;protocol="${SPNEGO}"`, /names no usable/],
    ['no protocol', 'multipart/encrypted;boundary="Encrypted Boundary"', /names no usable/],
  ])('a Content-Type with %s', async (_, contentType, text) => {
    expect(await fails(Buffer.from('x'), { contentType })).toEqual({
      code: 'ERR_PROTOCOL',
      message: expect.stringMatching(text),
    });
  });

  it('CredSSP payloads that are not TLS, or claim a trailer larger than themselves', async () => {
    const context = () => new FakeContext({ protocol: CREDSSP, tlsRecordBytes: 100 });
    const contentType = mediaType(CREDSSP);
    const whole = latin1(framed(await sealed(context(), message), 4, { protocol: CREDSSP }));
    const damaged = (from: string, to: string) =>
      fails(Buffer.from(whole.replace(from, to), 'latin1'), { context: context(), contentType });
    expect(await damaged('\x17\x03\x03', 'abc')).toMatchObject({ message: expect.stringMatching(/not TLS/) });
    expect(await damaged('\x17\x03\x03\0\x14', '\x17\x03\x03\xff\xff')).toMatchObject({
      message: expect.stringMatching(/record is too long/),
    });
    expect(await damaged('\x10\0\0\0', '\x80\0\0\0')).toMatchObject({ message: expect.stringMatching(/trailer/) });
  });

  it('every truncation, and every flipped byte changes nothing silently', async () => {
    const whole = framed(await sealed(new FakeContext(), message), message.length);
    // The last line break is optional, and so is a closing delimiter's second hyphen's presence: cut before those.
    for (let length = 0; length < whole.length - 2; length++) {
      expect(await fails(whole.subarray(0, length))).toMatchObject({ code: 'ERR_PROTOCOL' });
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ mask;
        const result = await decode([damaged]).then(
          (parts) => joined(parts).toString(),
          (error: unknown) => {
            if (!isCimletError(error)) throw error;
            return '<s/>';
          },
        );
        expect(result).toBe('<s/>');
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });

  it('arbitrary bytes', async () => {
    const snippet = fc.constantFrom(
      '--',
      'Encrypted Boundary',
      '\r\n',
      '\t',
      `Content-Type: ${SPNEGO}`,
      'OriginalContent: type=a;Length=3',
      'Content-Type: application/octet-stream',
      '\x10\0\0\0',
    );
    const noise = fc.array(
      fc.oneof(
        snippet.map((text) => Buffer.from(text, 'latin1')),
        fc.uint8Array({ maxLength: 8 }),
      ),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(noise, async (pieces) => {
        expect(await fails(Buffer.concat(pieces))).toMatchObject({ code: expect.stringMatching(/^ERR_/) });
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});

describe('isEncryptedMediaType', () => {
  it.each([
    [mediaType(SPNEGO), true],
    [mediaType(CREDSSP, 'x-multi-encrypted'), true],
    ['Multipart/Encrypted; protocol=x', true],
    ['multipart/encryptedx', false],
    ['text/html', false],
    [undefined, false],
  ])('%s: %s', (contentType, expected) => {
    expect(isEncryptedMediaType(contentType)).toBe(expected);
  });
});
