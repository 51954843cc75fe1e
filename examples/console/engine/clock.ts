import { CimDateTime } from 'cimlet';
import type { Logons } from './logons.js';

/** Two failover servers that are further apart do not connect to each other (DHCP 20119). */
export const MOST_SKEW_MS = 60_000;

/** How far a server's clock is ahead of this computer's, milliseconds. Throws where the server does not tell it. */
export async function clockAhead(logons: Logons, server: string, signal: AbortSignal): Promise<number> {
  return await logons.use(server, async (client) => {
    const CimSession = await client.session(server);
    const before = Date.now();
    const [system] = await client.getCimInstance(
      { CimSession, ClassName: 'Win32_OperatingSystem', Namespace: 'root/cimv2' },
      { signal, timeoutMs: 20_000 },
    );
    const middle = (before + Date.now()) / 2;
    const time: unknown = system?.cimInstanceProperties.get('LocalDateTime')?.value;
    if (!(time instanceof CimDateTime)) throw new TypeError(`${server} did not tell its time.`);
    return Math.round(Number(time.epochMicroseconds / 1000n) - middle);
  });
}
