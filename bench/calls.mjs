// What invoke.mjs lets run against each other: one method's call, by the least means and by the library's.
import { cmdletDefinitions, getDhcpServerv4Failover } from 'cimlet';
import { bareClient, scan } from './bare-client.mjs';
import { capture, sessionTo } from './bench-session.mjs';
import { freshly, netClient } from './net-client.mjs';

/** The method behind Get-DhcpServerv4Failover -Name, for a session. */
export function getByName(session) {
  const { namespace, className, outputClasses, methods } = cmdletDefinitions.get('get-dhcpserverv4failover');
  const method = methods.find(({ methodName }) => methodName === 'GetByName').declaration;
  const invocation = { namespace, className, method, outputClasses, repeatable: true };
  return () => session.invokeMethod({ ...invocation, parameters: { Name: ['SFO-SIN-Failover'] } });
}

/** The cmdlet that calls it. */
export const getFailover = (session) => () =>
  getDhcpServerv4Failover({ CimSession: session, Name: 'SFO-SIN-Failover' });

/** The envelope that `callOf` a session sends. */
export async function requestOf(callOf) {
  const [body] = await capture(async (transport) => callOf(await sessionTo(5985, 'wsman', { transport }))());
  return body;
}

const session = ({ port, path, width }) => sessionTo(port, path, { maxConnections: width });

export const CONTENDERS = {
  /** Posts a Buffer that is ready, and looks at nothing of the reply. */
  'bare node:http': async ({ port, path, width }) => {
    const client = bareClient(port, width);
    const body = await requestOf(getByName);
    return () => client.post(body, `/${path}`);
  },
  /** As much as every client must do: an id of its own in each request, and a look at each character of the reply. */
  'node:http with a scan': async ({ port, path, width }) => {
    const client = bareClient(port, width);
    const next = freshly(await requestOf(getByName));
    return async () => scan(await client.post(Buffer.from(next()), `/${path}`));
  },
  'a socket with a scan': async ({ port, path }) => {
    const client = netClient(port, `/${path}`);
    const next = freshly(await requestOf(getByName));
    return async () => scan(await client.post(next()));
  },
  'session.invokeMethod': async (options) => getByName(await session(options)),
  'the whole cmdlet': async (options) => getFailover(await session(options)),
};
