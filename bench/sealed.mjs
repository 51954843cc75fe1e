// Sealed invokes against the same ones in the clear, both on an NTLM logon, from the emulator in a process of its own; the other mechanisms
// beside them; and the cost of sealing alone.
import { spawnSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { newCimSession } from 'cimlet';
import { getByName } from './calls.mjs';
import { libraryModule } from './library-module.mjs';
import { inTurn, median, pool, rateOf, report, server, time } from './measure.mjs';

const CALLS = 1000;
const WIDTH = 4;
const PAIRS = 9;
const SEALED_BYTES = 64 * 1024;

function sessionOptions({ port, credential, tls }) {
  const connectTo = { host: '127.0.0.1', port };
  return { port, connectTo, credential, useSsl: false, tls, maxConnections: WIDTH };
}

/** Handshakes and connections while `work` runs. */
async function countLogons(work) {
  const counts = { handshakes: 0, connections: 0 };
  const onHandshake = () => {
    counts.handshakes += 1;
  };
  const onConnection = () => {
    counts.connections += 1;
  };
  subscribe('cimlet:auth:complete', onHandshake);
  subscribe('cimlet:connection:open', onConnection);
  await work();
  unsubscribe('cimlet:auth:complete', onHandshake);
  unsubscribe('cimlet:connection:open', onConnection);
  return counts;
}

/** Keeps what the calls of each run cost this process. */
function measured(run, costs) {
  return async () => {
    const rate = await run();
    costs.push(run.cpu);
    return rate;
  };
}

async function benchMechanism(lab, name, options, bound, cpuBound) {
  const common = sessionOptions(lab);
  const clear = await newCimSession(lab.name, {
    ...common,
    authentication: 'Ntlm',
    noEncryption: true,
    allowUnencrypted: true,
  });
  const sealed = await newCimSession(lab.name, { ...common, ...options });
  try {
    const counts = await countLogons(() => pool(CALLS, WIDTH, getByName(sealed)));
    const cpu = { ours: [], yardstick: [] };
    const ours = measured(rateOf(CALLS, WIDTH, getByName(sealed)), cpu.ours);
    const yardstick = measured(rateOf(CALLS, WIDTH, getByName(clear)), cpu.yardstick);
    const result = await inTurn(ours, yardstick, PAIRS);
    const rates = `${Math.round(result.ours)} against ${Math.round(result.yardstick)} calls/s, ${WIDTH} in flight`;
    report(`${name}: sealed against unsealed invokes`, result.ratio, bound, rates);
    const [own, plain] = [Math.min(...cpu.ours), Math.min(...cpu.yardstick)];
    const each = `${own.toFixed(0)} against ${plain.toFixed(0)} µs a call, the least of ${PAIRS} runs each`;
    report(`${name}: CPU of a sealed invoke above a clear one, µs`, own - plain, cpuBound, each);
    const perConnection = counts.handshakes / counts.connections;
    const detail = `${counts.handshakes} handshakes, ${counts.connections} connections, ${CALLS} calls`;
    report(`${name}: handshakes a connection`, perConnection, { least: 1, most: 1 }, detail);
  } finally {
    await Promise.all([clear.close(), sealed.close()]);
  }
}

async function benchSealing() {
  const { NtlmSessionSecurity } = await libraryModule('lib/auth/ntlm/session-security.ts');
  const message = Buffer.alloc(SEALED_BYTES, 'abcdefgh');
  const sender = new NtlmSessionSecurity(Buffer.alloc(16, 1), 'client');
  const receiver = new NtlmSessionSecurity(Buffer.alloc(16, 1), 'server');
  const megabytes = 32;
  const count = (megabytes * 1e6) / SEALED_BYTES;
  const rates = { seal: [], unseal: [] };
  for (let run = 0; run < 7; run += 1) {
    const sealed = [];
    const seal = await time(() => {
      for (let index = 0; index < count; index += 1) sealed.push(sender.seal(message));
    });
    const unseal = await time(() => {
      for (const { header, data } of sealed) receiver.unseal(header, data);
    });
    if (run === 0) continue;
    rates.seal.push((megabytes / seal) * 1000);
    rates.unseal.push((megabytes / unseal) * 1000);
  }
  report('NTLM: sealing 64 KiB messages, MB/s', median(rates.seal), { least: 100 });
  report('NTLM: unsealing them, MB/s', median(rates.unseal), { least: 100 });
}

/** A realm of MIT's KDC, when this machine has one; Kerberos' library reads the environment of the process. */
async function startRealm() {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  if (spawnSync('krb5kdc', ['-?'], { env }).error !== undefined) return 'there is no krb5kdc on this machine';
  try {
    const realm = await (await libraryModule('test/interop/kdc.ts')).startKdc();
    Object.assign(process.env, realm.environment, { CIMLET_BENCH_KEYTAB: realm.keytab });
    return realm;
  } catch (error) {
    return `the realm did not start: ${error.message}`;
  }
}

export async function benchSealed() {
  const realm = await startRealm();
  const lab = await server('./emulator-server.mjs');
  console.log(`Sealing: ${CALLS} calls a run against the emulator`);
  try {
    await benchMechanism(lab, 'NTLM', { authentication: 'Ntlm' }, { least: 0.5 }, { most: 80 });
    await benchMechanism(lab, 'CredSSP', { authentication: 'CredSsp' });
    if (typeof realm === 'string') console.log(`Kerberos: not measured, ${realm}.`);
    else await benchMechanism(lab, 'Kerberos', { authentication: 'Kerberos', credential: undefined });
    await benchSealing();
  } finally {
    lab.stop();
    if (typeof realm !== 'string') realm.stop();
  }
}
