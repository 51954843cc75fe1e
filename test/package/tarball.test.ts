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
