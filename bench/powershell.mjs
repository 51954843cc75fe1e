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

/** Bytes that a serving process has after so many calls, by its own count of them: at the first tenth, and at the end. */
async function memoryOf(calls, name, env) {
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { readFileSync } = await import('node:fs');
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
  const lines = createInterface({ input: child.stdout });
  const send = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  let sent = 0;
  let early = 0;
  let session;
  const call = () => {
    sent += 1;
    send({ id: `a.${sent}`, scope: 'a', cmdlet: 'Get-DhcpServerVersion', parameters: { CimSession: [session] } });
  };
  send({ protocol: 1 });
  send({ id: 'a.0', scope: 'a', cmdlet: 'New-CimSession', parameters: { ComputerName: [name] } });
  let ended = 0;
  for await (const line of lines) {
    const [id, kind] = line.split(' ', 2);
    if (kind === 'n') session = { session: JSON.parse(line.slice(id.length + 3)).instanceId, computer: name };
    if (kind === 'e') throw new Error(line);
    if (kind !== 'x') continue;
    if (id === 'a.0') for (let open = 0; open < 8; open += 1) call();
    else {
      ended += 1;
      if (ended === calls / 10) early = resident();
      if (ended === calls) break;
      if (sent < calls) call();
    }
  }
  const late = resident();
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
  if (process.platform === 'linux') {
    const calls = full ? 100_000 : 10_000;
    const { early, late } = await memoryOf(calls, bench.name, env);
    report(
      `memory of the process after ${calls} calls, to that after a tenth`,
      late / early,
      { most: 1.1 },
      `${late.toFixed(0)} against ${early.toFixed(0)} MiB`,
    );
  }
  bench.stop();
}
