// A throw-away realm: MIT's KDC on a loopback port, its principals and keytabs in a temporary folder.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REALM = 'CONTOSO.COM';
export const USER = 'dhcpadmin';
export const PASSWORD = 'Passw0rd!';
export const SERVICE_HOST = 'dhcpserver.contoso.com';
/** Has a key in the service's keytab, too, but the realm does not trust it for delegation. */
export const UNTRUSTED_HOST = 'untrusted.contoso.com';
/** Of another machine of the realm, whose key the attacker has. */
export const EVIL_HOST = 'evil.contoso.com';
/** Of a service whose keytab has another key than the KDC. */
export const OTHER_KEY_HOST = 'otherkey.contoso.com';

/** A port on loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until a server that was just started listens. */
export async function reachable(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`${server.spawnfile} ended with ${server.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.unref();
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`${server.spawnfile} does not listen`);
}

export interface TestRealm {
  readonly environment: Readonly<Record<string, string>>;
  /** What is written here is read as part of krb5.conf. */
  readonly realmsFolder: string;
  readonly keytab: string;
  readonly clientKeytab: string;
  readonly otherKeytab: string;
  /** A collection of ticket caches: of `batch`, and of the user, which is the primary one. */
  readonly collection: string;
  stop(): void;
}

export async function startKdc(): Promise<TestRealm> {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-kdc-'));
  const port = await freePort();
  const file = (name: string): string => join(folder, name);
  // Suites with a realm of their own put its address here.
  mkdirSync(file('realms.d'));
  writeFileSync(
    file('krb5.conf'),
    `includedir ${file('realms.d')}
[libdefaults]
 default_realm = ${REALM}
 dns_lookup_kdc = false
 dns_lookup_realm = false
 rdns = false
 dns_canonicalize_hostname = false
 forwardable = true
 udp_preference_limit = 1
 default_ccache_name = FILE:${file('ccache')}
[realms]
 ${REALM} = {
  kdc = 127.0.0.1:${port}
 }
[domain_realm]
 .contoso.com = ${REALM}
`,
  );
  writeFileSync(
    file('kdc.conf'),
    `[kdcdefaults]
 kdc_listen = 127.0.0.1:${port}
 kdc_tcp_listen = 127.0.0.1:${port}
[realms]
 ${REALM} = {
  database_name = ${file('principal')}
  key_stash_file = ${file('stash')}
  acl_file = ${file('acl')}
  master_key_type = aes256-cts
  supported_enctypes = aes256-cts:normal aes128-cts:normal
 }
[logging]
 kdc = FILE:${file('kdc.log')}
`,
  );
  const environment = {
    KRB5_CONFIG: file('krb5.conf'),
    KRB5_KDC_PROFILE: file('kdc.conf'),
    KRB5CCNAME: `FILE:${file('ccache')}`,
  };
  const env = { ...process.env, ...environment, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
  const run = (command: string, args: readonly string[], input?: string, more: NodeJS.ProcessEnv = {}): string =>
    execFileSync(command, args, { env: { ...env, ...more }, input, stdio: ['pipe', 'pipe', 'pipe'], encoding: 'utf8' });
  const admin = (query: string): string => run('kadmin.local', ['-q', query]);

  run('kdb5_util', ['create', '-s', '-r', REALM, '-P', 'master', '-W']);
  admin(`addprinc -pw ${PASSWORD} ${USER}`);
  admin('addprinc -randkey batch');
  admin(`addprinc -randkey HTTP/${SERVICE_HOST}`);
  admin(`modprinc +ok_as_delegate HTTP/${SERVICE_HOST}`);
  admin(`addprinc -randkey HTTP/${UNTRUSTED_HOST}`);
  admin(`addprinc -randkey HTTP/${EVIL_HOST}`);
  admin(`addprinc -pw ${PASSWORD} -expire yesterday expired`);
  admin(`ktadd -k ${file('http.keytab')} HTTP/${SERVICE_HOST} HTTP/${UNTRUSTED_HOST}`);
  admin(`ktadd -k ${file('batch.keytab')} batch`);
  // What an SPN that is registered to another account looks like: the key is not the service's.
  admin(`addprinc -randkey HTTP/${OTHER_KEY_HOST}`);
  const entry = `addent -password -p HTTP/${OTHER_KEY_HOST}@${REALM} -k 1 -e aes256-cts-hmac-sha1-96`;
  run('ktutil', [], `${entry}\nanother password\nwkt ${file('other.keytab')}\nquit\n`);
  const kdc = spawn('krb5kdc', ['-n', '-r', REALM], { env, stdio: 'ignore' });
  kdc.unref();
  await reachable(port, kdc);
  run('kinit', ['-f', USER], `${PASSWORD}\n`);
  // A collection, whose primary cache is the last one made.
  mkdirSync(file('caches'), { mode: 0o700 });
  const collection = { KRB5CCNAME: `DIR:${file('caches')}` };
  run('kinit', ['-k', '-t', file('batch.keytab'), 'batch'], '', collection);
  run('kinit', [USER], `${PASSWORD}\n`, collection);
  if (!existsSync(file('ccache'))) throw new Error('kinit made no ticket cache');

  return {
    environment,
    realmsFolder: file('realms.d'),
    keytab: file('http.keytab'),
    clientKeytab: file('batch.keytab'),
    otherKeytab: file('other.keytab'),
    collection: `DIR:${file('caches')}`,
    stop() {
      kdc.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
let realm: TestRealm | undefined;

/** The Kerberos library reads its configuration from the environment of the process, of which a test file sees a copy only. */
export default async function setup(): Promise<void> {
  realm = await startKdc();
  process.once('exit', () => realm?.stop());
  Object.assign(process.env, realm.environment, {
    CIMLET_TEST_REALMS: realm.realmsFolder,
    CIMLET_TEST_KEYTAB: realm.keytab,
    CIMLET_TEST_CLIENT_KEYTAB: realm.clientKeytab,
    CIMLET_TEST_OTHER_KEYTAB: realm.otherKeytab,
    CIMLET_TEST_COLLECTION: realm.collection,
  });
}
