import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import { MODULE_SOURCES, powerShellModules } from '../../lib/powershell-module/module-files.js';
import { quotedText } from '../../lib/powershell-module/powershell-text.js';
import { scriptCmdlets } from '../schema/schema-files.js';

const SCHEMAS = resolve('schemas/dhcp-server');
const BUILT = resolve('powershell/Modules');

const schemas = (extension: string) =>
  readdirSync(SCHEMAS)
    .filter((fileName) => fileName.endsWith(extension))
    .sort()
    .map((fileName) => ({ fileName, text: readFileSync(join(SCHEMAS, fileName), 'utf8') }));

const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { readonly version: string };

const files = powerShellModules({
  cdxml: schemas('.cdxml'),
  mof: schemas('.mof'),
  scriptCmdlets: scriptCmdlets(),
  sources: Object.fromEntries(
    MODULE_SOURCES.map((name) => [name, readFileSync(resolve(`powershell/source/${name}.ps1`), 'utf8')]),
  ) as Record<(typeof MODULE_SOURCES)[number], string>,
  version,
});

const file = (path: string): string => files.get(path) ?? '';

describe('the PowerShell modules', () => {
  it('are in the package as they are made of the schemas', () => {
    expect(existsSync(BUILT)).toBe(true);
    const built = readdirSync(BUILT, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(BUILT.length + 1));
    expect(built.sort()).toEqual([...files.keys()].sort());
    for (const path of built) expect([path, readFileSync(join(BUILT, path), 'utf8')]).toEqual([path, file(path)]);
  });

  it('are written by all the files of powershell/source, and by no other', () => {
    const names = readdirSync(resolve('powershell/source')).map((name) => name.replace('.ps1', ''));
    expect(names.sort()).toEqual([...MODULE_SOURCES].sort());
  });

  it('have a function, or an alias, for every cmdlet, and list each in the manifests', () => {
    const functions = file('Cimlet.DhcpServer/Cimlet.DhcpServer.functions.ps1');
    for (const { name } of [...cmdletDefinitions.values(), ...scriptCmdletDefinitions.values()]) {
      expect(functions.includes(`\nfunction ${name} {`) || functions.includes(`[Alias('${name}')]`)).toBe(true);
      for (const manifest of ['Cimlet.DhcpServer/Cimlet.DhcpServer.psd1', 'DhcpServer/DhcpServer.psd1']) {
        expect(file(manifest)).toContain(`'${name}'`);
      }
    }
    expect(file('CimCmdlets/CimCmdlets.psd1')).toContain("'Get-CimInstance'");
  });

  it('have views and help that an XML parser takes, with the examples of the schemas', () => {
    const parser = new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`);
      },
    });
    for (const path of ['Cimlet.DhcpServer.format.ps1xml', 'en-US/Cimlet.DhcpServer-help.xml']) {
      const document = parser.parseFromString(file(`Cimlet.DhcpServer/${path}`), 'text/xml');
      expect(document.documentElement?.childNodes.length).toBeGreaterThan(1);
    }
    const help = file('Cimlet.DhcpServer/en-US/Cimlet.DhcpServer-help.xml');
    expect(help).toContain(
      'Add-DhcpServerv4Failover -ComputerName &#34;dhcpserver.contoso.com&#34; -Name &#34;SFO-SIN-Failover&#34;',
    );
  });

  it('have help with an example for every function', () => {
    const commands = file('Cimlet.DhcpServer/en-US/Cimlet.DhcpServer-help.xml').split('<command:command ').slice(1);
    const functions = file('Cimlet.DhcpServer/Cimlet.DhcpServer.functions.ps1').match(/^function /gm) ?? [];
    expect(commands.length).toBeGreaterThanOrEqual(functions.length);
    const without = commands.filter((command) => !command.includes('<dev:code>'));
    expect(without.map((command) => /<command:name>([^<]*)/.exec(command)?.[1])).toEqual([]);
  });

  it('need the oldest Node.js that the package needs', () => {
    const { engines } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { engines: { node: string } };
    const oldest = engines.node.replace('>=', '');
    const [major, minor] = oldest.split('.');
    const start = readFileSync(resolve('powershell/start.cjs'), 'utf8');
    expect(start).toContain(
      `Number(parts[0]) < ${major} || (Number(parts[0]) === ${major} && Number(parts[1]) < ${minor})`,
    );
    expect(start).toContain(`${oldest} or later is needed`);
  });
});

it('quotedText doubles every sign that ends a text in single quotes (about_Quoting_Rules)', () => {
  expect(quotedText("a'b\u2018c\u2019d\u201ae\u201bf")).toBe(
    "'a''b\u2018\u2018c\u2019\u2019d\u201a\u201ae\u201b\u201bf'",
  );
});
