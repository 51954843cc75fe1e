import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { InvocationOptions } from '../../../lib/cmdlet/contract/invocation-options.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import { refuseWindowsPlace } from '../../../lib/dhcp-server/export-file/file-writer.js';
import {
  addDhcpServerv4Filter,
  addDhcpServerv6Scope,
  type ExportDhcpServerInput,
  type ExportDhcpServerParameters,
  exportDhcpServer,
  getDhcpServerv4Scope,
  setDhcpServerv4FilterList,
} from '../../../lib/dhcp-server/index.js';
import { A, branchOffices, inLab, lab, testFolder } from '../migration-lab.js';

const fileOf = testFolder();
let files = 0;
const fresh = () => fileOf(`${++files}.xml`);

type Others = Partial<ExportDhcpServerParameters>;

/** Exports the lab's server, and gives the file's text. */
async function text(
  parameters: Others = {},
  options: InvocationOptions<ExportDhcpServerInput> = {},
  one = lab(),
): Promise<string> {
  const File = fresh();
  await exportDhcpServer({ ComputerName: A, File, ...parameters }, inLab(one, options));
  return readFileSync(File, 'utf8');
}

const failure = (call: PromiseLike<unknown>): Promise<CmdletError> =>
  Promise.resolve(call).then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: CmdletError) => error,
  );

const idsOf = (error: CmdletError) => error.errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId);
const scopesIn = (file: string) =>
  [...file.matchAll(/<ScopeId>([\d.]+)<\/ScopeId>\r\n {8}<Name>/g)].map(([, id]) => id);

describe('the file', () => {
  it('[MIG] 7.2 is laid out as .NET’s writer lays it out on Windows, and only its owner can read it', async () => {
    const File = fresh();
    await exportDhcpServer({ ComputerName: A, File }, inLab(lab()));
    const lines = readFileSync(File, 'utf8').split('\r\n');
    // What System.Xml.XmlWriter of .NET writes for the calls of Windows' script.
    expect(lines.slice(0, 6)).toEqual([
      '\uFEFF<?xml version="1.0" encoding="utf-8"?>',
      '<DHCPServer xmlns="http://schemas.microsoft.com/windows/DHCPServer">',
      '  <MajorVersion xmlns="">10</MajorVersion>',
      '  <MinorVersion xmlns="">0</MinorVersion>',
      '  <IPv4 xmlns="">',
      '    <ConflictDetectionAttempts>0</ConflictDetectionAttempts>',
    ]);
    expect(lines.at(-1)).toBe('</DHCPServer>');
    expect(lines).toContain('  <IPv6 xmlns="">');
    expect(lines).toContain('        <LeaseDuration>8.00:00:00</LeaseDuration>');
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
    expect(statSync(File).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });

  it('[XML] 7.2 has the addresses of filters in upper case, with hyphens', async () => {
    const one = lab();
    await addDhcpServerv4Filter({ ComputerName: A, List: 'Deny', MacAddress: 'f0def17a005e' }, inLab(one));
    await setDhcpServerv4FilterList({ ComputerName: A, Deny: true }, inLab(one));
    const [, filters = ''] = /<Filters>([\s\S]*?)<\/Filters>/.exec(await text({}, {}, one)) ?? [];
    expect(filters.replace(/\s+</g, '<').trim()).toBe(
      '<Allow>false</Allow><Deny>true</Deny><Filter><List>Deny</List><MacAddress>F0-DE-F1-7A-00-5E</MacAddress><Description /></Filter>',
    );
  });

  it('[XML] 7.2 has empty elements as .NET writes them, and times in universal sortable form', async () => {
    const file = await text({ Leases: true }, {}, branchOffices(1, 1));
    expect(file).toContain('<VendorClass />');
    expect(file).toMatch(/<LeaseExpiryTime>2026-1\d-\d\d \d\d:\d\d:\d\dZ<\/LeaseExpiryTime>/);
    expect(file).toContain('<Condition>OR</Condition>');
  });

  it('[MIG] 7.1 has leases only when they are asked for', async () => {
    const one = branchOffices(1, 1);
    expect(await text({}, {}, one)).not.toMatch(/<Leases?>/);
    expect((await text({ Leases: true }, {}, one)).match(/<Lease>/g)?.length).toBeGreaterThan(290);
  });

  it('[MIG] 7.1 has the parts that were asked for', async () => {
    const one = lab();
    await addDhcpServerv6Scope({ ComputerName: A, Prefix: '2001:db8::', Name: 'six' }, inLab(one));
    const all = await text({}, {}, one);
    expect(scopesIn(all)).toEqual(['10.10.10.0', '10.20.20.0']);
    expect(all).toContain('<Prefix>2001:db8::</Prefix>');
    const v4 = await text({ ScopeId: '10.20.20.0' }, {}, one);
    expect(scopesIn(v4)).toEqual(['10.20.20.0']);
    expect(v4).toContain('<Classes>');
    expect(v4).not.toContain('<IPv6');
    const v6 = await text({ Prefix: '2001:db8::' }, {}, one);
    expect(v6).not.toContain('<IPv4');
    expect(v6).toContain('<Prefix>2001:db8::</Prefix>');
  });

  it('[MIG] 7.1 holds all scopes that are piped', async () => {
    const one = lab();
    const input = getDhcpServerv4Scope({ ComputerName: A }, inLab(one));
    expect(scopesIn(await text({}, { input }, one))).toEqual(['10.10.10.0', '10.20.20.0']);
  });
});

describe('what stands in the way', () => {
  it('[MIG] 7.1 a file that is there, as on Windows; Force overwrites it, and leaves nothing else behind', async () => {
    const File = fresh();
    writeFileSync(File, 'mine');
    const error = await failure(exportDhcpServer({ ComputerName: A, File }, inLab(lab())));
    expect(idsOf(error)).toEqual(['ResourceExists,Export-DhcpServer']);
    expect(error.errors[0]?.categoryInfo).toMatchObject({ category: 'ResourceExists', targetName: File });
    expect(error.errors[0]?.exception).toMatchObject({ code: 'ERR_FILE', name: 'OperationError' });
    expect(readFileSync(File, 'utf8')).toBe('mine');
    await exportDhcpServer({ ComputerName: A, File, Force: true }, inLab(lab()));
    expect(readFileSync(File, 'utf8')).toContain('<DHCPServer');
    expect(readdirSync(dirname(File)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a read-only file, a folder, and a folder that is not there', async () => {
    const File = fresh();
    writeFileSync(File, 'mine');
    chmodSync(File, 0o444);
    const cases = [File, dirname(File), fileOf('nowhere/x.xml')];
    for (const name of cases) {
      const error = await failure(exportDhcpServer({ ComputerName: A, File: name, Force: true }, inLab(lab())));
      expect(idsOf(error)).toEqual(['WriteError,Export-DhcpServer']);
    }
    expect(readFileSync(File, 'utf8')).toBe('mine');
  });

  it('a drive or a share of Windows, of which another system would make a file of that name in the current folder', async () => {
    for (const File of ['C:\\dhcp.xml', 'z:/dhcp.xml', '\\\\share\\dhcp\\dhcp.xml']) {
      if (process.platform === 'win32') {
        expect(() => refuseWindowsPlace(File)).not.toThrow();
        continue;
      }
      const one = lab();
      // Who asks it learns that it is away.
      one.powerOff(A);
      const error = await failure(exportDhcpServer({ ComputerName: A, File, Force: true }, inLab(one)));
      expect(idsOf(error)).toEqual(['WriteError,Export-DhcpServer']);
      expect(error.errors[0]?.message).toContain(File);
      expect(existsSync(File)).toBe(false);
    }
    expect(() => refuseWindowsPlace('C:\\dhcp.xml', 'win32')).not.toThrow();
    expect(() => refuseWindowsPlace('below/dhcp:2026.xml', 'linux')).not.toThrow();
  });

  it('a file that somebody else makes meanwhile is not overwritten', async () => {
    const File = fresh();
    const onVerbose = ({ text: said }: { text: string }) => {
      if (said.includes('10.20.20.0') && !existsSync(File)) writeFileSync(File, 'faster');
    };
    const call = exportDhcpServer({ ComputerName: A, File, Verbose: true }, inLab(lab(), { onVerbose }));
    expect(idsOf(await failure(call))).toEqual(['ResourceExists,Export-DhcpServer']);
    expect(readFileSync(File, 'utf8')).toBe('faster');
    expect(readdirSync(dirname(File)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('[MIG] 7.1 a scope that is not there is told, with what the system says, and the others are exported', async () => {
    const File = fresh();
    const ScopeId = ['10.10.10.0', '10.99.0.0'];
    const error = await failure(exportDhcpServer({ ComputerName: A, File, ScopeId }, inLab(lab())));
    expect(idsOf(error)).toEqual(['DHCP 20005,Export-DhcpServer']);
    expect(error.errors[0]?.message).toMatch(
      /^Failed to get scope information for scope 10\.99\.0\.0 .* : .*\(20005\)$/,
    );
    expect(scopesIn(readFileSync(File, 'utf8'))).toEqual(['10.10.10.0']);
  });

  it('[MIG] 7.1 nothing that is left to export makes no file', async () => {
    const File = fresh();
    const call = exportDhcpServer({ ComputerName: A, File, ScopeId: '10.99.0.0' }, inLab(lab()));
    expect(idsOf(await failure(call))).toEqual(['DHCP 20005,Export-DhcpServer']);
    expect(existsSync(File)).toBe(false);
  });

  it('with ErrorAction Stop the first error ends it, and makes no file', async () => {
    const File = fresh();
    const call = { ComputerName: A, File, ScopeId: ['10.99.0.0', '10.10.10.0'], ErrorAction: 'Stop' } as const;
    expect(idsOf(await failure(exportDhcpServer(call, inLab(lab()))))).toEqual(['DHCP 20005,Export-DhcpServer']);
    expect(existsSync(File)).toBe(false);
  });

  it('[MIG] 7.1 addresses of the other family, before anything is sent', async () => {
    const one = lab();
    one.powerOff(A);
    for (const others of [{ ScopeId: '2001:db8::' }, { Prefix: '10.10.10.0' }]) {
      const call = exportDhcpServer({ ComputerName: A, File: fresh(), ...others }, inLab(one));
      await expect(call).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    }
  });

  it('a server that is away half-way leaves nothing', async () => {
    const one = branchOffices(2, 1);
    const File = fresh();
    const onVerbose = ({ text: said }: { text: string }) => {
      if (said.includes('10.21.0.0')) one.powerOff(A);
    };
    await failure(exportDhcpServer({ ComputerName: A, File, Verbose: true }, inLab(one, { onVerbose })));
    expect(existsSync(File)).toBe(false);
    expect(readdirSync(dirname(File)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('what is said', () => {
  it('[MIG] 7.1 WhatIf says Windows’ sentence, and makes no file', async () => {
    const said: string[] = [];
    const onWhatIf = ({ text: what }: { text: string }) => said.push(what);
    const File = fileOf('never.xml');
    await exportDhcpServer({ ComputerName: A, File, WhatIf: true, Leases: true }, inLab(lab(), { onWhatIf }));
    await exportDhcpServer({ ComputerName: A, File, WhatIf: true, ScopeId: '10.10.10.0' }, inLab(lab(), { onWhatIf }));
    expect(said).toEqual([
      `What if: The configuration (and leases) on server ${A} will be exported to the file ${File}.`,
      `What if: The configuration for the scope(s) 10.10.10.0 on server ${A} will be exported to the file ${File}.`,
    ]);
    expect(existsSync(File)).toBe(false);
  });

  it('[MIG] 5 Confirm asks with it, and a no makes no file', async () => {
    const questions: string[] = [];
    const host = {
      confirm: ({ message }: { message: string }) => {
        questions.push(message);
        return 'no' as const;
      },
    };
    const File = fresh();
    await exportDhcpServer({ ComputerName: A, File, Confirm: true }, inLab(lab(), { host }));
    expect(questions).toEqual([
      `Are you sure you want to perform this action?\nThe configuration on server ${A} will be exported to the file ${File}.`,
    ]);
    expect(existsSync(File)).toBe(false);
  });

  it('progress names the scopes', async () => {
    const told: (readonly [string, number | undefined])[] = [];
    await text(
      {},
      {
        onProgress: ({ operation }) => {
          if (operation !== undefined) told.push([operation.currentOperation, operation.percentComplete]);
        },
      },
    );
    expect(told).toEqual([
      ['scope 10.10.10.0', 0],
      ['scope 10.20.20.0', 50],
    ]);
  });

  it('a folder below the working one is found', async () => {
    mkdirSync(fileOf('below'));
    const File = fileOf('below/../below/x.xml');
    await exportDhcpServer({ ComputerName: A, File }, inLab(lab()));
    expect(existsSync(fileOf('below/x.xml'))).toBe(true);
  });
});
