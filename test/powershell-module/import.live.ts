import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBothForms, isPlain, MANIFEST, MODULES, runPowerShell } from './powershell-program.js';

const NAME = 'Cimlet.DhcpServer';

/** What PowerShell has not looked at yet: its functions have no syntax tree, and what makes the calls is not there. */
const STATE = `
$inside = [System.Reflection.BindingFlags]'NonPublic,Instance'
function Get-State([psmoduleinfo]$Of) {
    $parsed = foreach ($function in $Of.ExportedFunctions.Values) {
        $data = [scriptblock].GetField('_scriptBlockData', $inside).GetValue($function.ScriptBlock)
        if ($null -ne $data.GetType().GetField('_ast', $inside).GetValue($data)) { $function.Name }
    }
    "parsed: $(@($parsed).Count -gt 30), calls loaded: $(& $Of { Test-Path function:Initialize-Run })"
}
`;

const SYNTAX = `(Get-Command -Module ${NAME} | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Definition.Length -gt 0) $(Get-Command $_.Name -Syntax)" }) -join '|'`;

describeInBothForms('the import', (form) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The module with one text of its script changed. */
  function changed(name: string, text: string, by: string): string {
    cpSync(MODULES, join(folder, name), { recursive: true });
    const path = join(folder, name, NAME, `${NAME}.psm1`);
    const script = readFileSync(path, 'utf8');
    expect(script).toContain(text);
    writeFileSync(path, script.replace(text, by));
    writeFileSync(join(folder, name, NAME, 'cimlet.path'), resolve('powershell/start.cjs'));
    return join(folder, name, NAME, `${NAME}.psd1`);
  }

  async function run(manifest: string, script: string): Promise<string[]> {
    const text = `$PSStyle.OutputRendering = 'PlainText'; Import-Module '${manifest}'\n${script}`;
    const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-Command', text], form);
    expect(stderr).toBe('');
    return stdout.trim().split('\n');
  }

  it('parses no function, loads nothing that makes calls, and starts no process; the first call does', async () => {
    const children =
      '@([System.Diagnostics.Process]::GetProcesses() | Where-Object { try { $_.Parent.Id -eq $PID } catch { $false } }).Count';
    const lines = await run(
      MANIFEST,
      `${STATE}$module = Get-Module ${NAME}; Get-State $module; ${children}
(Get-Command Get-DhcpServerv4Scope).Parameters.ContainsKey('ScopeId'); (Get-Command gcim).ResolvedCommand.Name
(Get-DhcpServerVersion -ComputerName dhcpserver.contoso.com).MajorVersion; Get-State $module; ${children}`,
    );
    expect(lines).toEqual([
      'parsed: False, calls loaded: False',
      '0',
      'True',
      'Get-CimInstance',
      '10',
      'parsed: False, calls loaded: True',
      '1',
    ]);
  });

  it('gives the same functions and aliases where PowerShell has no block that is parsed later', async () => {
    const other = changed('at-once', "'CreateDelayParsedScriptBlock'", "'NoSuchMaker'");
    const script = `${STATE}${SYNTAX}; (Get-Module ${NAME}).ExportedAliases.Keys -join ' '; Get-State (Get-Module ${NAME}); (Get-DhcpServerv4Scope -CimSession dhcpserver.contoso.com).Count`;
    const usual = await run(MANIFEST, script);
    expect(usual.join('\n').length).toBeGreaterThan(20_000);
    const atOnce = await run(other, script);
    expect(atOnce).toEqual(usual);
    // That it was another road.
    expect(await run(other, `${STATE}Get-State (Get-Module ${NAME})`)).toEqual(['parsed: True, calls loaded: False']);
  });

  // Plain sessions are texts until they are opened, and of no assembly.
  if (isPlain(form)) return;

  it('makes sessions of texts before any call, in every runspace', async () => {
    const script = `
function Test-Own { param([Microsoft.Management.Infrastructure.CimSession[]]$Session) $Session.ComputerName -join ',' }
Test-Own dhcp1; Test-Own dhcp1, 'O''Brien'; "$((Get-Module ${NAME}).Invoke({ $script:IsLoaded }))"
foreach ($round in 1..3) {
    $shell = [powershell]::Create()
    $null = $shell.AddScript("Import-Module '${MANIFEST}'; ([Microsoft.Management.Infrastructure.CimSession]'dhcp$round').ComputerName")
    $shell.Invoke()
    $shell.Runspace.Dispose()
}
Test-Own last; $session = [Microsoft.Management.Infrastructure.CimSession]'x'; $session.Close(); $session.Dispose(); $session.GetType().Name; "$session"`;
    expect(await run(MANIFEST, script)).toEqual([
      'dhcp1',
      "dhcp1,O'Brien",
      'False',
      'dhcp1',
      'dhcp2',
      'dhcp3',
      'last',
      'CimSession',
      'CimSession: x',
    ]);
  });

  it('takes no type of an assembly that is another one than was tried', async () => {
    const id =
      /'([0-9a-f]{8}-[0-9a-f-]{27})'/.exec(readFileSync(join(MODULES, NAME, `${NAME}.psm1`), 'utf8'))?.[1] ?? '';
    const other = changed('other-assembly', id, '00000000-0000-0000-0000-000000000000');
    const script = `(Get-Command Get-DhcpServerv4Scope).Parameters['CimSession'].ParameterType.Name
$session = New-CimSession dhcpserver.contoso.com; $scope = (Get-DhcpServerv4Scope -CimSession $session)[0]
"$($session.GetType().Name) $($session.psobject.TypeNames[0]) $($scope.GetType().Name) $($scope.Name) $((Get-DhcpServerv4Scope -CimSession dhcpserver.contoso.com).Count)"`;
    expect(await run(other, script)).toEqual([
      'PSObject[]',
      'PSCustomObject Microsoft.Management.Infrastructure.CimSession PSCustomObject SFO clients 2',
    ]);
  });
});
