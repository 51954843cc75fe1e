import { afterAll, describe, expect, it } from '@jest/globals';
import type { MessageProtection } from '../../lib/auth/contract/message-protection.js';
import type { SecurityContext } from '../../lib/auth/contract/security-context.js';
import { Deadline } from '../../lib/base/deadline.js';
import { isCimletError } from '../../lib/base/errors.js';
import { HttpTransport } from '../../lib/transport/http-transport.js';
import { encodeEncryptedMessage } from '../../lib/transport/sealing/encrypted-message.js';
import { EncryptedMessageDecoder } from '../../lib/transport/sealing/encrypted-message-decoder.js';
import { describeWithFolder, type RecordedHttpMessage, readHttpMessages } from './recordings.js';
import { SilentServer } from './silent-server.js';

interface SealedPart {
  readonly header: Buffer;
  readonly data: Buffer;
}

/** The parts of a body, by the lengths that it declares, in the form that all recorded ones have: no reading of ours. */
function partsOf(body: Buffer): SealedPart[] {
  const parts: SealedPart[] = [];
  const description =
    /^--Encrypted Boundary\r\nContent-Type: application\/HTTP-(?:Kerberos|SPNEGO)-session-encrypted\r\nOriginalContent: type=application\/soap\+xml;charset=UTF-8;Length=(\d+)\r\n--Encrypted Boundary\r\nContent-Type: application\/octet-stream\r\n/;
  const end = Buffer.from('--Encrypted Boundary--\r\n');
  for (let at = 0; at < body.length; ) {
    const found = description.exec(body.toString('latin1', at, at + 400));
    if (found === null) throw new Error('A recorded body has another form.');
    const start = at + found[0].length + 4;
    const dataAt = start + body.readUInt32LE(start - 4);
    const dataEnd = dataAt + Number(found[1]);
    parts.push({ header: body.subarray(start, dataAt), data: body.subarray(dataAt, dataEnd) });
    expect(body.subarray(dataEnd, dataEnd + end.length).equals(end)).toBe(true);
    at = dataEnd + end.length;
  }
  return parts;
}

const hexOf = ({ header, data }: SealedPart) => `${header.toString('hex')} ${data.toString('hex')}`;

/** The keys of the recordings are gone: what is sealed is given as it is, and kept with its header. */
class WithoutKeys implements SecurityContext {
  readonly scheme = 'Negotiate';
  readonly mechanism = 'recorded';
  readonly capabilities = { bindsChannel: false, delegates: false, connectionBound: true };
  readonly protection: MessageProtection;
  readonly opened: SealedPart[] = [];
  complete = false;

  constructor(protocol: string, sealed: readonly SealedPart[] = []) {
    const left = [...sealed];
    this.protection = {
      protocol,
      framing: 'message-length',
      largestMessage: Number.POSITIVE_INFINITY,
      wrap: async () => left.shift() ?? { header: new Uint8Array(), data: new Uint8Array() },
      unwrap: async (header, data) => {
        this.opened.push({ header: Buffer.from(header), data: Buffer.from(data) });
        return data;
      },
    };
  }

  async step(): Promise<Uint8Array | undefined> {
    const isFirst = !this.complete;
    this.complete = true;
    return isFirst ? Buffer.from('token') : undefined;
  }

  dispose(): void {}
}

function protocolOf({ head }: RecordedHttpMessage): string | undefined {
  return /\r\nContent-Type: multipart\/encrypted;protocol="([^"]+)"/.exec(head)?.[1];
}

function mediaType(protocol: string): string {
  return `multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`;
}

/** As it went over the wire. */
function wholeOf({ head, framing, chunks, complete, body }: RecordedHttpMessage): Buffer {
  const content = Buffer.from(body, 'base64');
  const pieces: Buffer[] = [Buffer.from(head, 'latin1')];
  if (framing === 'length') return Buffer.concat([...pieces, content]);
  let at = 0;
  for (const size of chunks ?? []) {
    pieces.push(Buffer.from(`${size.toString(16)}\r\n`), content.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  if (complete) pieces.push(Buffer.from('0\r\n\r\n'));
  return Buffer.concat(pieces);
}

const CUTS: readonly (readonly [string, number])[] = [
  ['whole', Number.POSITIVE_INFINITY],
  ['byte by byte', 1],
  ['in pieces of 61 bytes', 61],
];

describeWithFolder('CIMLET_RECORDED', 'Recorded HTTP messages of Windows', (folder) => {
  const messages = readHttpMessages(folder);
  const fromServer = messages.filter(({ from }) => from === 'server');
  const sealed = messages.filter(
    (message) => protocolOf(message) !== undefined && message.body !== '' && message.complete,
  );
  let checks = 0;

  afterAll(() => {
    process.stderr.write(`recorded HTTP messages: ${messages.length}, ${checks} checks\n`);
  });

  it('are there', () => {
    expect([fromServer.length > 0, sealed.length > 0]).toEqual([true, true]);
  });

  describe.each(CUTS)('%s', (_, size) => {
    it('that are sealed are taken apart as their own lengths say', async () => {
      for (const message of sealed) {
        const protocol = protocolOf(message) ?? '';
        const body = Buffer.from(message.body, 'base64');
        const context = new WithoutKeys(protocol);
        const decoder = new EncryptedMessageDecoder({ contentType: mediaType(protocol), context });
        for (let at = 0; at < body.length; at += size) {
          decoder.push(body.subarray(at, Math.min(at + size, body.length)));
          for (let part = await decoder.next(); part !== undefined; part = await decoder.next()) {
            expect(part.contentType).toBe('application/soap+xml;charset=UTF-8');
          }
        }
        decoder.end();
        expect(context.opened.map(hexOf)).toEqual(partsOf(body).map(hexOf));
        checks++;
      }
    });

    it('of a server come through the connection as they were sent', async () => {
      await using server = new SilentServer(size);
      for (const message of fromServer) {
        checks++;
        expect(await received(server, message)).toEqual(expectedOf(message));
      }
    });
  });

  it('are written as the client writes its own', async () => {
    for (const message of sealed) {
      const protocol = protocolOf(message) ?? '';
      const body = Buffer.from(message.body, 'base64');
      const context = new WithoutKeys(protocol, partsOf(body));
      const written: Uint8Array[] = [];
      for (const { data } of partsOf(body)) {
        const one = await encodeEncryptedMessage(data, 'application/soap+xml;charset=UTF-8', context);
        expect(one.contentType).toBe(mediaType(protocol));
        written.push(one.body);
      }
      expect(Buffer.concat(written).equals(body)).toBe(true);
      checks++;
    }
  });

  /** What a caller has to get of a message, by its head alone and its own lengths. */
  function expectedOf(message: RecordedHttpMessage): unknown {
    const status = Number(message.head.slice(9, 12));
    if (status === 401) return 'ERR_AUTHENTICATION';
    const body = Buffer.from(message.body, 'base64');
    const protocol = protocolOf(message);
    if (!message.complete) return 'ERR_CONNECTION_LOST';
    if (protocol === undefined) return { status, text: body.toString('latin1') };
    return { status, text: Buffer.concat(partsOf(body).map(({ data }) => data)).toString('latin1') };
  }

  async function received(server: SilentServer, message: RecordedHttpMessage): Promise<unknown> {
    const protocol = protocolOf(message);
    const { host, port } = await server.listen();
    // The logon, which is behind every recorded connection but those that were refused.
    const logon = message.head.startsWith('HTTP/1.1 401')
      ? []
      : [Buffer.from('HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n')];
    server.answers = [...logon, wholeOf(message)];
    server.endsAfter = !message.complete || /\r\nConnection: close\r\n/i.test(message.head);
    const sealing = new WithoutKeys(protocol ?? 'application/HTTP-SPNEGO-session-encrypted');
    const transport = new HttpTransport({
      host: 'recorded.example',
      port,
      connectTo: { host, port },
      security: () => sealing,
    });
    using deadline = new Deadline({ timeoutMs: 10_000 });
    try {
      const request = { body: Buffer.from('<s/>'), contentType: 'application/soap+xml;charset=UTF-8' };
      const reply = await transport.send({ ...request, repeatable: false, oneWay: true, deadline });
      const pieces: Uint8Array[] = [];
      for await (const piece of reply.body) pieces.push(piece);
      return { status: reply.status, text: Buffer.concat(pieces).toString('latin1') };
    } catch (error) {
      if (isCimletError(error)) return error.code;
      throw error;
    } finally {
      await transport.close();
    }
  }
});
