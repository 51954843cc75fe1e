import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';
import { given } from './run-stage.js';

// All expected values are those that PowerShell 7.6 gave for the same lines.
describe('ConvertFrom-Json', () => {
  it('makes objects, arrays, numbers, texts, Booleans and null', async () => {
    const json = '{"a":1,"b":1.5,"c":null,"d":true,"e":[1,"x"],"f":{"g":"h"}}';
    expect(await given(`'${json}' | ConvertFrom-Json`)).toEqual([json]);
    expect(await given(`('${json}' | ConvertFrom-Json).f.g`)).toEqual(['"h"']);
  });

  it('gives the elements of an array one by one', async () => {
    expect(await given("'[1, 2]' | ConvertFrom-Json")).toEqual(['1', '2']);
    expect(await given("('[1, 2]' | ConvertFrom-Json).Count")).toEqual(['2']);
  });

  it('refuses what is not JSON, with the remedy', async () => {
    const { code, stderr } = await runCommand(['--emulator', "'x' | ConvertFrom-Json"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('not JSON')]);
  });
});
