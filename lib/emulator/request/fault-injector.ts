import { setTimeout as delay } from 'node:timers/promises';
import { CimletError } from '../../base/errors.js';
import type { LabFault, LabFaultKind } from './lab-fault.js';
import type { EmulatorReply } from './request-handler.js';

/** Thrown out of a reply's body to make the connection end there: `reset` with a RST, `cut` in order. */
export class ConnectionEnd extends CimletError {
  constructor(readonly how: 'reset' | 'cut') {
    super('ERR_CONNECTION_LOST', how === 'reset' ? 'The connection was reset.' : 'The connection was closed early.');
  }
}

interface ArmedFault {
  readonly fault: LabFault;
  left: number;
}

/** The faults of a lab that are armed now. */
export class FaultInjector {
  readonly #armed = new Set<ArmedFault>();

  /** Arms a fault; the returned function clears it. */
  inject(fault: LabFault): () => void {
    const armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.add(armed);
    return () => this.#armed.delete(armed);
  }

  clear(): void {
    this.#armed.clear();
  }

  get faults(): readonly LabFault[] {
    return [...this.#armed].map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault));
  }

  /** Takes the faults that hit this request, counting them. A message about a running operation is struck by no delay that does not name its action. */
  take(server: string, action: string, isAboutOperation = false): LabFaultKind[] {
    const hits: LabFaultKind[] = [];
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.server !== undefined && fault.server.toLowerCase() !== server.toLowerCase()) continue;
      if (fault.action !== undefined && !action.endsWith(fault.action)) continue;
      if (isAboutOperation && fault.action === undefined && fault.kind === 'latency') continue;
      hits.push(fault);
      armed.left -= 1;
      if (armed.left <= 0) this.#armed.delete(armed);
    }
    return hits;
  }
}

/** Waits as the faults say before a reply; the signal ends the wait. */
export async function applyDelays(faults: readonly LabFaultKind[], signal: AbortSignal): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await delay(fault.ms, undefined, { signal });
    else if (fault.kind === 'silence') await untilAborted(signal);
  }
}

/** The reply with its body as the faults leave it. */
export function applyToReply(
  reply: EmulatorReply,
  faults: readonly LabFaultKind[],
  signal: AbortSignal,
): EmulatorReply {
  let result = reply;
  for (const fault of faults) {
    switch (fault.kind) {
      case 'reset':
      case 'cut':
        result = { ...result, body: endAfter(result.body, fault.afterBytes, fault.kind) };
        break;
      case 'slow':
        result = { ...result, body: trickle(result.body, fault.bytesPerSecond, signal) };
        break;
      case 'page':
        giveUp(result.body);
        result = {
          status: fault.status,
          contentType: fault.contentType ?? 'text/html',
          body: single(Buffer.from(fault.body ?? '<html><body><h1>Bad Gateway</h1></body></html>')),
        };
        break;
      case 'flood':
        giveUp(result.body);
        result = { ...result, body: flood(fault.bytes) };
        break;
      default:
    }
  }
  return result;
}

/** The reply in whose place another one goes out. */
function giveUp(body: AsyncIterable<Uint8Array>): void {
  void body[Symbol.asyncIterator]().return?.();
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* endAfter(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
  how: 'reset' | 'cut',
): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of body) {
    if (chunk.length >= left) {
      if (left > 0) yield chunk.subarray(0, left);
      break;
    }
    left -= chunk.length;
    yield chunk;
  }
  throw new ConnectionEnd(how);
}

async function* trickle(
  body: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const step = Math.max(1, Math.ceil(bytesPerSecond / 20));
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += step) {
      yield chunk.subarray(at, at + step);
      await delay((step / bytesPerSecond) * 1000, undefined, { signal });
    }
  }
}

const FLOOD_CHUNK = Buffer.alloc(65_536, ' ');

async function* flood(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= FLOOD_CHUNK.length) {
    yield left < FLOOD_CHUNK.length ? FLOOD_CHUNK.subarray(0, left) : FLOOD_CHUNK;
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
