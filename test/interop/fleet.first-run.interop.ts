// The steps of docs/fleets.md, as they are written there: a run, its worker killed in the middle, another one, 200 outcomes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FleetHouse, REDIS_SERVER, until } from './fleet/fleet-house.js';

const ROOT = resolve(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/fleets.md'), 'utf8');

/** The line of the page that begins so. */
function lineOf(beginning: string): string {
  const line = PAGE.split('\n').find((one) => one.startsWith(beginning));
  if (line === undefined) throw new Error(`docs/fleets.md has no line ${beginning} …`);
  return line;
}

interface Running {
  readonly child: ChildProcess;
  text(): string;
}

const withRedis = REDIS_SERVER === undefined ? describe.skip : describe;

withRedis('the first run of docs/fleets.md', () => {
  it('survives the death of its worker', async () => {
    const house = await FleetHouse.open();
    const bin = join(house.folder, 'bin');
    mkdirSync(bin);
    writeFileSync(
      join(bin, 'cimlet'),
      `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'dist/cimlet.js')}' "$@"\n`,
    );
    chmodSync(join(bin, 'cimlet'), 0o755);
    const all: Running[] = [];
    const start = (line: string): Running => {
      const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}`, CIMLET_REDIS: house.url };
      const child = spawn('sh', ['-c', `exec ${line}`], { cwd: house.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk));
      const running = { child, text: () => text };
      all.push(running);
      return running;
    };
    try {
      await once(start(lineOf('node -e ')).child, 'exit');
      const worker = start(lineOf('cimlet fleet worker --emulator'));
      await until('a worker that is ready', () => worker.text().includes('is ready'));
      const run = start(lineOf('cimlet fleet run --targets servers.txt'));
      const settled = async (): Promise<number> => {
        const status = start('cimlet fleet status last --json');
        await once(status.child, 'close');
        return Number(/"settled":(\d+)/.exec(status.text())?.[1] ?? 0);
      };
      await until('outcomes', async () => (await settled()) >= 10);
      worker.child.kill('SIGKILL');
      const before = await settled();
      expect(before).toBeLessThan(200);
      start(lineOf('cimlet fleet worker --emulator'));
      const [code] = await once(run.child, 'close');
      expect([code, run.text()]).toEqual([0, expect.stringContaining('Get-DhcpServerv4Scope ended: 200 of 200 ok.')]);
    } finally {
      for (const { child } of all) if (child.exitCode === null) child.kill('SIGKILL');
      await house.close();
    }
  }, 240_000);
});
