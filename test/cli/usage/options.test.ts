import { describe, expect, it } from '@jest/globals';
import { parseOptions } from '../../../lib/cli/usage/options.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';

describe('options', () => {
  it('stop at the first word that is not an option', () => {
    const options = parseOptions(['--json', '--emulator', 'Get-X', '--user', 'a', '-Name', 'b']);
    expect(options).toMatchObject({ json: true, emulator: true, useSsl: false, connectTo: [] });
    expect(options.user).toBeUndefined();
    expect(options.rest).toEqual(['Get-X', '--user', 'a', '-Name', 'b']);
    expect(parseOptions(['--json', '--', '-x']).rest).toEqual(['-x']);
  });

  it('take their values apart or attached', () => {
    const apart = [
      '--user',
      'CONTOSO\\a',
      '--password-env',
      'P',
      '--auth',
      'credssp',
      '--port',
      '80',
      '--ca',
      'f',
      '--use-ssl',
      '--timeout',
      '1.5',
    ];
    const attached = [
      '--user=CONTOSO\\a',
      '--password-env=P',
      '--auth=CREDSSP',
      '--port=80',
      '--ca=f',
      '--use-ssl',
      '--timeout=1.5',
    ];
    expect(parseOptions(apart)).toEqual(parseOptions(attached));
    expect(parseOptions(apart)).toMatchObject({
      user: 'CONTOSO\\a',
      passwordEnv: 'P',
      auth: 'CredSsp',
      port: 80,
      ca: 'f',
      timeoutSeconds: 1.5,
    });
  });

  it('say how Kerberos is used', () => {
    expect(parseOptions(['--delegate', '--no-ntlm', '--keytab', 'k'])).toMatchObject({
      delegate: true,
      noNtlm: true,
      keytab: 'k',
    });
    expect(() => parseOptions(['--user', 'u', '--keytab', 'k', '--password-stdin'])).toThrow(UsageError);
  });

  it.each([
    [['--delegate', 'always', 'Get-X'], 'always', ['Get-X']],
    [['--delegate=Always'], 'always', []],
    [['--delegate', 'Get-X', 'always'], true, ['Get-X', 'always']],
    [['--json'], false, []],
  ])('%j say who is handed a ticket', (argv, delegate, rest) => {
    expect(parseOptions(argv)).toMatchObject({ delegate, rest });
  });

  it('say which hosts are trusted, and let CredSSP have an authority over http', () => {
    expect(parseOptions(['--trusted-hosts', '*.contoso.com, 10.0.0.1']).trustedHosts).toEqual([
      '*.contoso.com',
      '10.0.0.1',
    ]);
    expect(parseOptions(['--auth', 'CredSsp', '--ca', 'f'])).toMatchObject({ ca: 'f', useSsl: false });
    expect(() => parseOptions(['--auth', 'CredSsp', '--ca', 'f', '--skip-ca-check'])).toThrow(/--skip-ca-check/);
  });

  it.each([
    [
      'dhcpserver.contoso.com:5985:127.0.0.1:15985',
      { host: 'dhcpserver.contoso.com', port: 5985, toHost: '127.0.0.1', toPort: 15985 },
    ],
    ['DHCP:5986:[::1]:443', { host: 'dhcp', port: 5986, toHost: '::1', toPort: 443 }],
    ['[fe80::1%eth0]:5985:a:1', { host: 'fe80::1%eth0', port: 5985, toHost: 'a', toPort: 1 }],
    ['::127.0.0.1:1', { host: '', port: undefined, toHost: '127.0.0.1', toPort: 1 }],
    ['a:5985::1', { host: 'a', port: 5985, toHost: '', toPort: 1 }],
  ])('--connect-to %s', (text, expected) => {
    expect(parseOptions(['--connect-to', text, '--connect-to', text]).connectTo).toEqual([expected, expected]);
  });

  it.each([
    [['--jsn'], '--json'],
    [['--emulater'], '--emulator'],
    [['--use-tls'], '--use-ssl'],
    [['--password', 'x'], '--password-env'],
    [['-ComputerName', 'x'], 'after the cmdlet'],
    [['--port', '0'], '65535'],
    [['--port', '5985x'], '65535'],
    [['--port'], '--port N'],
    [['--auth', 'NTML'], 'Ntlm'],
    [['--timeout', '-1'], 'above zero'],
    [['--ca', 'f'], '--use-ssl'],
    [['--skip-cn-check'], '--use-ssl'],
    [['--use-ssl', '--skip-cncheck'], '--skip-cn-check'],
    [['--use-ssl', '--key', 'f'], '--cert'],
    [['--connect-to', 'a:b:c'], 'brackets'],
    [['--connect-to', '::1:5985:a:1'], 'brackets'],
    [['--connect-to', 'a:99999:b:1'], '65535'],
    [['--json=yes'], 'alone'],
    [['--delegate=never'], 'alone'],
    [['--password-env', 'X'], '--user'],
    [['--user', 'a', '--password-env', 'X', '--password-stdin'], 'one of them'],
  ])('%j is refused and the remedy named', (argv, remedy) => {
    const attempt = () => parseOptions(argv);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining(remedy) }));
  });

  it('never repeats a password that was put on the command line', () => {
    expect(() => parseOptions(['--password=hunter2'])).not.toThrow(/hunter2/);
    expect(() => parseOptions(['--password=hunter2'])).toThrow(UsageError);
  });
});
