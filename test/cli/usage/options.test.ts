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
    [['--use-ssl', '--skip-cncheck'], '--skip-cn-check'],
    [['--use-ssl', '--key', 'f'], '--cert'],
    [['--connect-to', 'a:b:c'], 'brackets'],
    [['--connect-to', '::1:5985:a:1'], 'brackets'],
    [['--connect-to', 'a:99999:b:1'], '65535'],
    [['--json=yes'], 'alone'],
    [['--delegate=never'], 'alone'],
    [['--user', 'a', '--password-env', 'X', '--password-stdin'], 'one of them'],
    [['--profile', 'a', '--no-profile'], 'one of them'],
    [['--proxy', 'proxy'], 'http://HOST:PORT'],
    [['--proxy', 'https://proxy:1'], 'http://HOST:PORT'],
    [['--proxy', 'http://u:hunter2@proxy:1'], '--proxy-password-env'],
    [['--proxy-password-env', 'V'], '--proxy http'],
  ])('%j is refused and the remedy named', (argv, remedy) => {
    const attempt = () => parseOptions(argv);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining(remedy) }));
  });

  it('name a proxy, with the user that it is told', () => {
    expect(parseOptions(['--proxy', 'http://me@[fe80::1]:3128/']).proxy).toEqual({
      host: 'fe80::1',
      port: 3128,
      credential: { userName: 'me' },
    });
    expect(() => parseOptions(['--proxy', 'http://u:hunter2@proxy:1'])).not.toThrow(/hunter2/);
  });

  it('never repeats a password that was put on the command line', () => {
    expect(() => parseOptions(['--password=hunter2'])).not.toThrow(/hunter2/);
    expect(() => parseOptions(['--password=hunter2'])).toThrow(UsageError);
  });
});
