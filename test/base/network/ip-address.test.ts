import { describe, expect, it } from '@jest/globals';
import { formatIpv4, isIpv4, isIpv6, parseIpv4 } from '../../../lib/base/network/ip-address.js';

describe('IPv4 addresses', () => {
  it.each([
    ['0.0.0.0', 0],
    ['10.10.10.1', 0x0a0a0a01],
    ['192.0.2.235', 0xc00002eb],
    ['255.255.255.255', 0xffffffff],
  ])('%s is a number, and the number is it', (text, value) => {
    expect([isIpv4(text), parseIpv4(text), formatIpv4(value)]).toEqual([true, value, text]);
  });

  // What .NET, or a C library, takes for another address or for the same.
  it.each([
    '',
    '10.10.10',
    '10.10.10.',
    '10.10.10.10.10',
    '010.1.1.1',
    '0x0a.1.1.1',
    '256.1.1.1',
    '1.1.1.1 ',
    '1.1.1.1/24',
    '::1',
    '１.1.1.1',
  ])('%j is not one', (text) => {
    expect([isIpv4(text), parseIpv4(text)]).toEqual([false, undefined]);
  });
});

describe('IPv6 addresses', () => {
  // Of RFC 4291 2.2 and 2.3, and RFC 4007 11.
  it.each([
    'ABCD:EF01:2345:6789:ABCD:EF01:2345:6789',
    '2001:DB8:0:0:8:800:200C:417A',
    'FF01::101',
    '::1',
    '::',
    '0:0:0:0:0:0:13.1.68.3',
    '::FFFF:129.144.52.38',
    'fe80::1234%1',
  ])('%s is one', (text) => {
    expect([isIpv6(text), isIpv4(text)]).toEqual([true, false]);
  });

  it.each(['', ':', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', '::1.2.3', '[::1]', '::g'])(
    '%j is not one',
    (text) => {
      expect(isIpv6(text)).toBe(false);
    },
  );
});
