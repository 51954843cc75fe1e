import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithPowerShell, MANIFEST, runPowerShell, title } from './powershell-program.js';

/** Pester's manifest: a package of NuGet, which `.ci/run` restores. */
const PESTER = process.env['CIMLET_PESTER'] ?? '';
const ADVICE = PESTER === '' ? ' (CIMLET_PESTER names no Pester.psd1)' : '';

interface PesterResult {
  readonly name: string;
  readonly result: string;
  readonly error: string;
}

describeWithPowerShell(title('Pester'), () => {
  it.each([
    ['Microsoft’s types', {}],
    ['plain objects', { CIMLET_OBJECTS: 'plain' }],
  ])(`passes each of its tests, with %s${ADVICE}`, async (_, env: Readonly<Record<string, string>>) => {
    if (PESTER === '') return;
    expect(existsSync(PESTER)).toBe(true);
    const file = resolve('test/powershell-module/DhcpServer.Tests.ps1');
    const script = `Import-Module '${PESTER}'
$run = Invoke-Pester -Path '${file}' -PassThru -Output None
foreach ($test in $run.Tests) { @{ name = $test.ExpandedPath; result = $test.Result; error = "$($test.ErrorRecord)" } | ConvertTo-Json -Compress }`;
    const { stdout } = await runPowerShell(['-NonInteractive', '-Command', script], {
      ...env,
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
