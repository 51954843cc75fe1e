import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PackedPackage, ROOT } from './packed-package.js';

const APPLICATION = `
import { newCimSession, CimletError } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';
const emulator = await startEmulator();
const { credential, servers: [server] } = emulator;
const connectTo = server.http;
const product = async (authentication) => {
  const session = await newCimSession('dhcpserver.contoso.com', { authentication, credential, connectTo });
  try {
    return (await session.testConnection()).productVendor;
  } catch (error) {
    return error instanceof CimletError ? error.code + ' ' + error.message + ' ' + error.hint : String(error);
  } finally {
    await session.close();
  }
};
for (const authentication of ['Ntlm', 'Negotiate', 'CredSsp', 'Kerberos']) console.log(authentication, await product(authentication));
await emulator.close();
`;

// An Electron main process or a single-file deployment is built so, most often without the optional peer.
describe('an application bundled by esbuild, without koffi', () => {
  let packed: PackedPackage;
  beforeAll(() => {
    packed = new PackedPackage();
    packed.install();
  });
  afterAll(() => packed.remove());

  const build = (...options: string[]): string => {
    const arguments_ = ['app.js', '--bundle', '--platform=node', '--outdir=built', '--log-level=warning', ...options];
    return packed.run(join(ROOT, 'node_modules/.bin/esbuild'), arguments_);
  };

  it('builds, and logs on over NTLM from the bundle alone', () => {
    packed.node(
      'app.js',
      `(async () => { ${APPLICATION.replace(/import (.*) from (.*);/g, 'const $1 = require($2);')} })();`,
    );
    build('--format=cjs');
    const bundle = join(packed.folder, 'built/app.js');
    expect(readFileSync(bundle, 'utf8')).not.toMatch(/require\("cimlet/);
    // Elsewhere, where there are no packages.
    const output = execFileSync(process.execPath, ['-'], { cwd: '/', input: readFileSync(bundle), encoding: 'utf8' });
    const [ntlm, negotiate, credSsp, kerberos] = output.trim().split('\n');
    expect([ntlm, negotiate, credSsp]).toEqual([
      'Ntlm Microsoft Corporation',
      'Negotiate Microsoft Corporation',
      'CredSsp Microsoft Corporation',
    ]);
    expect(kerberos).toMatch(/^Kerberos ERR_MISSING_PEER .*"koffi", which is not installed\. Run: npm install koffi$/);
  });
});
