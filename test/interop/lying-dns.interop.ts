// A DNS that says dhcpserver.contoso.com is an alias of a machine whose key the attacker has, and MIT's library as it is configured by default,
// which asks it (dns_canonicalize_hostname). libnss-wrapper is the DNS.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileInto } from './compiled-library.js';
import { EVIL_HOST, PASSWORD, SERVICE_HOST, USER } from './kdc.js';

const folder = mkdtempSync(join(tmpdir(), 'cimlet-dns-'));
const file = (name: string): string => join(folder, name);
const env: NodeJS.ProcessEnv = {
  ...process.env,
  KRB5_CONFIG: file('krb5.conf'),
  KRB5CCNAME: `FILE:${file('ccache')}`,
  LD_PRELOAD: 'libnss_wrapper.so',
  NSS_WRAPPER_HOSTS: file('hosts'),
};
const run = (command: string, args: readonly string[], input?: string): string =>
  execFileSync(command, args, { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] });

beforeAll(() => {
  const configuration = readFileSync(process.env['KRB5_CONFIG'] ?? '', 'utf8');
  writeFileSync(file('krb5.conf'), configuration.replace(/^ (?:rdns|dns_canonicalize_hostname) = .*\n/gm, ''));
  writeFileSync(file('hosts'), `127.0.0.1 ${EVIL_HOST} ${SERVICE_HOST} dhcpserver\n`);
  compileInto(folder, join(__dirname, 'ticket-getter.ts'));
  symlinkSync(resolve(__dirname, '../../node_modules'), file('node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The services that there are tickets for after `get`. */
function ticketsAfter(get: () => void): string[] {
  run('kinit', ['-f', USER], `${PASSWORD}\n`);
  get();
  return [...run('klist', []).matchAll(/HTTP\/[^@\s]+/g)].map(([name]) => name);
}

describe('a DNS that lies', () => {
  it('is believed by what asks it, so that this test means something', () => {
    expect(ticketsAfter(() => run('kvno', ['-S', 'HTTP', SERVICE_HOST]))).toEqual([`HTTP/${EVIL_HOST}`]);
  });

  it.each([[[]], [['delegate']]])('does not choose the service that is authenticated %j', (delegate) => {
    const getter = file('test/interop/ticket-getter.js');
    const tickets = ticketsAfter(() => run(process.execPath, [getter, `HTTP@${SERVICE_HOST}`, ...delegate]));
    expect(tickets).toEqual([`HTTP/${SERVICE_HOST}`]);
  });

  it('is not asked for the full name of a short one', () => {
    const getter = file('test/interop/ticket-getter.js');
    expect(() => ticketsAfter(() => run(process.execPath, [getter, 'HTTP@dhcpserver']))).toThrow(/Server not found/);
  });
});
