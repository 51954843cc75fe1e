// A throw-away Active Directory domain: Samba's domain controller on loopback, all of it in a temporary folder.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './kdc.js';

const run = promisify(execFile);

export const DOMAIN = 'SAMDOM';
export const DNS_DOMAIN = 'samdom.test';
export const SERVICE_HOST = `dhcpserver.${DNS_DOMAIN}`;
export const USER = 'dhcpadmin';
export const PASSWORD = 'Pässw0rd! 漢字';
/** Accounts that are not let in, with the password of the user. */
export const DISABLED_USER = 'disabled';
export const EXPIRED_USER = 'expired';

const TWO_MINUTES_MS = 120_000;

export interface SambaDomain {
  /** Keys of `HTTP/` and the service's host. */
  readonly keytab: string;
  /** Starts Debian's ntlm_auth as a helper that asks this domain. */
  ntlmAuth(args: readonly string[]): ChildProcess;
  stop(): Promise<void>;
}

/** Makes and starts the domain; it takes some ten seconds, and needs to be root. */
export async function startSambaDomain(): Promise<SambaDomain> {
  const folder = mkdtempSync(join(tmpdir(), 'cimlet-samba-'));
  const file = (name: string): string => join(folder, name);
  const config = file('etc/smb.conf');
  const tool = (...args: string[]) =>
    run('samba-tool', [...args, `--configfile=${config}`], { timeout: TWO_MINUTES_MS });
  const [kdcPort, passwordPort] = [await freePort(), await freePort()];

  const options = ['interfaces=lo', 'bind interfaces only=yes'].map((option) => `--option=${option}`);
  await run(
    'samba-tool',
    [
      ...['domain', 'provision', `--realm=${DNS_DOMAIN.toUpperCase()}`, `--domain=${DOMAIN}`, '--server-role=dc'],
      ...['--dns-backend=NONE', '--adminpass=Adm1n-Passw0rd', '--host-name=dc1', '--host-ip=127.0.0.1'],
      ...[`--targetdir=${folder}`, ...options],
    ],
    { timeout: TWO_MINUTES_MS },
  );
  writeFileSync(config, configuration(readFileSync(config, 'utf8'), folder, kdcPort, passwordPort));
  await tool('domain', 'passwordsettings', 'set', '--complexity=off');
  await tool('user', 'create', USER, PASSWORD);
  await tool('user', 'create', DISABLED_USER, PASSWORD);
  await tool('user', 'disable', DISABLED_USER);
  await tool('user', 'create', EXPIRED_USER, PASSWORD, '--must-change-at-next-login');
  await tool('user', 'create', 'dhcpserver', 'Serv1ce-Passw0rd');
  await tool('spn', 'add', `HTTP/${SERVICE_HOST}`, 'dhcpserver');
  // Trusted for delegation: without it no ticket is handed on (ok-as-delegate).
  await tool('delegation', 'for-any-service', 'dhcpserver', 'on');
  await tool('domain', 'exportkeytab', file('http.keytab'), `--principal=HTTP/${SERVICE_HOST}`);
  writeFileSync(
    join(process.env['CIMLET_TEST_REALMS'] ?? '', 'samdom'),
    `[realms]
 ${DNS_DOMAIN.toUpperCase()} = {
  kdc = 127.0.0.1:${kdcPort}
 }
[domain_realm]
 .${DNS_DOMAIN} = ${DNS_DOMAIN.toUpperCase()}
`,
  );
  // A process that has read the configuration before reads what it includes again only when the file itself looks newer.
  const later = Date.now() / 1000 + 2;
  utimesSync(process.env['KRB5_CONFIG'] ?? '', later, later);

  const samba = spawn('samba', ['--foreground', '--no-process-group', '--debug-stdout', `--configfile=${config}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  samba.stdout.resume();
  // The pipe is closed when the last of its many processes has ended, and nothing is written to the folder any more.
  const ended = new Promise((resolve) => samba.once('close', resolve));
  // libwbclient looks for its socket elsewhere only under nss_wrapper, as Samba's own tests run it.
  const environment = {
    ...process.env,
    LD_PRELOAD: 'libnss_wrapper.so',
    NSS_WRAPPER_PASSWD: '/etc/passwd',
    NSS_WRAPPER_GROUP: '/etc/group',
    SELFTEST_WINBINDD_SOCKET_DIR: file('winbindd'),
  };
  const ntlmAuth = (args: readonly string[]): ChildProcess =>
    spawn('ntlm_auth', [`--configfile=${config}`, ...args], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
  const stop = async () => {
    samba.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(ntlmAuth, samba);
  } catch (error) {
    await stop();
    throw error;
  }
  return { keytab: file('http.keytab'), ntlmAuth, stop };
}

/** Only Kerberos and the logons of NTLM, everything in the folder; AES, since service accounts have RC4 alone by default. */
function configuration(provisioned: string, folder: string, kdcPort: number, passwordPort: number): string {
  const [global = ''] = provisioned.split('[homes]');
  const settings: Readonly<Record<string, string>> = {
    'server services': 'kdc, winbindd',
    'krb5 port': String(kdcPort),
    'kpasswd port': String(passwordPort),
    'kdc default domain supported enctypes': '0x38',
    'pid directory': `${folder}/run`,
    'ncalrpc dir': `${folder}/ncalrpc`,
    'winbindd socket directory': `${folder}/winbindd`,
    'ntp signd socket directory': `${folder}/ntp`,
    'log file': `${folder}/log/%m`,
  };
  for (const name of ['run', 'log']) mkdirSync(join(folder, name), { recursive: true });
  const kept = global.split('\n').filter((line) => !Object.keys(settings).some((name) => line.trim().startsWith(name)));
  const added = Object.entries(settings).map(([name, value]) => `\t${name} = ${value}`);
  return `${[...kept, ...added].join('\n')}\n`;
}

/** Until the domain lets its user in, which says that all parts of it run. */
async function answering(ntlmAuth: SambaDomain['ntlmAuth'], samba: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (samba.exitCode !== null) throw new Error(`samba ended with ${samba.exitCode}`);
    const code = await new Promise((resolve) => {
      ntlmAuth([`--username=${USER}`, `--domain=${DOMAIN}`, `--password=${PASSWORD}`]).once('close', resolve);
    });
    if (code === 0) return;
    await pause(100);
  }
  throw new Error('The domain controller does not answer');
}
