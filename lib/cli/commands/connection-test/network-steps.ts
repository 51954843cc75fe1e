import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { Deadline } from '../../../base/deadline.js';
import { isCimletError } from '../../../base/errors.js';
import { wireHost } from '../../../base/network/host-name.js';
import { firstToConnect } from '../../../transport/socket/connection-attempts.js';
import { openTunnel } from '../../../transport/socket/proxy-tunnel.js';
import { messageAndHint } from '../../terminal/report-error.js';
import { systemErrorCode } from '../../usage/system-error-code.js';
import { failed, passed, type TestStep, type TestTarget } from './step.js';

/** The name's addresses. */
export async function nameStep({ host, address, proxy, spnHost }: TestTarget): Promise<TestStep> {
  if (address.host !== host.toLowerCase())
    return passed('name', `${host} is reached at ${address.host} (--connect-to).`);
  if (isIP(host) !== 0) {
    return passed(
      'name',
      `${host} is an address.`,
      spnHost === undefined ? 'Kerberos needs the name of the server; with an address only NTLM works.' : undefined,
    );
  }
  if (proxy !== undefined) return passed('name', `${host} is looked up by the proxy ${proxy.host}:${proxy.port}.`);
  try {
    const addresses = await lookup(host, { all: true });
    return passed('name', `${host} is ${addresses.map((one) => one.address).join(', ')}.`);
  } catch (error) {
    const code = systemErrorCode(error) ?? 'no answer';
    return failed(
      'name',
      `${host} has no address (${code}).`,
      'Check the spelling, the DNS suffix, and the DNS server of this machine.',
    );
  }
}

const TCP_HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'Nothing listens there: is WinRM running (Enable-PSRemoting), and is the port right (5985 http, 5986 https)?',
  EHOSTUNREACH: 'There is no route to it: check the network and the VPN.',
  ENETUNREACH: 'There is no route to it: check the network and the VPN.',
};

/** A TCP connection, opened and closed. */
export async function tcpStep(target: TestTarget, signal: AbortSignal): Promise<TestStep> {
  const { address, proxy } = target;
  const way = proxy === undefined ? '' : ` through the proxy ${proxy.host}:${proxy.port}`;
  const where = `${address.host}:${address.port}${way}`;
  const start = performance.now();
  try {
    const socket = await openTcp(target, signal);
    socket.destroy();
    return passed('tcp', `${where} accepts connections (${Math.round(performance.now() - start)} ms).`);
  } catch (error) {
    if (isCimletError(error) && proxy !== undefined) {
      const { message, hint = PROXY_HINT } = messageAndHint(error);
      return failed('tcp', message, hint);
    }
    const code = systemErrorCode(error);
    const hint =
      (code && TCP_HINTS[code]) ?? 'A firewall may drop the packets: open the port on the server and on the way.';
    return failed('tcp', `${where} cannot be connected to (${code ?? 'no answer in time'}).`, hint);
  }
}

const PROXY_HINT = 'Look at what answers at the address of the proxy.';

/**
 * To the first address of the name that answers, or through the proxy, as a session connects. Rejects with the system's error, the tunnel's, or the
 * signal's reason.
 */
export async function openTcp({ address, proxy }: TestTarget, signal: AbortSignal): Promise<Socket> {
  const { host, port } = address;
  using deadline = new Deadline({ signal });
  try {
    if (proxy !== undefined) return await openTunnel(proxy, { connectTo: address, lookup: undefined }, deadline);
    const dial = (one: string) => connectTcp({ host: one, port });
    return await firstToConnect({ host: wireHost(host) ?? host, lookup: undefined, dial, deadline });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}
