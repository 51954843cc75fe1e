import { describe, expect, it } from '@jest/globals';
import { serviceHost, wireHost } from '../../../lib/base/network/host-name.js';

describe('a host on the wire', () => {
  it.each([
    // RFC 3492 7.1 (I) in lower case, and RFC 5891's form of today's registries.
    ['почемужеонинеговорятпорусски', 'xn--b1abfaaepdrnnbgefbadotcwatmq2g4l'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.Example', 'xn--bcher-kva.example'],
    // Non-transitional processing (UTS #46): sharp s stays.
    ['faß.example', 'xn--fa-hia.example'],
    // The other full stops (RFC 3490 3.1).
    ['bücher。example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    // What is ASCII stays as it was given.
    ['DHCPSERVER', 'DHCPSERVER'],
    ['dhcp_server.contoso.com', 'dhcp_server.contoso.com'],
    ['dhcpserver.contoso.com.', 'dhcpserver.contoso.com.'],
    ['localhost', 'localhost'],
    ['10.0.0.1', '10.0.0.1'],
    ['0x7f.1', '0x7f.1'],
    // RFC 6874 section 4: no ZoneID leaves.
    ['fe80::1%eth0', 'fe80::1'],
    ['FE80::1%25eth0', 'FE80::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('%s is %s', (host, wire) => {
    expect(wireHost(host)).toBe(wire);
  });

  it.each(['bü cher', 'bü%41cher', 'bü[cher', 'xn--ü'])('%s is not a host name', (host) => {
    expect(wireHost(host)).toBeUndefined();
  });
});

it.each([
  ['dhcpserver.contoso.com.', 'dhcpserver.contoso.com'],
  ['bücher.example。', 'xn--bcher-kva.example'],
  ['DHCPSERVER', 'DHCPSERVER'],
  ['fe80::1%eth0', 'fe80::1'],
  ['.', '.'],
])('the service at %s is that of %s', (host, service) => {
  expect(serviceHost(host)).toBe(service);
});
