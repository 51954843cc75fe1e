// An error that was met in a worker, a child process or behind a queue says there what it said where it was thrown.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CimException, CmdletError, type CmdletErrorJson, ErrorRecord, isCimletError } from '../../lib/index.js';

const DIST = join(__dirname, '../../dist');
const PASSWORD = 'Fr0m-the-Vault!';

/** Fails in three ways, and hands each error over as it is, as its plain form, and as JSON. */
const WORK = `
const { getDhcpServerv4Failover, newCimSession, CimletError } = require(${JSON.stringify(join(DIST, 'index.js'))});
const { createLab } = require(${JSON.stringify(join(DIST, 'emulator.js'))});
async function work() {
  const lab = createLab();
  const credential = { userName: 'CONTOSO\\\\dhcpadmin', password: ${JSON.stringify(PASSWORD)} };
  const session = await newCimSession('dhcpserver', { transport: () => lab.transport('dhcpserver') });
  const unknown = await getDhcpServerv4Failover({ CimSession: session, Name: ['zz', 'yy'] }).catch((e) => e);
  await session.close();
  const refused = await newCimSession('127.0.0.1', { port: 9, authentication: 'Ntlm', credential });
  const lost = await getDhcpServerv4Failover({ CimSession: refused }).catch((e) => e);
  await refused.close();
  const wrong = await getDhcpServerv4Failover({ ScopeID: 1, Nam: 2 }).catch((e) => e);
  lab.close();
  return [unknown, lost, wrong];
}
const send = process.send ? (m) => process.send(m) : (m) => require('node:worker_threads').parentPort.postMessage(m);
const forms = process.send && !process.argv.includes('advanced') ? (e) => e : (e) => ({ itself: e, plain: e.toJSON() });
work().then((errors) => send(errors.map((e) => ({ text: JSON.stringify(e), forms: forms(e) }))), (e) => send(String(e)));
`;

interface Handed {
  readonly text: string;
  readonly forms: unknown;
}

interface Forms {
  readonly itself: unknown;
  readonly plain: unknown;
}

let folder: string;
let script: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-errors-'));
  script = join(folder, 'work.cjs');
  writeFileSync(script, WORK);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fromWorker = (): Promise<Handed[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script);
    worker.once('message', resolve);
    worker.once('error', reject);
  });

const fromChild = (serialization: 'json' | 'advanced'): Promise<Handed[]> =>
  new Promise((resolve, reject) => {
    const child = fork(script, [serialization], { serialization });
    child.once('message', (message) => {
      resolve(message as Handed[]);
      child.disconnect();
    });
    child.once('error', reject);
  });

function expectUnknownRelationships(json: unknown): void {
  expect(isCimletError(json)).toBe(true);
  const error = CmdletError.fromJSON(json);
  expect(error).toBeInstanceOf(CmdletError);
  expect(error.message).toMatch(/^Get-DhcpServerv4Failover failed 2 times\./);
  expect(error).toMatchObject({ code: 'ERR_CMDLET', retryable: false, skipped: [], output: [] });
  expect(error.hint).toMatch(/Get-DhcpServerv4Failover lists them/);
  const [record] = error.errors;
  expect(error.errors.map((one) => one instanceof ErrorRecord)).toEqual([true, true]);
  expect(record?.fullyQualifiedErrorId).toBe('DHCP 20115,Get-DhcpServerv4Failover');
  expect(record?.categoryInfo).toMatchObject({ category: 'ObjectNotFound', reason: 'CimException' });
  expect(record?.PSComputerName).toBe('dhcpserver');
  expect(record?.errorData?.cimInstanceProperties.get('error_Code')?.value).toBe(20115);
  expect(String(record)).toMatch(/FullyQualifiedErrorId : DHCP 20115,Get-DhcpServerv4Failover/);
  const exception = record?.exception as CimException;
  expect(exception).toBeInstanceOf(CimException);
  expect(exception).toMatchObject({ code: 'ERR_CIM', messageId: 'DHCP 20115', nativeErrorCode: 'NotFound' });
  // And once more.
  expect(JSON.stringify(error)).toBe(JSON.stringify(json));
}

function expectRefusal(json: unknown): void {
  const error = CmdletError.fromJSON(json);
  expect(error.errors[0]).toMatchObject({
    fullyQualifiedErrorId: 'CimJob_BrokenCimSession,Get-DhcpServerv4Failover',
    exception: { code: 'ERR_CONNECTION_REFUSED', retryable: true },
  });
  // The system's own error is the last cause.
  let cause: unknown = error.errors[0]?.exception;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  expect((cause as { readonly code?: string }).code).toBe('ECONNREFUSED');
}

function expectAll(handed: readonly Handed[], formOf: (one: Handed) => unknown): void {
  expect(handed).toHaveLength(3);
  const [unknown, refused, wrong] = handed.map(formOf);
  expectUnknownRelationships(unknown);
  expectRefusal(refused);
  expect(isCimletError(wrong)).toBe(true);
  const { errors } = wrong as CmdletErrorJson & { readonly errors?: unknown };
  expect(errors ?? wrong).toBeDefined();
  expect(JSON.stringify(handed)).not.toContain(PASSWORD);
}

describe('an error comes through', () => {
  it('JSON, as a queue or a log keeps it', async () => {
    expectAll(await fromChild('json'), ({ text }) => JSON.parse(text));
  });

  it('the messages of a child process, which are JSON', async () => {
    expectAll(await fromChild('json'), ({ forms }) => forms);
  });

  it.each([
    ['a child process with structured clones', () => fromChild('advanced')],
    ['a worker', fromWorker],
  ])('the messages of %s', async (_, handedOver) => {
    const handed = await handedOver();
    expectAll(handed, ({ forms }) => (forms as Forms).plain);
    // A clone of the error itself: the platform takes along only its texts.
    const [unknown, refused, wrong] = handed.map(({ forms }) => (forms as Forms).itself);
    for (const clone of [unknown, refused, wrong]) {
      expect(types.isNativeError(clone)).toBe(true);
      expect(isCimletError(clone)).toBe(true);
    }
    expect(unknown).toMatchObject({ name: 'CmdletError', code: 'ERR_CMDLET', retryable: false, errors: [] });
    expect(refused).toMatchObject({ code: 'ERR_CMDLET', retryable: true });
    expect(wrong).toMatchObject({ name: 'ParameterBindingError', code: 'ERR_PARAMETER_BINDING' });
    expect((unknown as Error).message).toMatch(/DHCP 20115/);
  });
});
