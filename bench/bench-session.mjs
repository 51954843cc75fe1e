import { newCimSession } from 'cimlet';

/** A session with a bench server. */
export const sessionTo = (port, path = 'wsman', options = {}) =>
  newCimSession('dhcpserver.contoso.com', {
    port,
    connectTo: { host: '127.0.0.1', port },
    httpUrlPrefix: path,
    authentication: 'Basic',
    allowUnencrypted: true,
    credential: { userName: 'x', password: 'y' },
    ...options,
  });

/** The envelopes that sessions send while `work(transport)` runs, taken from a transport that sends nothing. */
export async function capture(work) {
  const captured = [];
  await work(() => ({
    url: 'http://dhcpserver.contoso.com:5985/wsman',
    host: 'dhcpserver.contoso.com',
    send: async ({ body }) => {
      captured.push(Buffer.from(body));
      throw new Error('captured');
    },
    close: async () => {},
  })).catch(() => {});
  return captured;
}
