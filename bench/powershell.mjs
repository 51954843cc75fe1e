// The PowerShell module against the same calls from Node.js, on one server, and its import against that of a module of PowerShell's own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { getDhcpServerVersion, getDhcpServerv4Scope, newCimSession } from 'cimlet';
import { inTurn, report, server, time } from './measure.mjs';

const MANIFEST = fileURLToPath(
  new URL('../powershell/Modules/Cimlet.DhcpServer/Cimlet.DhcpServer.psd1', import.meta.url),
);
const COMMANDS = fileURLToPath(new URL('powershell-commands.ps1', import.meta.url));
const COMMAND = fileURLToPath(new URL('../dist/cimlet.js', import.meta.url));
const pwsh = process.env.CIMLET_PWSH ?? 'pwsh';
const full = process.argv.includes('--full');
const CALLS = 100;

/** CPU seconds of an import, the first in its process. */
function importOf(module) {
  const cpu = '[System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalSeconds';
  const { stdout } = spawnSync(
    pwsh,
    ['-NoProfile', '-NonInteractive', '-Command', `$before = ${cpu}; Import-Module '${module}'; ${cpu} - $before`],
    { encoding: 'utf8' },
  );
  return Number(stdout.replace(',', '.'));
}

/** A PowerShell that gives a figure for each command. */
function powerShell(name, env) {
  const child = spawn(
    pwsh,
    ['-NoProfile', '-NonInteractive', '-File', COMMANDS, '-Manifest', MANIFEST, '-Computer', name],
    {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async figure(command) {
      child.stdin.write(`${command}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('PowerShell has ended.');
      return Number(value);
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** What V8 keeps alive in the serving process, and what the process has of the machine. */
const HEAP_REPORT = fileURLToPath(new URL('heap-report.cjs', import.meta.url));

/** Megabytes of old objects that the serving process may have: it ends where calls leave something behind. */
const HEAP_BOUND = 48;

/** The same five calls in turn: on a session, by name, refused by the server and by the binder, and stopped after the first object. */
const CALLS_IN_TURN = [
  ({ session }) => ({ cmdlet: 'Get-DhcpServerVersion', parameters: { CimSession: [session] } }),
  ({ name }) => ({ cmdlet: 'Get-DhcpServerVersion', parameters: { ComputerName: name } }),
  ({ session }) => ({
    cmdlet: 'Get-DhcpServerv4Scope',
    parameters: { CimSession: [session], ScopeId: ['192.0.2.0'] },
  }),
  ({ session }) => ({ cmdlet: 'Get-DhcpServerv4Scope', parameters: { CimSession: [session], Nothing: '1' } }),
  // Seldom, since the server has to make what nobody takes.
  ({ session, sent }) =>
    sent % 100 === 4
      ? { cmdlet: 'Get-DhcpServerv4Scope', parameters: { CimSession: [session] }, credit: 1 }
      : { cmdlet: 'Get-DhcpServerVersion', parameters: { CimSession: [session] } },
];

/** MiB that a serving process keeps alive, and has, at a tenth of so many calls of twenty clients and at their end. */
export async function memoryOf(calls, name, env) {
  const child = spawn(
    process.execPath,
    ['--expose-gc', `--max-old-space-size=${HEAP_BOUND}`, '--require', HEAP_REPORT, COMMAND, 'serve'],
    { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit', 'ipc'] },
  );
  const measure = async () => {
    child.send('');
    const [figures] = await once(child, 'message');
    return figures;
  };
  const send = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  let sent = 0;
  let ended = 0;
  let failed = 0;
  let early;
  let session;
  const call = () => {
    const next = CALLS_IN_TURN[sent % CALLS_IN_TURN.length]({ name, session, sent });
    sent += 1;
    send({ id: `a.${sent}`, scope: `client${sent % 20}`, ...next });
  };
  send({ protocol: 1 });
  send({ id: 'a.0', scope: 'client0', cmdlet: 'New-CimSession', parameters: { ComputerName: [name] } });
  for await (const line of createInterface({ input: child.stdout })) {
    const [id, kind] = line.split(' ', 2);
    if (kind === 'n') session = { session: JSON.parse(line.slice(id.length + 3)).instanceId, computer: name };
    if (kind === 'e') failed += 1;
    const isStopped = kind === 'o' && sent > 0 && line.includes('Scope 0');
    if (isStopped) send({ cancel: id });
    if (kind !== 'x' && !isStopped) continue;
    if (id === 'a.0') for (let open = 0; open < 8; open += 1) call();
    else {
      ended += 1;
      if (ended === calls / 10) early = await measure();
      if (ended === calls) break;
      if (sent < calls) call();
    }
  }
  // Two of five are refused.
  if (failed !== (calls * 2) / 5) throw new Error(`${failed} of ${calls} calls have failed.`);
  const late = await measure();
  child.stdin.end();
  await once(child, 'exit');
  return { early, late };
}

export async function benchPowerShell() {
  if (spawnSync(pwsh, ['-NoProfile', '-Command', '1']).status !== 0) {
    console.log('PowerShell: skipped, since there is none; CIMLET_PWSH names one.');
    return;
  }
  console.log('PowerShell: the module against Node.js, the same calls on the same server');
  const ours = () => importOf(MANIFEST);
  const imports = await inTurn(ours, () => importOf('Microsoft.PowerShell.ThreadJob'), 3);
  report('Import-Module, seconds of CPU', imports.ours, { most: 0.5 });
  report('  against the module ThreadJob', imports.ratio, { most: 2 }, `${imports.yardstick.toFixed(2)} s`);

  const bench = await server('./scopes-server.mjs');
  const { userName, password } = bench.credential;
  const env = {
    BENCH_PASSWORD: password,
    CIMLET_OPTIONS: `--auth Basic --allow-unencrypted --user ${userName} --password-env BENCH_PASSWORD --connect-to ${bench.name}:5985:127.0.0.1:${bench.port}`,
  };
  const session = await newCimSession(bench.name, {
    authentication: 'Basic',
    allowUnencrypted: true,
    credential: { userName, password },
    connectTo: { host: '127.0.0.1', port: bench.port },
  });
  const shell = powerShell(bench.name, env);
  const compare = async (what, command, work, bound, count = 1) => {
    const { ours, yardstick, ratio } = await inTurn(
      () => shell.figure(command),
      () => time(work),
    );
    report(what, ratio, bound, `${(ours / count).toFixed(1)} against ${(yardstick / count).toFixed(1)} ms`);
    return ours;
  };
  await compare(
    'a warm call',
    `calls ${CALLS}`,
    async () => {
      for (let call = 0; call < CALLS; call += 1) await getDhcpServerVersion({ CimSession: session });
    },
    { most: 3 },
    CALLS,
  );
  await compare('1,000 objects', 'scopes', () => getDhcpServerv4Scope({ CimSession: session }), { most: 2.5 });
  const stream = await inTurn(
    () => shell.figure('stream'),
    () => shell.figure('scopes'),
  );
  report(
    'the first of 1,000 objects, part of the whole',
    stream.ratio,
    { most: 0.5 },
    `${stream.ours.toFixed(0)} of ${stream.yardstick.toFixed(0)} ms`,
  );
  const first = await inTurn(
    () => shell.figure('first'),
    () => shell.figure('scopes'),
  );
  report(
    'Select-Object -First 1, part of the whole',
    first.ratio,
    { most: 0.1 },
    `${first.ours.toFixed(0)} of ${first.yardstick.toFixed(0)} ms`,
  );
  report('processes of Node.js for 20 runspaces', await shell.figure('runspaces 20'), { most: 1 });
  await shell.stop();
  await session.close();
  const calls = full ? 100_000 : 10_000;
  const { early, late } = await memoryOf(calls, bench.name, env);
  for (const [what, kept] of [
    ['what lives in its heap', 'heap'],
    ['its memory', 'resident'],
  ]) {
    const detail = `${late[kept].toFixed(1)} against ${early[kept].toFixed(1)} MiB`;
    // Caches that are bounded fill up in the first 2,000 calls.
    const most = kept === 'heap' && !full ? 1.25 : 1.1;
    report(`${what} after ${calls} calls, to that after a tenth`, late[kept] / early[kept], { most }, detail);
  }
  bench.stop();
}
