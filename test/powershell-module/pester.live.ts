import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeInBothForms, MANIFEST, runPowerShell } from './powershell-program.js';

/** Pester's manifest: a package of NuGet, which `.ci/run` restores. */
const PESTER = process.env['CIMLET_PESTER'] ?? '';
const ADVICE = PESTER === '' ? ' (CIMLET_PESTER names no Pester.psd1)' : '';

interface PesterResult {
  readonly name: string;
  readonly result: string;
  readonly error: string;
}

describeInBothForms('Pester', (form) => {
  it(`passes each of its tests${ADVICE}`, async () => {
    if (PESTER === '') return;
    expect(existsSync(PESTER)).toBe(true);
    const file = resolve('test/powershell-module/DhcpServer.Tests.ps1');
    const script = `Import-Module '${PESTER}'
$run = Invoke-Pester -Path '${file}' -PassThru -Output None
foreach ($test in $run.Tests) { @{ name = $test.ExpandedPath; result = $test.Result; error = "$($test.ErrorRecord)" } | ConvertTo-Json -Compress }`;
    const { stdout } = await runPowerShell(['-NonInteractive', '-Command', script], {
      ...form,
      CIMLET_MANIFEST: MANIFEST,
    });
    const results = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as PesterResult);
    expect(results.filter(({ result }) => result !== 'Passed')).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(13);
  });
});
