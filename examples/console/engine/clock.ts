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

/** A server and how far its clock is ahead of this computer's. */
export interface ServerClock {
  readonly server: string;
  readonly aheadMs: number;
}

/** Which of two clocks is wrong, by this computer's, where they are too far apart; and by how much, in words. */
export function wrongClock(
  one: ServerClock,
  other: ServerClock,
): { readonly server: string; readonly text: string; readonly apartMs: number } | null {
  const apartMs = Math.abs(one.aheadMs - other.aheadMs);
  if (apartMs <= MOST_SKEW_MS) return null;
  const [wrong, right] = Math.abs(one.aheadMs) > Math.abs(other.aheadMs) ? [one, other] : [other, one];
  const way = wrong.aheadMs > right.aheadMs ? 'ahead of' : 'behind';
  const text = `The clock of ${wrong.server} is ${Math.round(apartMs / 1000)} s ${way} that of ${right.server}`;
  return { server: wrong.server, text, apartMs };
}
