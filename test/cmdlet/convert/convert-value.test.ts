import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { CimDateTime } from '../../../lib/cim/value/cim-date-time.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import { ParameterBindingError } from '../../../lib/cmdlet/contract/binding-error.js';
import { convertValue } from '../../../lib/cmdlet/convert/convert-value.js';
import type { CmdletParameter, PowerShellType } from '../../../lib/schema/definition/cmdlet-definition.js';
import fc from '../../fast-check.js';
import { parameter } from '../definitions.js';
import { thrownBy } from '../thrown-by.js';

const convert = (type: PowerShellType, value: unknown, more: Partial<CmdletParameter> = {}) =>
  convertValue({ name: 'Test-Thing' }, parameter('Thing', type, more), value, false);

function refusal(type: PowerShellType, value: unknown, more: Partial<CmdletParameter> = {}): ParameterBindingError {
  const error = thrownBy(() => convert(type, value, more));
  expect(error).toBeInstanceOf(ParameterBindingError);
  expect(error.message.startsWith('Thing: ')).toBe(true);
  return error as ParameterBindingError;
}

describe('conversions that PowerShell makes too', () => {
  it.each<[PowerShellType, unknown, unknown]>([
    ['String', 'a', 'a'],
    ['String', 42, '42'],
    ['String', true, 'True'],
    ['Boolean', true, true],
    ['Boolean', 0, false],
    ['Boolean', 1n, true],
    ['SwitchParameter', false, false],
    ['Byte', 255, 255],
    ['UInt16', '65535', 65535],
    ['UInt32', '70', 70],
    ['UInt32', ' 70 ', 70],
    ['UInt32', '+70', 70],
    ['UInt32', '0x46', 70],
    ['UInt32', 70n, 70],
    ['UInt32', 4294967295, 4294967295],
    ['Int32', '-5', -5],
    ['UInt64', '18446744073709551615', 18446744073709551615n],
    ['Int64', -9223372036854775808n, -9223372036854775808n],
    ['Double', '1.5e3', 1500],
    ['Char', 'ü', 'ü'],
    ['Guid', '01234567-89ab-cdef-0123-456789abcdef', '01234567-89ab-cdef-0123-456789abcdef'],
    ['Version', '2.0.0.0', '2.0.0.0'],
    ['PhysicalAddress', '00-11-22-AA-BB-CC', '00-11-22-AA-BB-CC'],
  ])('%s from %p', (type, value, expected) => {
    expect(convert(type, value)).toBe(expected);
  });

  it('TimeSpan from text, parts or a TimeSpan', () => {
    expect(String(convert('TimeSpan', '2:00:00'))).toBe('02:00:00');
    expect(['0', '-0', '00'].map((zero) => String(convert('TimeSpan', zero)))).toEqual([
      '00:00:00',
      '00:00:00',
      '00:00:00',
    ]);
    expect(String(convert('TimeSpan', { hours: 26 }))).toBe('1.02:00:00');
    expect(convert('TimeSpan', TimeSpan.from('0:01:00'))).toBeInstanceOf(TimeSpan);
  });

  it('DateTime from a Date or ISO text', () => {
    expect((convert('DateTime', new Date(0)) as CimDateTime).toCim()).toBe('19700101000000.000000+000');
    expect(convert('DateTime', '2026-11-24T08:00:00Z')).toBeInstanceOf(CimDateTime);
  });

  it('a scalar to an array of one, element by element otherwise', () => {
    expect(convert('UInt32', '7', { isArray: true })).toEqual([7]);
    expect(convert('String', ['a', 1], { isArray: true })).toEqual(['a', '1']);
  });

  it('a credential to user:password with the name escaped', () => {
    const secret = convert('PSCredential', { userName: 'CONTOSO\\a:b', password: 'p:w' });
    expect((secret as Secret).reveal()).toBe('CONTOSO\\\\a\\:b:p:w');
  });

  it('an enumeration from its names or numbers', () => {
    const enumeration = { flags: false, values: { Off: 0, On: 2 } };
    expect(convert('Byte', 'ON', { enumeration })).toBe(2);
    expect(convert('Byte', 2, { enumeration })).toBe(2);
    expect(refusal('Byte', 'on, off', { enumeration }).message).toContain('Off, On');
    expect(convert('Byte', 'a, c', { enumeration: { flags: true, values: { A: 1, B: 2, C: 4 } } })).toBe(5);
  });
});

describe('values that are refused', () => {
  it.each<[PowerShellType, unknown]>([
    ['String', {}],
    ['String', ['a']],
    ['Boolean', 'true'],
    ['Boolean', '$true'],
    ['Boolean', Number.NaN],
    ['SwitchParameter', 'x'],
    ['Byte', 256],
    ['UInt32', -1],
    ['UInt32', 4294967296],
    ['UInt32', 1.5],
    ['UInt32', '1.5'],
    ['UInt32', ''],
    ['UInt32', 'seventy'],
    ['UInt32', true],
    ['UInt32', '9'.repeat(10_000)],
    ['Int32', 2147483648],
    ['Double', 'x'],
    ['Char', 'ab'],
    ['TimeSpan', 'garbage'],
    ['TimeSpan', '24:00:00'],
    ['TimeSpan', '60'],
    ['TimeSpan', 7200],
    ['TimeSpan', {}],
    ['DateTime', 'yesterday'],
    ['DateTime', 5],
    ['PSCredential', 'admin'],
    ['CimInstance', {}],
    ['Guid', 'x'],
    ['MailAddress', 'x'],
  ])('%s from %p', (type, value) => {
    const error = refusal(type, value);
    expect(error.fullyQualifiedErrorId).toBe('ParameterArgumentTransformationError,Test-Thing');
    expect(error.hint).toMatch(/\.$/);
  });

  it('names the value', () => {
    expect(refusal('UInt32', 'seventy').message).toBe(
      'Thing: "seventy" cannot be converted to a whole number. Give a whole number from 0 to 4294967295.',
    );
  });
});

describe('addresses', () => {
  it.each(['10.10.10.0', '0.0.0.0', '255.255.255.255'])('takes %s', (text) => {
    expect(convert('IPAddress', text, { ipv4Only: true })).toBe(text);
  });

  it.each([
    ['10.10.10', 'four octets; .NET would read this as 10.10.0.10'],
    ['10', '.NET would read this as 0.0.0.10'],
    ['10.10', '10.0.0.10'],
    ['10.10.10.256', '0 to 255'],
    ['010.10.10.0', 'without leading zeros'],
    ['10.10.10.0/24', 'prefix length'],
    ['fe80::1', 'IPv4 addresses only'],
    ['scope', 'such as 10.10.10.0'],
    ['', 'such as 10.10.10.0'],
    ['0x0a.0.0.1', 'such as 10.10.10.0'],
    ['10.10.10.0.0', 'such as 10.10.10.0'],
  ])('refuses %p', (text, reason) => {
    const error = refusal('IPAddress', [text], { ipv4Only: true, isArray: true });
    expect(error.errorId).toBe('ParameterArgumentTransformationError');
    expect(error.message).toContain(reason);
  });

  // What [ipaddress] of PowerShell 7.6 makes of them.
  it.each([
    ['::', '::'],
    ['::1', '::1'],
    ['fe80::1%3', 'fe80::1%3'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8::1:2:3:4'],
    ['2001:DB8::0:5', '2001:db8::5'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['1::8', '1::8'],
  ])('takes %s where IPv6 is allowed, and writes it as %s', (text, written) => {
    expect(convert('IPAddress', text)).toBe(written);
  });

  it.each([
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'g::',
    '::10.0.0',
    '1:2:3:4:5:6:7::8:9',
  ])('refuses %s', (text) => {
    refusal('IPAddress', text);
  });

  it('agrees with a list of octets', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 6 }), (octets) => {
        const isAddress = octets.length === 4 && octets.every((octet) => octet <= 255);
        const run = () => convert('IPAddress', octets.join('.'), { ipv4Only: true });
        if (isAddress) expect(run()).toBe(octets.join('.'));
        else expect(run).toThrow(ParameterBindingError);
      }),
    );
  });
});

describe('validation', () => {
  it('a set gives the declared spelling', () => {
    const validateSet = ['LoadBalance', 'HotStandby'];
    expect(convert('String', 'hotstandby', { validateSet })).toBe('HotStandby');
    const error = refusal('String', 'Both', { validateSet });
    expect(error.fullyQualifiedErrorId).toBe('ParameterArgumentValidationError,Test-Thing');
    expect(error.message).toContain('LoadBalance, HotStandby');
  });

  it.each<[PowerShellType, unknown, Partial<CmdletParameter>, string]>([
    ['UInt32', 101, { validateRange: { min: 0, max: 100 } }, 'from 0 to 100'],
    ['UInt64', 101n, { validateRange: { min: 0, max: 100 } }, 'from 0 to 100'],
    ['String', 'x'.repeat(127), { validateLength: { min: 1, max: 126 } }, '1 to 126'],
    ['String', ['a', 'b'], { isArray: true, validateCount: { min: 1, max: 1 } }, '1 to 1 values'],
    ['TimeSpan', '0:00:00', { seconds: { min: 1, max: 100 } }, 'at least 00:00:01'],
    ['TimeSpan', '-0:00:01', { seconds: { min: 1, max: 100 } }, 'at least 00:00:01'],
    ['TimeSpan', '0:01:41', { seconds: { min: 1, max: 100 } }, 'at most 00:01:40'],
    ['TimeSpan', '0:00:01.5', { seconds: { min: 1, max: 100 } }, 'whole seconds'],
  ])('%s %p', (type, value, more, remedy) => {
    const error = refusal(type, value, more);
    expect(error.errorId).toBe('ParameterArgumentValidationError');
    expect(error.message).toContain(remedy);
  });

  it('takes the ends of a range', () => {
    const validateRange = { min: 0, max: 100 };
    expect([0, 100].map((value) => convert('UInt32', value, { validateRange }))).toEqual([0, 100]);
    const seconds = { min: 1, max: 100 };
    expect(['0:00:01', '0:01:40'].map((value) => String(convert('TimeSpan', value, { seconds })))).toEqual([
      '00:00:01',
      '00:01:40',
    ]);
  });

  it('counts a secret’s characters without showing them', () => {
    const error = refusal('String', new Secret('top-secret-value'), {
      secret: true,
      validateLength: { min: 1, max: 3 },
    });
    expect(inspect(error)).not.toContain('top-secret');
    expect(error.message).toContain('16 characters');
  });
});

it('never throws anything but a binding error, and never shows a secret', () => {
  const types: PowerShellType[] = [
    'String',
    'Boolean',
    'UInt32',
    'Int64',
    'Double',
    'IPAddress',
    'TimeSpan',
    'DateTime',
    'PSCredential',
    'Guid',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.anything(), fc.boolean(), (type, value, isArray) => {
      try {
        convert(type, value, { isArray, secret: true });
      } catch (error) {
        expect(error).toBeInstanceOf(ParameterBindingError);
        expect((error as Error).message).toContain('Thing: the given value');
      }
    }),
  );
});

it('a number that has lost its last digits is asked for as a bigint', () => {
  expect(refusal('UInt64', 2 ** 53).message).toContain('Give it as a bigint, such as 9007199254740992n.');
  expect(refusal('Int64', -(2 ** 60)).message).toContain('-1152921504606846976n');
  expect(convert('UInt64', 2 ** 53 - 1)).toBe(9007199254740991n);
});
