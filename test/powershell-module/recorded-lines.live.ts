// Lines that were recorded from PowerShell with a stub of the module: what the module binds and sends for them equals what PowerShell bound to the stub.
import { spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import type { DiagnosticMessages } from '../../lib/base/diagnostics.js';
import { cimCmdletDefinitions } from '../../lib/cim-cmdlets/index.js';
import type { Cmdlet } from '../../lib/cmdlet/contract/cmdlet.js';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import { SERVE_LIMITS } from '../../lib/serve/line/protocol.js';
import { serve } from '../../lib/serve/serve.js';
import { recordedCall } from '../powershell/bound-call.js';
import { ModuleSession, readObjects } from '../powershell/module-session.js';
import { isDecidable, type RecordedCall, type RecordedRow, readRows } from '../powershell/recorded-row.js';
import { verdictOn } from '../powershell/verdict.js';
import { describeInBothForms, type Environment, MANIFEST, PWSH } from './powershell-program.js';

const FOLDER = process.env['CIMLET_POWERSHELL'];

/** The process behind the module, in this one: what it is sent is bound here, and answered with the objects that the stub had. */
class RecordedProcess implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  /** Takes the place of Node.js: joins its pipes to this process. */
  readonly program = join(this.folder, 'node');
  readonly #sockets = new Set<Socket>();
  readonly #server;

  constructor(objects: string) {
    const session = new ModuleSession(readObjects(objects));
    const path = join(this.folder, 'socket');
    const joining = `const socket=require('node:net').connect(process.argv[1]);process.stdin.pipe(socket).pipe(process.stdout)`;
    writeFileSync(this.program, `#!/bin/sh\nexec '${process.execPath}' -e "${joining}" '${path}'\n`);
    chmodSync(this.program, 0o755);
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      void serve({
        definitions: new Map<string, Cmdlet>([
          ...cmdletDefinitions,
          ...scriptCmdletDefinitions,
          ...cimCmdletDefinitions,
        ]),
        openSession: () => Promise.resolve(session),
        version: '1.2.3',
        input: socket,
        output: socket,
        limits: SERVE_LIMITS,
      });
    }).listen(path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
    rmSync(this.folder, { recursive: true });
  }
}

interface RowRun {
  readonly calls: readonly RecordedCall[];
  readonly errors: readonly string[];
}

/** PowerShell with the module; runs a line at a time. */
class ModuleRunner implements AsyncDisposable {
  readonly #child;
  readonly #lines;

  constructor(behind: RecordedProcess, form: Environment) {
    const script = resolve('test/powershell-module/run-lines.ps1');
    const parameters = ['-Manifest', MANIFEST, '-Folder', behind.folder];
    this.#child = spawn(PWSH, ['-NoProfile', '-NonInteractive', '-File', script, ...parameters], {
      env: { ...process.env, ...form, CIMLET_NODE: behind.program, TZ: 'UTC', NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async run(line: string): Promise<RowRun> {
    const calls: RecordedCall[] = [];
    const listen = (message: unknown) => calls.push(recordedCall(message as DiagnosticMessages['cimlet:cmdlet:bound']));
    subscribe('cimlet:cmdlet:bound', listen);
    this.#child.stdin.write(`${JSON.stringify(line)}\n`);
    const { value, done } = await this.#lines.next();
    unsubscribe('cimlet:cmdlet:bound', listen);
    if (done === true) throw new Error(`PowerShell has ended at: ${line}`);
    return { calls, errors: JSON.parse(value) as string[] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    await once(this.#child, 'exit');
  }
}

/** What has another name here. */
const ALIASES: Readonly<Record<string, string>> = { 'Reconcile-DhcpServerv4IPRecord': 'Repair-DhcpServerv4IPRecord' };

/** Where a line is another one outside of Windows, or needs what the process of this test has not. */
const DEVIATIONS: readonly (readonly [line: RegExp, reason: string])[] = [
  [/-File "?(?:[A-Z]:|\\)\\/i, 'a file on a drive, or a computer, that is not there'],
  [/New-CimSession/, 'the process of this test has no sessions of its own'],
  [
    /^Get-.+\| (?:Remove-DhcpServerv4MulticastScope|Invoke-DhcpServerv4FailoverReplication|(?:Reconcile|Repair)-)/,
    'it asks before each object, and where nobody answers the first question ends it',
  ],
];

/** Said when the call was bound and sent: a question that nobody answers here, a file that is not there. */
const AFTERWARDS = /^(?:ConfirmationNotPossible|ResourceUnavailable),/;

/** Files are sent by their whole path, since the process stands elsewhere; sessions are no parameter of the stub. */
function comparable({ cmdlet, params, ...rest }: RecordedCall, folder: string): RecordedCall {
  const kept = Object.entries(params).filter(([name]) => name !== 'CimSession');
  const plain = kept.map(([name, value]): [string, typeof value] => [
    name,
    name === 'File' && typeof value === 'string' ? resolve(folder, value) : value,
  ]);
  return { ...rest, cmdlet: ALIASES[cmdlet] ?? cmdlet, params: Object.fromEntries(plain) };
}

/** What came out is another judge's: here it counts what was called, and what PowerShell refused. */
function isAsRecorded({ show: _, ...row }: RecordedRow, run: RowRun, folder: string): boolean {
  const { out: __, calls, ...expected } = row.expected;
  const there = calls === undefined ? {} : { calls: calls.map((call) => comparable(call, folder)) };
  const here = run.calls.map((call) => comparable(call, folder));
  const errors = run.errors.filter((error) => !AFTERWARDS.test(error));
  return (
    verdictOn({ ...row, expected: { ...expected, ...there } }, { code: 0, calls: here, errors, stdout: '' }) ===
      'right' &&
    (expected.errors === undefined || expected.errors.map(nameOf).join() === errors.map(nameOf).join())
  );
}

const nameOf = (error: string): string =>
  Object.entries(ALIASES).reduce((text, [alias, name]) => text.replace(alias, name), error);

describeInBothForms('lines that were recorded from PowerShell', (form) => {
  it.each(['module-lines', 'module-rows'] as const)(
    'bind and send the same through the module: %s',
    async (kind) => {
      if (FOLDER === undefined) return;
      await using behind = new RecordedProcess(FOLDER);
      await using runner = new ModuleRunner(behind, form);
      const rows = readRows(FOLDER, kind)
        .filter(isDecidable)
        .filter(({ line }) => !DEVIATIONS.some(([pattern]) => pattern.test(line)));
      expect(rows.length).toBeGreaterThan(150);
      const different: string[] = [];
      for (const row of rows) {
        const run = await runner.run(row.line);
        if (isAsRecorded(row, run, behind.folder)) continue;
        const { calls, errors } = row.expected;
        different.push(
          `${row.id}: ${row.line}\n  there ${JSON.stringify({ calls, errors })}\n  here  ${JSON.stringify(run)}`,
        );
      }
      expect(different).toEqual([]);
    },
    1_800_000,
  );
});
