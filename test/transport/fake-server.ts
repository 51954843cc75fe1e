import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isEncryptedMediaType } from '../../lib/transport/sealing/encrypted-media-type.js';
import { encodeEncryptedMessage } from '../../lib/transport/sealing/encrypted-message.js';
import { FakeContext, type FakeContextOptions } from './fake-context.js';
import { decodeEncryptedMessage } from './sealing/decode-encrypted-message.js';
import { httpServer, httpsServer } from './servers.js';

const UTF8 = 'application/soap+xml;charset=UTF-8';

/** One connection as the server saw it. */
export interface SeenConnection {
  readonly context: FakeContext;
  readonly authorizations: string[];
  readonly messages: string[];
  legs: number;
  complete: boolean;
  readonly socket: Socket;
}

export interface FakeServerOptions extends FakeContextOptions {
  readonly secure?: boolean;
  /** Takes over a request; true when it answered. */
  readonly intercept?: (
    request: IncomingMessage,
    response: ServerResponse,
    connection: SeenConnection,
    body: Buffer,
  ) => boolean | undefined | Promise<boolean | undefined>;
  /** Makes the answer to a message. Several strings become several multipart messages in one response. */
  readonly answer?: (message: string, connection: SeenConnection) => string | string[] | Promise<string | string[]>;
}

/** A server for {@link FakeContext}: a handshake per connection, then sealed messages in strict order. */
export async function fakeServer(options: FakeServerOptions = {}) {
  const connections: SeenConnection[] = [];
  const bySocket = new WeakMap<Socket, SeenConnection>();
  const seen = (socket: Socket): SeenConnection => {
    let connection = bySocket.get(socket);
    if (connection === undefined) {
      connection = {
        context: new FakeContext(options),
        authorizations: [],
        messages: [],
        legs: 0,
        complete: false,
        socket,
      };
      bySocket.set(socket, connection);
      connections.push(connection);
    }
    return connection;
  };
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const connection = seen(request.socket);
    if (await options.intercept?.(request, response, connection, body)) return;
    if (connection.complete) await serve(request, response, connection, body, options);
    else shakeHands(request, response, connection, body, options);
  };
  const guarded = (request: IncomingMessage, response: ServerResponse) => {
    listener(request, response).catch(() => response.destroy());
  };
  const { port } = options.secure ? await httpsServer(guarded) : await httpServer(guarded);
  return { port, connections };
}

function shakeHands(
  request: IncomingMessage,
  response: ServerResponse,
  connection: SeenConnection,
  body: Buffer,
  options: FakeServerOptions,
): void {
  const { authorization = '' } = request.headers;
  connection.authorizations.push(authorization);
  const scheme = connection.context.scheme;
  if (
    body.length > 0 ||
    authorization !== `${scheme} ${Buffer.from(`client-${connection.legs + 1}`).toString('base64')}`
  ) {
    response.writeHead(401, { 'WWW-Authenticate': scheme }).end('go away');
    return;
  }
  connection.legs++;
  const token = `${scheme} ${Buffer.from(`server-${connection.legs}`).toString('base64')}`;
  if (connection.legs < (options.legs ?? 2)) {
    response.writeHead(401, { 'WWW-Authenticate': ['Basic realm="WSMAN"', token] }).end('<html>more</html>');
    return;
  }
  connection.complete = true;
  response.writeHead(200, options.finalToken ? { 'WWW-Authenticate': token } : {}).end();
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  connection: SeenConnection,
  body: Buffer,
  options: FakeServerOptions,
): Promise<void> {
  if (request.headers.authorization !== undefined) throw new Error('a complete connection sends no credential');
  const { answer = (text: string) => `<answer>${text}</answer>` } = options;
  const contentType = request.headers['content-type'] ?? '';
  if (!isEncryptedMediaType(contentType)) {
    connection.messages.push(body.toString());
    response.writeHead(200, { 'Content-Type': UTF8 }).end([await answer(body.toString(), connection)].flat().join(''));
    return;
  }
  let text = '';
  for await (const part of decodeEncryptedMessage([body], { contentType, context: connection.context }))
    text += Buffer.from(part.data).toString();
  connection.messages.push(text);
  for (const piece of [await answer(text, connection)].flat()) {
    const sealed = await encodeEncryptedMessage(Buffer.from(piece), UTF8, connection.context);
    if (!response.headersSent) response.writeHead(200, { 'Content-Type': sealed.contentType });
    response.write(sealed.body);
  }
  response.end();
}
