import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { HttpChannel } from '../../../lib/transport/http/http-channel.js';

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** A socket that has its answer before it says that the request has been written, as a TLS socket does on a busy machine. */
function answeringSocket(): { readonly socket: Socket; readonly written: string[] } {
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString('latin1'));
      this.push(ANSWER);
      setImmediate(() => setImmediate(done));
    },
  });
  return { socket: socket as unknown as Socket, written };
}

const post = async (channel: HttpChannel, bytes: number): Promise<void> => {
  const response = await channel.exchange({ head: 'POST /wsman HTTP/1.1\r\n', body: new Uint8Array(bytes) });
  await new Promise<void>((end, broken) => response.pipe({ data: () => {}, end, broken }));
};

describe('HttpChannel', () => {
  it('keeps the connection of a logon whose answer comes before the word that the request was written', async () => {
    const { socket, written } = answeringSocket();
    const channel = new HttpChannel(socket);
    await post(channel, 0);
    expect([socket.writableLength > 0, channel.open]).toEqual([true, true]);
    await post(channel, 100);
    expect(written).toHaveLength(2);
    channel.destroy();
  });

  it('takes no other request where a large one was answered before all of it was written', async () => {
    const { socket } = answeringSocket();
    const channel = new HttpChannel(socket);
    await post(channel, 1_000_000);
    expect(channel.open).toBe(false);
    await expect(post(channel, 0)).rejects.toThrow('before the request was written');
    channel.destroy();
  });
});
