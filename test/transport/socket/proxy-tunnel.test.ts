import { describe, expect, it } from '@jest/globals';
import { Deadline } from '../../../lib/base/deadline.js';
import { Secret } from '../../../lib/base/secret.js';
import { openTunnel } from '../../../lib/transport/socket/proxy-tunnel.js';
import { startTunnelProxy } from '../../support/tunnel-proxy.js';

const target = { connectTo: { host: 'dhcp1.contoso.com', port: 5985 }, lookup: undefined };

const refusal = async (proxy: Parameters<typeof openTunnel>[0]): Promise<unknown> => {
  using deadline = new Deadline({});
  return await openTunnel(proxy, target, deadline).catch((error: unknown) => error);
};

describe('a proxy that gives no tunnel', () => {
  it.each([
    [407, {}, /user name and a password.*credential/],
    [407, { credential: { userName: 'me', password: new Secret('hidden') } }, /does not take this user name/],
    [502, {}, /does not get through to the server/],
    [504, {}, /does not get through to the server/],
    [403, {}, /port 443/],
  ])('says with %i what is wanted: %j', async (status, more, hint) => {
    const proxy = await startTunnelProxy({ status });
    const error = await refusal({ host: '127.0.0.1', port: proxy.port, ...more });
    await proxy.close();
    expect(error).toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: `The proxy 127.0.0.1:${proxy.port} refused a tunnel to dhcp1.contoso.com:5985 (HTTP ${status}).`,
      hint: expect.stringMatching(hint),
    });
    expect(String((error as Error).message)).not.toContain('hidden');
  });

  it('is told from a server that does not run', async () => {
    const proxy = await startTunnelProxy();
    await proxy.close();
    const error = await refusal({ host: '127.0.0.1', port: proxy.port });
    expect(error).toMatchObject({
      code: 'ERR_CONNECTION_REFUSED',
      message: `The proxy 127.0.0.1:${proxy.port} cannot be reached (ECONNREFUSED).`,
      hint: expect.not.stringMatching(/WinRM/),
      retryable: true,
    });
  });

  it('is told from a server whose name nobody has', async () => {
    expect(await refusal({ host: 'proxy.invalid', port: 3128 })).toMatchObject({
      code: 'ERR_NAME_NOT_RESOLVED',
      message: expect.stringContaining('The name of the proxy proxy.invalid:3128'),
      hint: expect.not.stringMatching(/connectTo/),
    });
  });
});
