import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

// Recorded from PowerShell 7.6: id and sentence.
describe('a cmdlet at the head of a line that has nothing to give', () => {
  it.each([
    ['Write-Output', 'WriteOutput'],
    ['echo', 'WriteOutput'],
    ['ConvertFrom-Json', 'ConvertFromJson'],
    ['ConvertFrom-Csv -Header a', 'ConvertFromCsv'],
  ])('is refused: %s', async (line, command) => {
    const { code, stdout, stderr } = await runCommand(['--emulator', line]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'Cannot process command because of one or more missing mandatory parameters: InputObject.',
    );
    expect(stderr).toContain(`MissingMandatoryParameter,Microsoft.PowerShell.Commands.${command}Command`);
  });

  it.each([['Write-Output -InputObject $null'], ["Write-Output ''"], ['$null | Write-Output']])(
    'is none that is given nothing by name or by the pipeline: %s',
    async (line) => {
      expect(await runCommand(['--emulator', line])).toMatchObject({ code: 0, stderr: '' });
    },
  );
});
