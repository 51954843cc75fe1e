import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PackedPackage, ROOT } from './packed-package.js';

describe('the packed tarball', () => {
  let packed: PackedPackage;
  beforeAll(() => {
    packed = new PackedPackage();
    packed.install();
  });
  afterAll(() => packed.remove());

  it('installs at most 6 packages', () => {
    const installed: unknown = JSON.parse(packed.run('npm', ['ls', '--all', '--json']));
    const names = new Set<string>();
    const walk = (tree: { dependencies?: Record<string, { version?: string }> }): void => {
      for (const [name, entry] of Object.entries(tree.dependencies ?? {})) {
        if (entry.version === undefined) continue; // an optional peer that is not there
        names.add(`${name}@${entry.version}`);
        walk(entry as never);
      }
    };
    walk(installed as never);
    expect([...names].length).toBeLessThanOrEqual(6);
    expect([...names].some((name) => name.startsWith('cimlet@'))).toBe(true);
  });

  it('gives import and require the same classes', () => {
    const output = packed.node(
      'same.mjs',
      `import { createRequire } from 'node:module';
       const require = createRequire(import.meta.url);
       for (const entry of ['cimlet', 'cimlet/dhcp-server', 'cimlet/emulator', 'cimlet/fleet', 'cimlet/pairs']) {
         const imported = await import(entry);
         const required = require(entry);
         const names = Object.keys(required);
         if (names.length === 0) throw new Error(entry + ' exports nothing');
         for (const name of names) if (imported[name] !== required[name]) throw new Error(entry + ': ' + name);
       }
       const { CimletError } = await import('cimlet');
       console.log(new (require('cimlet').CimletError)('ERR_TLS', 'x') instanceof CimletError);`,
    );
    expect(output).toBe('true');
  });

  it('shares its classes between the entries', () => {
    const output = packed.node(
      'entries.cjs',
      `const { getDhcpServerv4Failover } = require('cimlet');
       console.log(require('cimlet/dhcp-server').getDhcpServerv4Failover === getDhcpServerv4Failover);`,
    );
    expect(output).toBe('true');
  });

  it('brings the WSDL for node-soap, where docs/node-soap.md looks for it', () => {
    const output = packed.node(
      'wsdl.mjs',
      `import { readFileSync } from 'node:fs';
       import { newCimSession, soapClientOptions } from 'cimlet';
       const schemas = new URL('./schemas/dhcp-server/', import.meta.resolve('cimlet/package.json'));
       const text = readFileSync(new URL('PS_DhcpServerv4Failover.wsdl', schemas), 'utf8');
       const { httpClient } = soapClientOptions(await newCimSession('dhcpserver.contoso.com'));
       console.log(/<wsdl:service name="(.*?)">/.exec(text)?.[1], typeof httpClient.request);`,
    );
    expect(output).toBe('PS_DhcpServerv4Failover function');
  });

  it('does not let anybody reach into its files', () => {
    expect(() => packed.node('deep.cjs', `require('cimlet/dist/index.js')`)).toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  const compile = (file: string, source: string, ...options: string[]): string => {
    writeFileSync(join(packed.folder, file), source);
    const types = ['--typeRoots', join(ROOT, 'node_modules/@types')];
    const args = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2022',
      ...types,
      ...options,
      file,
    ];
    return spawnSync(join(ROOT, 'node_modules/.bin/tsc'), args, { cwd: packed.folder, encoding: 'utf8' }).stdout;
  };

  it.each([
    ['ES modules', 'nodenext', 'nodenext', 'user.mts'],
    ['CommonJS', 'nodenext', 'nodenext', 'user.cts'],
    ['a bundler', 'esnext', 'bundler', 'user.ts'],
  ])('has types for %s', (_name, module, moduleResolution, file) => {
    const source = `import { CimletError, addDhcpServerv4Failover, newCimSession, type SoapClientOptions, soapClientOptions } from 'cimlet';
       import { startEmulator } from 'cimlet/emulator';
       import type { DhcpServerv4FailoverInstance } from 'cimlet/dhcp-server';
       export const code = (error: CimletError) => error.code === 'ERR_TLS';
       export async function main(password?: string): Promise<DhcpServerv4FailoverInstance | undefined> {
         const emulator = await startEmulator();
         const credential = password === undefined ? undefined : { userName: 'a', password };
         const session = await newCimSession('dhcpserver.contoso.com', { credential, tls: { passphrase: 'b' } });
         const [failover] = await addDhcpServerv4Failover({
           CimSession: session, Name: 'A', PartnerServer: 'b', ScopeId: ['10.10.10.0'], LoadBalancePercent: 70, PassThru: true,
         });
         await emulator.close();
         const percent: number | null | undefined = failover?.LoadBalancePercent;
         void percent;
         const options: SoapClientOptions = soapClientOptions(session);
         void options.httpClient;
         return failover;
       }
       // @ts-expect-error percentages of two modes at once
       void addDhcpServerv4Failover({ Name: 'A', PartnerServer: 'b', ScopeId: '10.0.0.0', LoadBalancePercent: 1, ReservePercent: 1 });`;
    const resolution = ['--module', module, '--moduleResolution', moduleResolution];
    const lib = ['--lib', 'es2023,esnext.disposable'];
    expect(compile(file, source, ...resolution, ...lib, '--types', 'node')).toBe('');
  });

  it('asks for the types of Node itself, which TypeScript 7 reads only when asked', () => {
    const source = `import { getDhcpServerv4Scope, newCimSession } from 'cimlet';
       import { startEmulator } from 'cimlet/emulator';
       export async function main(): Promise<number> {
         await using emulator = await startEmulator();
         await using session = await newCimSession('dhcpserver.contoso.com', emulator.sessionOptions);
         return (await getDhcpServerv4Scope({ CimSession: session })).length;
       }`;
    expect(compile('untold.mts', source, '--module', 'nodenext')).toBe('');
    expect(compile('control.mts', `export const x = process.version;`, '--module', 'nodenext')).toMatch(/TS2591/);
  });

  describe('for somebody who has only its pages', () => {
    const page = (name: string): string => readFileSync(join(packed.folder, 'node_modules/cimlet', name), 'utf8');
    const block = (text: string, language: string, has: string): string =>
      [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].find(
        ([, of, code = '']) => of === language && code.includes(has),
      )?.[2] ?? '';

    it('runs the first call of README.md as it stands', () => {
      const source = block(page('README.md'), 'ts', 'newCimSession(');
      expect(packed.node('first.mjs', source)).toBe('LoadBalance Normal\ndhcpserver.contoso.com SFO-SIN-Failover 60');
    });

    it("runs README.md's line of the command", () => {
      const line = block(page('README.md'), 'sh', '--emulator').trim();
      expect(line).toMatch(/^npx cimlet --emulator '/);
      expect(packed.run('sh', ['-c', line])).toMatch(/^LoadBalancePercent +: 70$/m);
    });

    it("runs the first program of docs/getting-started.md: only the account, and where the server is, are a lab's", () => {
      writeFileSync(join(packed.folder, 'scopes.mjs'), block(page('docs/getting-started.md'), 'js', 'createClient('));
      const output = packed.node(
        'against-a-lab.mjs',
        `import { execFile } from 'node:child_process';
         import { promisify } from 'node:util';
         import { startEmulator } from 'cimlet/emulator';
         const emulator = await startEmulator();
         const { name, http } = emulator.servers[0];
         const env = {
           PATH: process.env.PATH,
           CIMLET_COMPUTERS: name,
           CIMLET_USER: emulator.credential.userName,
           CIMLET_PASSWORD: emulator.credential.password.reveal(),
           CIMLET_CONNECT_TO: name + ':5985:' + http.host + ':' + http.port,
         };
         const { stdout } = await promisify(execFile)(process.execPath, ['scopes.mjs'], { env });
         const wrong = { ...env, CIMLET_PASSWORD: 'not this one' };
         const refused = await promisify(execFile)(process.execPath, ['scopes.mjs'], { env: wrong }).catch((error) => error);
         console.log(stdout + refused.code + ' ' + refused.stderr);
         await emulator.close();`,
      );
      const [first, second, refused, ...hint] = output.split('\n');
      expect([first, second]).toEqual([
        'dhcpserver.contoso.com 10.10.10.0 SFO clients',
        'dhcpserver.contoso.com 10.20.20.0 SIN clients',
      ]);
      expect(refused).toMatch(/^1 .*refused the credential/);
      expect(hint.join('')).not.toBe('');
    });
  });

  it('contains no source, test or build leftover', () => {
    const top = readdirSync(join(packed.folder, 'node_modules/cimlet')).sort();
    const pages = ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'docs', 'examples'];
    expect(top).toEqual([...pages, 'dist', 'package.json', 'powershell', 'schemas'].sort());
  });

  it('has every page that its pages link to', () => {
    const root = join(packed.folder, 'node_modules/cimlet');
    const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^\w+:/.test(target) && !existsSync(join(root, page, '..', target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(pages.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  it('maps what is thrown to the source', () => {
    writeFileSync(
      join(packed.folder, 'thrown.cjs'),
      `const { addDhcpServerv4Failover } = require('cimlet');
       addDhcpServerv4Failover({ Nmae: 'A' }).catch((error) => console.log(error.stack));`,
    );
    const stack = packed.run(process.execPath, ['--enable-source-maps', 'thrown.cjs']);
    const [, ...frames] = stack.split('\n').filter((line) => line.includes('cimlet'));
    expect(frames[0]).toMatch(/node_modules\/cimlet\/lib\/cmdlet\/[\w/-]+\.ts:\d+:\d+/);
  });
});
