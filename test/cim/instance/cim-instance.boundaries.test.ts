// What an instance is on the other side of a thread, a process, a queue, and in other runtimes.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from '@jest/globals';

const DIST = join(__dirname, '../../../dist/index.js');
const folder = mkdtempSync(join(tmpdir(), 'cimlet-boundaries-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes an instance by the package; `copy` is what a boundary makes of it. */
const MAKE = `
const { CimInstance, CimDateTime, TimeSpan } = require(${JSON.stringify(DIST)});
const type = { Name: 'string', Big: 'uint64', Lead: 'datetime', When: 'datetime' };
const declaration = { namespace: 'root/x', className: 'X', methods: [], properties: Object.entries(type).map(([name, type]) => ({ name, type, key: name === 'Name' })) };
const instance = CimInstance.create(declaration, { Name: 'n', Big: 5n, Lead: TimeSpan.from('2:00:00'), When: CimDateTime.from('2026-11-24T08:00:00Z') }, { computerName: 'a.contoso.com' });`;
const CLONED = {
  Name: 'n',
  Big: 5n,
  Lead: { totalMilliseconds: 7_200_000 },
  When: new Date('2026-11-24T08:00:00Z'),
  PSComputerName: 'a.contoso.com',
};
const JSON_FORM = { ...CLONED, Big: '5', Lead: '02:00:00', When: '2026-11-24T08:00:00.000000Z' };

function file(name: string, source: string): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

describe('an instance', () => {
  it('comes out of a worker thread', async () => {
    const source = `${MAKE} const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ instance });`;
    const [message] = (await once(new Worker(source, { eval: true }), 'message')) as [{ instance: object }];
    expect(message.instance).toEqual(CLONED);
  });

  it.each(['advanced', 'json'] as const)(
    'comes out of a child process, by the serialization %s',
    async (serialization) => {
      const child = fork(file(`child-${serialization}.cjs`, `${MAKE} process.send({ instance });`), { serialization });
      const [message] = (await once(child, 'message')) as [{ instance: object }];
      child.disconnect();
      expect(message.instance).toEqual(serialization === 'json' ? JSON_FORM : CLONED);
    },
  );

  it('goes through the JSON of a queue', async () => {
    const path = file('queue.cjs', `${MAKE} console.log(JSON.stringify({ jobs: [instance] }));`);
    const { stdout } = await promisify(execFile)(process.execPath, [path]);
    expect(JSON.parse(stdout)).toEqual({ jobs: [JSON_FORM] });
  });
});

describe('another runtime', () => {
  it.each([
    ['bun', ['run']],
    ['deno', ['run', '--allow-all']],
  ])('%s sees the same', async (command, before) => {
    const path = file(
      `${command}.cjs`,
      `${MAKE} console.log(JSON.stringify([Object.keys(instance), instance, Object.keys(structuredClone(instance))]));`,
    );
    let stdout: string;
    try {
      ({ stdout } = await promisify(execFile)(command, [...before, path]));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      process.stderr.write(`Not run with ${command}: it is not installed. npm install --global ${command}\n`);
      return;
    }
    expect(JSON.parse(stdout)).toEqual([Object.keys(CLONED), JSON_FORM, Object.keys(CLONED)]);
  });
});
