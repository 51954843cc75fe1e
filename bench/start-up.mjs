// What loading the library and running the command cost, in CPU of whole processes in turn: beyond an empty script, and the command with a real
// Get from a server that runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { report, server } from './measure.mjs';

const RUNS = 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const METER = fileURLToPath(new URL('./cpu-meter.cjs', import.meta.url));

/** Milliseconds of CPU that a process takes from its start to its end, told by the process itself. */
async function cpuOf(args, environment) {
  const child = spawn(process.execPath, ['-r', METER, ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let cpu = 0;
  child.on('message', (microseconds) => {
    cpu = microseconds / 1000;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  return cpu;
}

const fifth = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 5)];

/** The 20th percentile of each of some processes that run in turn. */
async function inTurnOf(processes, environment) {
  const measured = new Map(Object.keys(processes).map((name) => [name, []]));
  for (let run = -1; run < RUNS; run += 1) {
    for (const [name, args] of Object.entries(processes)) {
      const cpu = await cpuOf(args, environment);
      // The first one warms the file system's cache, and Node's cache of compiled code where it has one.
      if (run >= 0) measured.get(name).push(cpu);
    }
  }
  return new Map([...measured].map(([name, values]) => [name, fifth(values)]));
}

export async function benchStartUp() {
  const lab = await server('./emulator-server.mjs');
  const get = ['dist/cimlet.js', `Get-DhcpServerv4Failover -ComputerName ${lab.name}`];
  const { userName, password } = lab.credential;
  const environment = {
    CIMLET_USER: userName,
    CIMLET_PASSWORD: password,
    CIMLET_AUTH: 'Basic',
    CIMLET_ALLOW_UNENCRYPTED: 'true',
    CIMLET_USE_SSL: 'false',
    CIMLET_CONNECT_TO: `${lab.name}:5985:127.0.0.1:${lab.port}`,
  };
  try {
    console.log('Start-up: CPU of a whole process, ms more than an empty script takes');
    const cpu = await inTurnOf(
      {
        empty: ['-e', ''],
        again: ['-e', ''],
        cimlet: ['-e', "require('cimlet')"],
        'cimlet/dhcp-server': ['-e', "require('cimlet/dhcp-server')"],
        get,
      },
      environment,
    );
    const empty = cpu.get('empty');
    console.log(
      `an empty script: ${empty.toFixed(0)} ms; two copies of it differ by ${(cpu.get('again') - empty).toFixed(1)} ms`,
    );
    report("require('cimlet')", cpu.get('cimlet') - empty, { most: 12 });
    report("require('cimlet/dhcp-server')", cpu.get('cimlet/dhcp-server') - empty, { most: 20 });
    report('the command, one Get from a server that runs', cpu.get('get') - empty, { most: 70 });
  } finally {
    lab.stop();
  }
}
