import { request } from 'node:http';
import { Duplex } from 'node:stream';

/** What a parser made of a response. */
export interface ParsedResponse {
  readonly status: number;
  readonly body: string;
  readonly contentType: string | undefined;
  readonly wwwAuthenticate: readonly string[];
}

/** Reads the bytes with node:http's own parser, as the answer to a POST whose connection then ends; undefined when it refuses them. */
export function readByNode(bytes: Buffer): Promise<ParsedResponse | undefined> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read: () => {}, write: (_chunk, _encoding, done) => done() });
    const outgoing = request({ method: 'POST', host: 'x', createConnection: () => socket }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('close', () => {
        if (!response.complete) return resolve(undefined);
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('latin1'),
          contentType: response.headers['content-type'],
          wwwAuthenticate: response.headersDistinct['www-authenticate'] ?? [],
        });
      });
    });
    outgoing.on('error', () => resolve(undefined));
    outgoing.on('upgrade', (_response, upgraded) => {
      upgraded.destroy();
      resolve(undefined);
    });
    outgoing.end();
    setImmediate(() => {
      socket.push(bytes);
      socket.push(null);
    });
  });
}
