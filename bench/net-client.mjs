// The floor of any client in JavaScript: a socket of its own for each call in flight, a request in one write, the end of the reply by its
// Content-Length, and nothing checked.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

export function netClient(port, path = '/wsman') {
  const idle = [];
  const open = () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const connection = { socket, received: [], length: 0, resolve: undefined };
    socket.on('data', (chunk) => {
      connection.received.push(chunk);
      connection.length += chunk.length;
      const bytes = connection.received.length === 1 ? chunk : Buffer.concat(connection.received);
      const end = bytes.indexOf(HEAD_END);
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(bytes.latin1Slice(0, end))?.[1]);
      if (bytes.length < end + 4 + length) return;
      connection.received = [];
      connection.length = 0;
      idle.push(connection);
      connection.resolve(bytes.subarray(end + 4));
    });
    socket.on('error', (error) => {
      throw error;
    });
    return connection;
  };
  return {
    /** Posts a text of ASCII characters; resolves to the bytes of the reply. */
    post: (text) =>
      new Promise((resolve) => {
        const connection = idle.pop() ?? open();
        connection.resolve = resolve;
        connection.socket.write(
          `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: ${text.length}\r\nAuthorization: Basic eDp5\r\n\r\n${text}`,
          'latin1',
        );
      }),
  };
}

/** A request's text with a message id of its own in each call. */
export function freshly(body) {
  const [before, after] = body.toString().split(/(?<=MessageID[^>]*>uuid:)[0-9A-F-]{36}/i);
  return () => `${before}${randomUUID().toUpperCase()}${after}`;
}
