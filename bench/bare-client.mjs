// The least that Node needs to post bytes and receive the reply: the yardstick of what cimlet adds.
import { Agent, request } from 'node:http';

export function bareClient(port, width = 1) {
  const agent = new Agent({ keepAlive: true, maxSockets: width });
  return {
    /** Posts the body; resolves to the bytes of the reply. */
    post: (body, path = '/wsman') =>
      new Promise((resolve, reject) => {
        const headers = {
          'Content-Type': 'application/soap+xml;charset=UTF-8',
          'Content-Length': body.length,
          Authorization: 'Basic eDp5',
        };
        const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** One pass over every character of the decoded reply. */
export function scan(bytes) {
  const text = bytes.toString('utf8');
  let tags = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 0x3c) tags += 1;
  return tags;
}
