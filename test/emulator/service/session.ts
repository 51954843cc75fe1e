import { type CimSession, newCimSession } from '../../../lib/cim/session/cim-session.js';
import { createLab, type Lab } from '../../../lib/emulator/lab/lab.js';
import { defaultLabDescription, type LabDescription } from '../../../lib/emulator/lab/lab-description.js';
import type { Caller } from '../../../lib/emulator/request/request-handler.js';
import type { ServiceSettings } from '../../../lib/emulator/service/service-settings.js';

export const TEST = 'root/cimlet/test';
export const DHCP = 'root/Microsoft/Windows/DHCP';
export const SERVER = 'dhcpserver.contoso.com';
export const PARTNER = 'dhcpserver2.contoso.com';

/** The default lab with the test namespace, whose time moves by hand, and sessions with its servers. */
export class ServiceLab {
  readonly lab: Lab;

  constructor(service: ServiceSettings = {}, more: LabDescription = {}) {
    const description = {
      ...defaultLabDescription,
      testNamespace: true,
      now: Date.UTC(2026, 10, 24),
      service,
      ...more,
    };
    this.lab = createLab(description, { follow: null });
  }

  session(server = SERVER, caller: Partial<Caller> = {}): Promise<CimSession> {
    return newCimSession(server, { transport: () => this.lab.transport(server, caller) });
  }

  /** Lets what was begun get on, then moves the lab's clock; again until `promise` is settled. */
  async passing<T>(promise: Promise<T>, stepMs = 1_000): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => {
      isSettled = true;
    });
    settled.catch(() => {});
    while (!isSettled) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!isSettled) this.lab.clock.advance(stepMs);
    }
    return settled;
  }
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
