import { describe, expect, it } from '@jest/globals';
import type { CimSessionOptions } from '../../../lib/cim/session/session-options.js';
import { typedValue } from '../../../lib/cli/values/typed-value.js';
import { convertToJson, jsonLine } from '../../../lib/cli/views/json.js';
import { getDhcpServerv6Statistics } from '../../../lib/dhcp-server/index.js';
import { createLab } from '../../../lib/emulator/index.js';
import { runCommand } from '../command-harness.js';

const LARGEST = 18_446_744_073_709_551_615n;

describe('an integer of 64 bits', () => {
  it.each([
    ['[uint64]5', '"5"'],
    ['[long]5', '"5"'],
    ['[uint64]18446744073709551615', '"18446744073709551615"'],
    // The smallest type that a number of the line fits into.
    ['5000000000', '"5000000000"'],
    ['5', '5'],
    ['[uint32]4294967295', '4294967295'],
    ['@{ a = [uint64]5; b = 5 }', '{"a":"5","b":5}'],
    // It was a number of JSON.
    ['\'{"a":5}\' | ConvertFrom-Json', '{"a":5}'],
  ])('%s is %s with --json, by its type', async (line, json) => {
    expect((await runCommand(['--emulator', '--json', line])).stdout.trimEnd()).toBe(json);
  });

  // Printed by PowerShell 7.6 for these lines.
  it.each([
    ['[uint64]18446744073709551615 | ConvertTo-Json', '18446744073709551615'],
    ['[long]5 | ConvertTo-Json', '5'],
    ['@{ a = [uint64]18446744073709551615 } | ConvertTo-Json -Compress', '{"a":18446744073709551615}'],
    // A decimal, which has a fraction in .NET's JSON, and a number that JSON gave.
    ['99999999999999999999 | ConvertTo-Json', '99999999999999999999.0'],
    ["'99999999999999999999' | ConvertFrom-Json | ConvertTo-Json", '99999999999999999999'],
    ["'9007199254740993' | ConvertFrom-Json", '9007199254740993'],
    ['\'{"a":[-9223372036854775809]}\' | ConvertFrom-Json | ConvertTo-Json -Compress', '{"a":[-9223372036854775809]}'],
  ])('%s is %s, as in PowerShell', async (line, json) => {
    expect((await runCommand(['--emulator', line])).stdout.trimEnd()).toBe(json);
  });

  it('has all digits beside texts that look like it, within arrays, and on several lines', () => {
    const value = typedValue({ a: [LARGEST, -9_223_372_036_854_775_808n, 7n], b: `"${LARGEST}` });
    const text = convertToJson([value], { compress: false, asArray: false });
    expect(text.split('\n').map((line) => line.trim())).toEqual([
      '{',
      '"a": [',
      '18446744073709551615,',
      '-9223372036854775808,',
      '7',
      '],',
      '"b": "\\"18446744073709551615"',
      '}',
    ]);
  });
});

it('a real that JSON has no number for is written as by the library', () => {
  expect(jsonLine(typedValue({ a: Number.POSITIVE_INFINITY, b: Number.NEGATIVE_INFINITY, c: Number.NaN }))).toBe(
    '{"a":"INF","b":"-INF","c":"NaN"}',
  );
  // PowerShell 7.6's spelling.
  const options = { compress: true, asArray: false };
  expect(convertToJson([typedValue(Number.NEGATIVE_INFINITY)], options)).toBe('"-Infinity"');
});

it('an instance is the same in a line of JSON as in the JSON of the library', async () => {
  const lab = createLab();
  const sessionOptions: CimSessionOptions = { transport: ({ computerName }) => lab.transport(computerName) };
  const [found] = await getDhcpServerv6Statistics({ ComputerName: 'dhcpserver.contoso.com' }, { sessionOptions });
  lab.close();
  const line = 'Get-DhcpServerv6Statistics -ComputerName dhcpserver.contoso.com';
  const printed = JSON.parse((await runCommand(['--emulator', '--json', line])).stdout) as Record<string, unknown>;
  expect(printed['TotalAddresses']).toEqual(expect.stringMatching(/^\d+$/));
  const { ServerStartTime: _, ...rest } = JSON.parse(JSON.stringify(found)) as Record<string, unknown>;
  expect(printed).toMatchObject(rest);
});
