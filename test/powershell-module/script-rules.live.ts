import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithPowerShell, MODULES, runPowerShell, title } from './powershell-program.js';

const SOURCE = resolve('powershell/source');

/** They have no -WhatIf in Windows either. */
const AS_IN_WINDOWS = /PSUseShouldProcessForStateChangingFunctions New-CimSession(?:Option)?$/;

/** Breaks every rule that is looked at. */
const BAD = `function Fetch-Things([string]$Password, [switch]$Force = $true, $Unused, $Verbose) {
    $result = 1; $global:x = 2; $input = 3  
    if ($Password -eq $null -and $Force -and $Verbose) { Write-Host 'ü' }
    try { ls; iex 'x'; Get-WmiObject y; ConvertTo-SecureString -AsPlainText z } catch { }
}
function Set-Thing { 1 }
function Get-Th*ng { 1 }
`;

async function findings(files: readonly string[]): Promise<string[]> {
  const script = resolve('test/powershell-module/script-rules.ps1');
  const list = files.map((file) => `'${file}'`).join(', ');
  const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-Command', `& '${script}' -Path ${list}`]);
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describeWithPowerShell(title('the scripts of the module'), () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rules-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('keep the rules of PSScriptAnalyzer’s default set', async () => {
    const sources = readdirSync(SOURCE).map((name) => join(SOURCE, name));
    expect(sources.length).toBeGreaterThan(10);
    const generated = join(MODULES, 'Cimlet.DhcpServer/Cimlet.DhcpServer.functions.ps1');
    const found = await findings([...sources, generated]);
    expect(found.filter((line) => !AS_IN_WINDOWS.test(line))).toEqual([]);
  });

  it('are judged by rules that find something', async () => {
    const bad = join(folder, 'bad.ps1');
    writeFileSync(bad, BAD);
    const rules = new Set((await findings([bad])).map((line) => line.split(' ')[1]));
    expect([...rules].sort()).toEqual([
      'PSAvoidAssignmentToAutomaticVariable',
      'PSAvoidDefaultValueSwitchParameter',
      'PSAvoidGlobalVars',
      'PSAvoidTrailingWhitespace',
      'PSAvoidUsingCmdletAliases',
      'PSAvoidUsingConvertToSecureStringWithPlainText',
      'PSAvoidUsingEmptyCatchBlock',
      'PSAvoidUsingInvokeExpression',
      'PSAvoidUsingPlainTextForPassword',
      'PSAvoidUsingWMICmdlet',
      'PSAvoidUsingWriteHost',
      'PSPossibleIncorrectComparisonWithNull',
      'PSReservedCmdletChar',
      'PSReservedParams',
      'PSReviewUnusedParameter',
      'PSUseApprovedVerbs',
      'PSUseBOMForUnicodeEncodedFile',
      'PSUseDeclaredVarsMoreThanAssignments',
      'PSUseShouldProcessForStateChangingFunctions',
      'PSUseSingularNouns',
    ]);
  });
});
