import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionEnd } from '../request/fault-injector.js';

/** One piece of a reply's body, as it goes out. */
export interface ReplyChunk {
  readonly body: Uint8Array;
  readonly contentType: string;
}

export interface OutgoingReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly chunks: AsyncIterable<ReplyChunk>;
  /** Send each chunk as it comes; otherwise one that is alone gets a Content-Length. */
  readonly streamed: boolean;
}

/** Writes a reply, one HTTP chunk for each piece. An injected end of the connection is carried out on the socket. */
export async function writeReply(response: ServerResponse, socket: Socket, reply: OutgoingReply): Promise<void> {
  const iterator = reply.chunks[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) {
      const length = reply.status === 204 ? {} : { 'Content-Length': '0' };
      writeHead(response, reply.status, { ...reply.headers, ...length }).end();
      return;
    }
    const headers = { ...reply.headers, 'Content-Type': first.value.contentType };
    if (reply.streamed) {
      writeHead(response, reply.status, headers);
      await write(response, first.value.body);
    } else if (await sentWhole(response, iterator, reply.status, headers, first.value.body)) {
      return;
    }
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      await write(response, next.value.body);
    }
    response.end();
  } catch (error) {
    if (error instanceof ConnectionEnd && error.how === 'reset') socket.resetAndDestroy();
    else socket.destroySoon();
    if (!(error instanceof ConnectionEnd) && !response.destroyed) throw error;
  } finally {
    await iterator.return?.();
  }
}

/** A head as HTTP.sys writes it: without reason phrase. */
export function writeHead(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | string[]>,
): ServerResponse {
  return response.writeHead(status, '', headers);
}

/** Looks whether a second chunk follows; if not, the first is the whole reply. */
async function sentWhole(
  response: ServerResponse,
  iterator: AsyncIterator<ReplyChunk>,
  status: number,
  headers: Record<string, string | string[]>,
  body: Uint8Array,
): Promise<boolean> {
  let second: IteratorResult<ReplyChunk> | undefined;
  try {
    second = await iterator.next();
  } finally {
    if (second?.done === true) {
      writeHead(response, status, { ...headers, 'Content-Length': String(body.length) }).end(body);
    } else {
      writeHead(response, status, headers);
      await write(response, body);
    }
  }
  if (second.done !== true) await write(response, second.value.body);
  return second.done === true;
}

function write(response: ServerResponse, body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new ConnectionEnd('cut'));
    response.once('close', onClose);
    response.write(body, (error) => {
      response.off('close', onClose);
      if (error) reject(error);
      else resolve();
    });
  });
}
