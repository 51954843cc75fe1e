import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { AcceptorContext } from '../../lib/auth/contract/acceptor-context.js';
import { requireProtection } from '../../lib/auth/contract/message-protection.js';
import { ntlmAcceptor } from '../../lib/auth/ntlm/acceptor.js';
import { negotiateAcceptor } from '../../lib/auth/spnego/negotiate-acceptor.js';
import { Secret } from '../../lib/base/secret.js';
import { decodeEncryptedMessage } from '../transport/sealing/decode-encrypted-message.js';
import {
  encodedText,
  framed,
  isSealed,
  padded,
  type ReplyForm,
  type SealedFraming,
  sealedFraming,
  windowsHead,
} from './reply-forms.js';

export const USER_NAME = 'CONTOSO\\dhcpadmin';
export const PASSWORD = 'Recorded-Pa55';

/** A request, as far as an answer depends on it. */
export interface ReplayRequest {
  readonly action: string;
  readonly resourceUri: string;
  readonly body: string;
}

export interface ReplayAnswer {
  readonly status: number;
  readonly text: string;
}

/** Answers requests with recorded replies in one form, each with the request's id in RelatesTo. HTTP is written by hand. */
export class ReplayServer implements AsyncDisposable {
  answer: (request: ReplayRequest) => ReplayAnswer = () => ({ status: 500, text: '' });
  readonly #form: ReplyForm;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(form: ReplyForm) {
    this.#form = form;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      void this.#serve(socket);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #serve(socket: Socket): Promise<void> {
    const context = isSealed(this.#form) ? acceptor() : undefined;
    for await (const { head, body } of messagesOf(socket)) {
      const token = /\r\nAuthorization: Negotiate ([\w+/=]+)/i.exec(head)?.[1];
      if (context !== undefined && token !== undefined) {
        await logOn(socket, context, token);
        continue;
      }
      const opened = context === undefined ? body : await unsealed(context, head, body);
      const text = opened.toString(/charset="?utf-16/i.test(head) ? 'utf16le' : 'utf8');
      const answer = this.answer({
        action: textOf(text, 'Action'),
        resourceUri: textOf(text, 'ResourceURI'),
        body: text,
      });
      const related = relate(answer.text, textOf(text, 'MessageID'));
      const encoded = encodedText(this.#form, related);
      if (context !== undefined) socket.write(await sealedReply(this.#form, context, answer.status, encoded.bytes));
      else {
        const { message, ends } = framed(this.#form, answer.status, encoded);
        socket.write(message);
        if (ends) socket.end();
      }
    }
  }
}

function acceptor(): AcceptorContext {
  const accounts = async () => ({ password: new Secret(PASSWORD) });
  const ntlm = ntlmAcceptor({ serverName: 'RECORDED', domainName: 'CONTOSO', accounts });
  return negotiateAcceptor({ mechanisms: [ntlm] });
}

async function logOn(socket: Socket, context: AcceptorContext, token: string): Promise<void> {
  const answer = await context.step(Buffer.from(token, 'base64'));
  const value = `WWW-Authenticate: Negotiate ${Buffer.from(answer ?? []).toString('base64')}`;
  const fields = answer === undefined ? [] : [value];
  socket.write(windowsHead(context.complete ? 200 : 401, [...fields, 'Content-Length: 0']));
}

async function unsealed(context: AcceptorContext, head: string, body: Buffer): Promise<Buffer> {
  const contentType = /\r\nContent-Type: ([^\r]*)/i.exec(head)?.[1] ?? '';
  const parts: Uint8Array[] = [];
  for await (const part of decodeEncryptedMessage([body], { contentType, context })) parts.push(part.data);
  return Buffer.concat(parts);
}

/** A sealed response, put together by hand: only the sealing itself is the library's. */
async function sealedReply(form: ReplyForm, context: AcceptorContext, status: number, bytes: Buffer): Promise<Buffer> {
  const framing = sealedFraming(form);
  const protocol = 'application/HTTP-SPNEGO-session-encrypted';
  const plain = form === 'sealed and padded with NULs' ? padded(bytes) : bytes;
  const messages: Buffer[] = [];
  for (let at = 0; at < plain.length; at += framing.partBytes) {
    const part = plain.subarray(at, at + framing.partBytes);
    messages.push(await sealedMessage(context, protocol, part, framing));
  }
  const body = Buffer.concat(messages);
  const type = `Content-Type: multipart/encrypted;protocol="${protocol}";boundary="Encrypted Boundary"`;
  if (messages.length === 1) {
    return Buffer.concat([windowsHead(status, [type, `Content-Length: ${body.length}`]), body]);
  }
  // One chunk a message, as the recorded replies of long operations have it.
  const chunks = messages.flatMap((message) => [
    Buffer.from(`${message.length.toString(16)}\r\n`),
    message,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([
    windowsHead(status, ['Transfer-Encoding: chunked', type]),
    ...chunks,
    Buffer.from('0\r\n\r\n'),
  ]);
}

async function sealedMessage(
  context: AcceptorContext,
  protocol: string,
  part: Buffer,
  { tab, delimiter, beforeClosing }: SealedFraming,
): Promise<Buffer> {
  const { header, data } = await requireProtection(context).wrap(part);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from(
      `${delimiter}\r\n${tab}Content-Type: ${protocol}\r\n` +
        `${tab}OriginalContent: type=application/soap+xml;charset=UTF-8;Length=${part.length}\r\n` +
        `${delimiter}\r\n${tab}Content-Type: application/octet-stream\r\n`,
    ),
    length,
    header,
    data,
    Buffer.from(`${beforeClosing}${delimiter}--\r\n`),
  ]);
}

/** The HTTP requests that come on a socket. The client always sends a Content-Length. */
async function* messagesOf(socket: Socket): AsyncGenerator<{ readonly head: string; readonly body: Buffer }> {
  let held = Buffer.alloc(0);
  try {
    for await (const bytes of socket) {
      held = Buffer.concat([held, bytes as Buffer]);
      for (;;) {
        const end = held.indexOf('\r\n\r\n');
        if (end < 0) break;
        const head = held.toString('latin1', 0, end);
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (held.length < end + 4 + length) break;
        const body = held.subarray(end + 4, end + 4 + length);
        held = held.subarray(end + 4 + length);
        yield { head, body };
      }
    }
  } catch {
    // The client closed the connection.
  }
}

function textOf(envelope: string, name: string): string {
  return new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(envelope)?.[1]?.trim() ?? '';
}

function relate(reply: string, messageId: string): string {
  if (messageId === '') return reply;
  return reply.replace(/(<(?:[\w.-]+:)?RelatesTo(?:\s[^>]*)?>\s*)[^<]*?(\s*<\/)/, `$1${messageId}$2`);
}
