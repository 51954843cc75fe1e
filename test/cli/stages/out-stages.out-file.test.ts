import { describe, expect, it } from '@jest/globals';
import { written } from './run-stage.js';

// All expected values are those that PowerShell 7.6 gave for the same lines.
describe('Out-File', () => {
  it('writes each text as a line, over what is there or behind it', async () => {
    expect(await written("'a', 'b' | Out-File FILE")).toBe('a\nb\n');
    expect(await written("'a', 'b' | Out-File FILE", "'c' | Out-File FILE -Append")).toBe('a\nb\nc\n');
    expect(await written("'a', 'b' | Out-File FILE", "'c' > FILE", "'d' >> FILE")).toBe('c\nd\n');
  });

  it('writes objects as the command shows them', async () => {
    const text = await written("[pscustomobject]@{ Name = 'x'; Size = 5 } | Out-File FILE -Width 30");
    expect(text.trim()).toBe('Name Size\n---- ----\nx       5');
  });

  it('leaves a file alone with -NoClobber', async () => {
    await expect(written("'a' | Out-File FILE", "'b' | Out-File FILE -NoClobber")).rejects.toThrow('EEXIST');
  });
});
