// What Export-DhcpServer and Import-DhcpServer hold of a scope with many leases: the highest resident set of a process that does nothing else, with ten
// times the leases. Both read and write piece by piece.
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report, server } from './measure.mjs';

async function peak(cmdlet, file, leases) {
  const { name, port, credential, stop } = await server('./export-server.mjs', [leases]);
  try {
    const child = fork(fileURLToPath(new URL('./export-memory.mjs', import.meta.url)), [
      cmdlet,
      file,
      name,
      port,
      credential.userName,
      credential.password,
    ]);
    const { peakMb } = await new Promise((resolve, reject) => child.once('message', resolve).once('exit', reject));
    return peakMb;
  } finally {
    stop();
  }
}

function reportGrowth(what, few, many) {
  report(
    `MB that the ${what} leases takes above one of a tenth`,
    many - few,
    { most: 30 },
    `${few.toFixed(0)} and ${many.toFixed(0)} MB at most`,
  );
}

/** An import is a call for each lease: it has a tenth of them. */
export async function benchExport() {
  const folder = await mkdtemp(join(tmpdir(), 'cimlet-bench-'));
  const [small, few, many] = ['1.xml', '10.xml', '100.xml'].map((file) => join(folder, file));
  console.log('Export- and Import-DhcpServer with leases: resident set of the process');
  try {
    await peak('export', small, 1000);
    reportGrowth('export of 100,000', await peak('export', few, 10_000), await peak('export', many, 100_000));
    reportGrowth('import of 10,000', await peak('import', small, 0), await peak('import', few, 0));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
