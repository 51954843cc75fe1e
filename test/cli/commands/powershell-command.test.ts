import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runPowershell } from '../../../lib/cli/commands/powershell-command.js';
import type { CommandIo, OwnProcess } from '../../../lib/cli/terminal/command-io.js';

const MODULES = resolve('powershell/Modules');
const NAMES = ['CimCmdlets', 'Cimlet.DhcpServer', 'DhcpServer'];

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cimlet home ü '));
});
afterEach(() => rmSync(home, { recursive: true }));

async function run(
  args: readonly string[],
  mainFile = resolve('dist/cimlet.js'),
  platform?: NodeJS.Platform,
): Promise<string[]> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const ownProcess: OwnProcess = {
    mainFile,
    ignoreInterrupts: () => {},
    nameItself: () => {},
    parentId: () => 1,
    endSoon: () => {},
  };
  const io: CommandIo = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: { HOME: home },
    signal: new AbortController().signal,
    ownProcess,
  };
  expect(await runPowershell(args, io, platform ?? 'linux')).toBe(0);
  return String(stdout.read()).trimEnd().split('\n');
}

const folder = () => join(home, '.local/share/powershell/Modules');

describe('cimlet powershell', () => {
  it('prints the path of the manifest, for Import-Module', async () => {
    const [path = ''] = await run([]);
    expect(path).toBe(join(MODULES, 'Cimlet.DhcpServer/Cimlet.DhcpServer.psd1'));
    expect(existsSync(path)).toBe(true);
  });

  it('links the modules into the user’s folder, again without harm, and takes them away', async () => {
    for (let round = 0; round < 2; round += 1) {
      const lines = await run(['--install']);
      expect(lines[0]).toBe(`${join(folder(), 'Cimlet.DhcpServer')} -> ${join(MODULES, 'Cimlet.DhcpServer')}`);
      expect(readdirSync(folder()).sort()).toEqual(NAMES);
      expect(realpathSync(join(folder(), 'DhcpServer'))).toBe(realpathSync(join(MODULES, 'DhcpServer')));
    }
    expect((await run(['--uninstall'])).length).toBe(3);
    expect(readdirSync(folder())).toEqual([]);
    expect(existsSync(join(MODULES, 'DhcpServer/DhcpServer.psd1'))).toBe(true);
    expect((await run(['--uninstall']))[0]).toContain('not there');
  });

  it('leaves a module of somebody else where it is', async () => {
    const path = join(folder(), 'DhcpServer');
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'DhcpServer.psd1'), '@{}');
    await expect(run(['--install'])).rejects.toThrow(`${path} is there already, and not of cimlet.`);
    expect(readdirSync(folder())).toEqual(['DhcpServer']);
    expect(await run(['--uninstall'])).toContain(`${path}: left as it is, since it is not of cimlet`);
    expect(lstatSync(path).isDirectory()).toBe(true);
  });

  it('packs each module that scripts name with the code in it, by the file names that Install-PSResource looks for', async () => {
    const paths = await run(['--pack', join(home, 'packages')]);
    // Of a folder it takes no package with another one's name at its end.
    expect(paths.map((path) => path.slice(join(home, 'packages').length + 1))).toEqual([
      'DhcpServer.2.0.0.nupkg',
      'CimCmdlets.7.0.0.nupkg',
    ]);
    for (const [index, name] of ['DhcpServer', 'CimCmdlets'].entries()) {
      const entries = entriesOf(readFileSync(paths[index] ?? ''));
      const code = readdirSync(join(MODULES, 'Cimlet.DhcpServer')).filter((file) => file !== 'en-US');
      const own = [`${name}.nuspec`, `${name}.psd1`, '[Content_Types].xml', 'en-US/Cimlet.DhcpServer-help.xml'];
      expect([...entries.keys()].sort()).toEqual([...code, ...own].sort());
      expect(entries.get(`${name}.psd1`)).toContain("NestedModules = @('Cimlet.DhcpServer.psm1')");
      expect(entries.get(`${name}.psd1`)).toContain("FormatsToProcess = @('Cimlet.DhcpServer.format.ps1xml')");
      expect(entries.get(`${name}.psd1`)).not.toContain('../');
    }
  });

  it.each([
    [['--instal'], 'does not take "--instal"'],
    [['--install', 'x'], 'does not take "x"'],
    [['--pack'], '--pack has no folder'],
    [['--pack', 'a', 'b'], 'does not take "b"'],
  ])('refuses %j', async (args, message) => {
    await expect(run(args)).rejects.toThrow(message);
  });

  it('refuses to hide Windows’ own module', async () => {
    await expect(run(['--install'], undefined, 'win32')).rejects.toThrow('Windows has a DhcpServer module of its own.');
  });

  it('says so where the modules were not built', async () => {
    await expect(run([], '/nowhere/dist/cimlet.js')).rejects.toThrow('The PowerShell module is not in the package');
  });
});

/** The files of a ZIP archive, by its central directory (APPNOTE 4.3.12). */
function entriesOf(archive: Buffer): Map<string, string> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  const entries = new Map<string, string>();
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [packed, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    entries.set(name, inflateRawSync(archive.subarray(start, start + packed)).toString());
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}
