import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import { branchOfficeDescription } from '../../lib/emulator/lab/branch-office.js';
import { createLab, type Lab } from '../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';

export const A = 'dhcpserver.contoso.com';
export const NOW = Date.UTC(2026, 10, 24);

/** A lab whose clock stands, so that what is exported twice is the same. */
export function lab(description: LabDescription = {}): Lab {
  const made = createLab({ now: NOW, ...description }, { follow: null });
  labs.push(made);
  return made;
}

const labs: Lab[] = [];
afterAll(() => {
  for (const made of labs) made.close();
});

export const emptyLab = () => lab({ servers: [{ name: A, address: '10.0.0.1' }] });

/** The first offices of the seeded lab, the first few of them with leases. */
export function branchOffices(offices: number, withLeases: number): Lab {
  const description = branchOfficeDescription(NOW);
  const servers = description.servers?.map((server) => ({
    ...server,
    scopes:
      server.scopes?.slice(0, offices).map((scope, at) => (at < withLeases ? scope : { ...scope, leases: [] })) ?? [],
  }));
  return lab({ ...description, servers: servers ?? [] });
}

/** How a call reaches the servers of a lab, in memory. */
export function inLab<Input = never>(one: Lab, more: InvocationOptions<Input> = {}): InvocationOptions<Input> {
  return { sessionOptions: { transport: ({ computerName }) => one.transport(computerName) }, ...more };
}

/** A folder for the files of a test file; it is gone when that has ended. */
export function testFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-migration-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (name) => join(folder, name);
}
