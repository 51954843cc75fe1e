import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, MODULES, runScript } from '../powershell-program.js';
import { CHILDREN } from './node-programs.js';

const NAME = 'Cimlet.DhcpServer';
const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { readonly version: string };

/** The module of another version, below a path that has blanks, umlauts, brackets and quotes in it. */
function otherVersion(folder: string): string {
  const modules = join(folder, "Möd ule's [1] ‘ä’");
  mkdirSync(modules, { recursive: true });
  cpSync(MODULES, modules, { recursive: true });
  for (const file of [`${NAME}.psd1`, `${NAME}.psm1`]) {
    const path = join(modules, NAME, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`Version = '${version}'`, "Version = '99.1.2'"));
  }
  writeFileSync(join(modules, NAME, 'cimlet.path'), resolve('powershell/start.cjs'));
  return join(modules, NAME, `${NAME}.psd1`);
}

const quoted = (text: string) => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

/** What people call things, and what could end a text. */
const NAMES = [
  "O'Brien",
  'say "hi"',
  '‘a’ ‚b‛',
  '“c” „d‟',
  '$(1/0) `n {0} %s',
  "'; throw 1; '",
  'ü ñ 日本 🙂',
  '<&>;|\\',
];

describeInBothForms('odd places and names', (form) => {
  it('two versions of the module work in one PowerShell, one of them from a path with blanks, umlauts and quotes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cimlet-'));
    const lines = await runScript(
      `${CHILDREN}
$first = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0
Import-Module -Name ([wildcardpattern]::Escape(${quoted(otherVersion(folder))})) -Prefix Other
"$((Get-Module ${NAME}).Version -join ' ')"
$second = Get-OtherDhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.20.20.0
"$($second.Name) $($second.CimClass.CimClassName) $($second.LeaseDuration) processes: $(@(Get-Child).Count)"
"$($first.ToString()) $($first.CimInstanceProperties['Name'].Value)"
$second | Set-DhcpServerv4Scope -Description 'of the other' -PassThru | ForEach-Object Description
$first | Get-OtherDhcpServerv4Scope | ForEach-Object Name
$job = Get-OtherDhcpServerVersion -ComputerName dhcpserver.contoso.com -AsJob
(Receive-Job $job -Wait).MajorVersion
try { Get-OtherDhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name None -ErrorAction Stop } catch { $_.FullyQualifiedErrorId }
`,
      form,
    );
    rmSync(folder, { recursive: true });
    expect(lines).toEqual([
      `${version} 99.1.2`,
      'SIN clients DhcpServerv4Scope 8.00:00:00 processes: 2',
      'DhcpServerv4Scope (Name = "SFO clients") SFO clients',
      'of the other',
      'SFO clients',
      '10',
      'DHCP 20115,Get-OtherDhcpServerv4Failover',
    ]);
  });

  it('names come back as they went, whatever quotes are in them', async () => {
    const lines = await runScript(
      `foreach ($name in @(${NAMES.map(quoted).join(', ')})) {
    Set-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0 -Name $name -Description "of $name"
    $scope = Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com -ScopeId 10.10.10.0
    "$($scope.Name -ceq $name) $($scope.Description -ceq "of $name") $($scope.ToString() -ceq ('DhcpServerv4Scope (Name = "{0}")' -f $name))"
}
Add-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name ${quoted(NAMES.join(''))} -ScopeId 10.10.10.0 -PartnerServer dhcpserver2.contoso.com -Force
(Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name ${quoted(NAMES.join(''))}).Name -ceq ${quoted(NAMES.join(''))}
$env:COMPUTERNAME = ''
try { Get-DhcpServerVersion -ComputerName $env:COMPUTERNAME } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
$secret = ConvertTo-SecureString abc -AsPlainText -Force
try { Set-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name x -SharedSecret $secret -Force } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.Message)" }`,
      form,
    );
    expect(lines.slice(0, NAMES.length)).toEqual(NAMES.map(() => 'True True True'));
    expect(lines.slice(NAMES.length)).toEqual([
      'True',
      expect.stringMatching(
        /^ParameterArgumentValidationError,Get-DhcpServerVersion .*-ComputerName is empty\. \$env:COMPUTERNAME exists on Windows only/,
      ),
      expect.stringMatching(
        /^SecureStringAsText,Set-DhcpServerv4Failover .*ConvertFrom-SecureString \$secret -AsPlainText/,
      ),
    ]);
  });
});
