import { describe, expect, it } from '@jest/globals';
import { connectionTarget, parseConnectToRule } from '../../lib/client/connect-to-rules.js';

describe('a rule of connections', () => {
  it.each([
    [
      'dhcpserver.contoso.com:5985:127.0.0.1:15985',
      { host: 'dhcpserver.contoso.com', port: 5985, toHost: '127.0.0.1', toPort: 15985 },
    ],
    ['DHCP:5986:[::1]:443', { host: 'dhcp', port: 5986, toHost: '::1', toPort: 443 }],
    ['[fe80::1%eth0]:5985:a:1', { host: 'fe80::1%eth0', port: 5985, toHost: 'a', toPort: 1 }],
    ['::127.0.0.1:1', { host: '', port: undefined, toHost: '127.0.0.1', toPort: 1 }],
    ['a:5985::1', { host: 'a', port: 5985, toHost: '', toPort: 1 }],
  ])('%s', (text, expected) => {
    expect(parseConnectToRule(text)).toEqual(expected);
  });

  it.each(['a:b:c', '::1:5985:a:1', 'a:0:b:1', 'a:1:b:65536', ''])('is not %j', (text) => {
    expect(parseConnectToRule(text)).toEqual(expect.any(String));
  });

  it('keeps the host or the port that it leaves out', () => {
    const rules = ['a:5985::1', ':5986:b:'].map(parseConnectToRule).filter((rule) => typeof rule !== 'string');
    expect(connectionTarget(rules, 'A', 5985)).toEqual({ host: 'a', port: 1 });
    expect(connectionTarget(rules, '[::1]', 5986)).toEqual({ host: 'b', port: 5986 });
    expect(connectionTarget(rules, 'c', 5985)).toBeUndefined();
  });
});
