import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(__dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');

/** The package as a user gets it: packed, then installed in an empty folder. */
describe('the packed tarball', () => {
  let folder = '';
  let tarball = '';

  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const node = (file: string, source: string): string => {
    writeFileSync(join(folder, file), source);
    return run(process.execPath, [file]).trim();
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cimlet-package-'));
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const report: unknown = JSON.parse(packed);
    const first = Array.isArray(report) ? report[0] : Object.values(report as Record<string, unknown>)[0];
    tarball = join(folder, (first as { filename: string }).filename);
    writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }');
    run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball]);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('installs at most 6 packages', () => {
    const installed: unknown = JSON.parse(run('npm', ['ls', '--all', '--json']));
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
    const output = node(
      'same.mjs',
      `import { createRequire } from 'node:module';
       const require = createRequire(import.meta.url);
       for (const entry of ['cimlet', 'cimlet/dhcp-server', 'cimlet/emulator']) {
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
    const output = node(
      'entries.cjs',
      `const { getDhcpServerv4Failover } = require('cimlet');
       console.log(require('cimlet/dhcp-server').getDhcpServerv4Failover === getDhcpServerv4Failover);`,
    );
    expect(output).toBe('true');
  });

  it('brings the WSDL for node-soap, where docs/node-soap.md looks for it', () => {
    const output = node(
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
    expect(() => node('deep.cjs', `require('cimlet/dist/index.js')`)).toThrow(/ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });

  it.each([
    ['ES modules', 'nodenext', 'nodenext', 'user.mts'],
    ['CommonJS', 'nodenext', 'nodenext', 'user.cts'],
    ['a bundler', 'esnext', 'bundler', 'user.ts'],
  ])('has types for %s', (_name, module, moduleResolution, file) => {
    writeFileSync(
      join(folder, file),
      `import { CimletError, addDhcpServerv4Failover, newCimSession, type SoapClientOptions, soapClientOptions } from 'cimlet';
       import { startEmulator } from 'cimlet/emulator';
       import type { DhcpServerv4FailoverInstance } from 'cimlet/dhcp-server';
       export const code = (error: CimletError) => error.code === 'ERR_TLS';
       export async function main(): Promise<DhcpServerv4FailoverInstance | undefined> {
         const emulator = await startEmulator();
         const session = await newCimSession('dhcpserver.contoso.com');
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
       void addDhcpServerv4Failover({ Name: 'A', PartnerServer: 'b', ScopeId: '10.0.0.0', LoadBalancePercent: 1, ReservePercent: 1 });`,
    );
    const args = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2022',
      '--lib',
      'es2023,esnext.disposable',
    ];
    args.push(
      '--module',
      module,
      '--moduleResolution',
      moduleResolution,
      '--typeRoots',
      join(ROOT, 'node_modules/@types'),
    );
    args.push('--types', 'node', file);
    expect(spawnSync(join(BIN, 'tsc'), args, { cwd: folder, encoding: 'utf8' }).stdout).toBe('');
  });

  it('passes publint', () => {
    expect(run(join(BIN, 'publint'), ['run', '--strict', ROOT, '--pack', 'false'])).toContain('All good!');
  });

  it('passes are-the-types-wrong in every resolution mode but the one without exports', () => {
    const report = run(join(BIN, 'attw'), [
      tarball,
      '--profile',
      'node16',
      '--format',
      'json',
      '--no-definitely-typed',
    ]);
    const { analysis } = JSON.parse(report) as { analysis: { problems: { kind: string; resolutionKind?: string }[] } };
    expect(analysis.problems.filter((problem) => problem.resolutionKind !== 'node10')).toEqual([]);
  });

  it('contains no source, test or build leftover', () => {
    const top = readdirSync(join(folder, 'node_modules/cimlet')).sort();
    expect(top).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'schemas']);
  });
});
