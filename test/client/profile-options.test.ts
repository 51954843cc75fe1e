import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../lib/base/secret.js';
import { createClient } from '../../lib/client/create-client.js';
import type { Environment } from '../../lib/client/profile-environment.js';
import { type ProfileOptions, profileOptions } from '../../lib/client/profile-options.js';
import { type Emulator, startEmulator } from '../../lib/emulator/emulator.js';

const PASSWORD = 'Pw-QZX81-secret';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cimlet-profile-'));
  mkdirSync(join(home, '.config/cimlet'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true }));

const file = () => join(home, '.config/cimlet/profiles.json');

function write(path: string, text: string, mode = 0o600): string {
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

/** The options of a profile `branch`, and of these variables. */
function options(profile: object | undefined, variables: Environment = {}, name?: string): ProfileOptions {
  if (profile !== undefined) write(file(), JSON.stringify({ branch: profile, default: { port: 1 } }));
  const environment = { HOME: home, ...variables };
  return profileOptions({ environment, ...(name === undefined ? {} : { profile: name }) });
}

const passwordOf = ({ credential }: ProfileOptions): string | undefined => {
  const password = typeof credential === 'object' ? credential.password : undefined;
  return password instanceof Secret ? password.reveal() : password;
};

describe('a profile of the file', () => {
  it('gives the options of sessions and the computers, its files read from its own folder', () => {
    write(join(home, '.config/cimlet/ca.pem'), 'the authority');
    write(join(home, 'secret'), `${PASSWORD}\nmore`);
    const branch = options(
      {
        computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'],
        credential: { userName: 'CONTOSO\\dhcpadmin', passwordFile: '~/secret' },
        authentication: 'credssp',
        useSsl: true,
        tls: { ca: 'ca.pem' },
        kerberos: { delegate: 'always', keytab: 'k' },
        proxy: { host: 'proxy', port: 3128 },
        operationTimeoutMs: 5000,
        maxConnections: 2,
      },
      { CIMLET_PROFILE: 'branch' },
    );
    expect(branch).toMatchObject({
      computers: ['dhcp1.contoso.com', 'dhcp2.contoso.com'],
      authentication: 'CredSsp',
      useSsl: true,
      tls: { ca: 'the authority' },
      // A password goes before a key.
      kerberos: { delegate: 'always' },
      proxy: { host: 'proxy', port: 3128 },
      operationTimeoutMs: 5000,
      maxConnections: 2,
    });
    expect(branch.kerberos).not.toHaveProperty('keytab');
    expect(passwordOf(branch)).toBe(PASSWORD);
  });

  it('is the one that is named, else the one of CIMLET_PROFILE, else default, else none', () => {
    expect(options({ port: 2 }, {}, 'branch').port).toBe(2);
    expect(options({ port: 2 }, { CIMLET_PROFILE: 'branch' }).port).toBe(2);
    expect(options({ port: 2 }).port).toBe(1);
    rmSync(file());
    expect(options(undefined)).toEqual({ useSsl: false });
    expect(() => options(undefined, {}, 'branch')).toThrow(/"branch" cannot be read: there is no file/);
    expect(() => options({ port: 2 }, {}, 'brunch')).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', hint: 'Did you mean branch?' }),
    );
  });

  it.each(['XDG_CONFIG_HOME', 'CIMLET_PROFILE_FILE'])('is found by %s', (name) => {
    const folder = join(home, 'elsewhere/cimlet');
    mkdirSync(folder, { recursive: true });
    const path = write(join(folder, 'profiles.json'), '\uFEFF{ "default": { "port": 7 } }');
    expect(options({ port: 2 }, { [name]: name === 'XDG_CONFIG_HOME' ? join(home, 'elsewhere') : path }).port).toBe(7);
  });

  it('means https by tls, as among the options of a session', () => {
    write(join(home, '.config/cimlet/ca.pem'), 'x');
    expect(options({ tls: { ca: 'ca.pem' } }, {}, 'branch').useSsl).toBe(true);
    expect(() => options({ tls: { ca: 'ca.pem' }, useSsl: false }, {}, 'branch')).toThrow(/tls.ca has no meaning/);
  });

  it('sends each computer where its first fitting rule says', () => {
    const { connectTo } = options({ connectTo: ['b:5985:127.0.0.1:9', ':5985:10.0.0.1:8'] }, {}, 'branch');
    const of = (computerName: string) =>
      typeof connectTo === 'function' ? connectTo({ computerName, secure: false }) : undefined;
    expect([of('B'), of('c')]).toEqual([
      { host: '127.0.0.1', port: 9 },
      { host: '10.0.0.1', port: 8 },
    ]);
  });

  it.each([
    [{ useSSL: true }, /The profile "branch" of .*profiles.json: options: "useSSL" is not valid. Write useSsl/],
    [{ kerberos: { delegat: true } }, /Write kerberos.delegate/],
    [{ tls: { cafile: 'x' } }, /tls.cafile/],
    [{ lookup: 'x' }, /"lookup" is not valid/],
    [{ allowUnencrypted: 'false' }, /allowUnencrypted: "false" is not valid. Give true or false/],
    [{ authentication: 'NTML' }, /Give one of Default, Basic/],
    [{ port: 0 }, /1 to 65535/],
    [{ connectTo: 'a:b' }, /is not HOST:PORT:ADDRESS:PORT/],
    [{ computers: [] }, /computers/],
    [{ credential: { userName: 'u', passwordEnv: 'NOT_SET' } }, /NOT_SET is not set/],
    [{ credential: { userName: 'u', passwordFile: 'nothing' } }, /cannot be read \(ENOENT\)/],
    [{ tls: { ca: 'nothing' }, useSsl: true }, /tls.ca: .*nothing" cannot be read/],
    [[], /is not an object/],
  ])('%j is refused', (profile, message) => {
    expect(() => options(profile, {}, 'branch')).toThrow(message);
    expect(() => options(profile, {}, 'branch')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT' }));
  });

  it.each([
    [{ credential: { userName: 'u', password: PASSWORD } }],
    [{ credential: { userName: 'u', password: '123456' } }],
    [{ proxy: { host: 'h', port: 1, credential: { userName: 'u', password: PASSWORD } } }],
  ])('holds no password: %j', (profile) => {
    const attempt = () => options(profile, {}, 'branch');
    expect(attempt).toThrow(/credential.password: a password does not stand in a profile/);
    expect(attempt).not.toThrow(/Pw-QZX81|123456/);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining('passwordFile') }));
  });

  it('tells nothing of a file that is no JSON', () => {
    write(file(), `{ "branch": ${PASSWORD} }`);
    const attempt = () => options(undefined, {}, 'branch');
    expect(attempt).toThrow(/is not a JSON object/);
    expect(attempt).not.toThrow(/QZX81/);
  });
});

describe('what others can do with a file', () => {
  it.each([
    [0o600, true],
    [0o644, true],
    [0o664, false],
    [0o602, false],
  ])('of profiles, of mode %o: taken is %s', (mode, isTaken) => {
    write(file(), '{ "branch": { "port": 3 } }', mode);
    const attempt = () => options(undefined, {}, 'branch').port;
    if (isTaken) expect(attempt()).toBe(3);
    else expect(attempt).toThrow(/can be changed by others/);
  });

  it.each([
    [0o600, true],
    [0o440, true],
    [0o644, false],
    [0o660, false],
  ])('of a password, of mode %o: taken is %s', (mode, isTaken) => {
    const path = write(join(home, 'pw'), PASSWORD, mode);
    const attempt = () => passwordOf(options({}, { CIMLET_USER: 'u', CIMLET_PASSWORD_FILE: path }, 'branch'));
    if (isTaken) expect(attempt()).toBe(PASSWORD);
    else expect(attempt).toThrow(/can be read by others/);
  });
});

describe('the environment', () => {
  it('goes before the profile, an empty variable apart', () => {
    const profile = { port: 2, authentication: 'Ntlm', kerberos: { spnHost: 'a', spnService: 'b' } };
    const environment = { CIMLET_AUTH: 'kerberos', CIMLET_PORT: '', CIMLET_SPN_HOST: 'c' };
    expect(options(profile, environment, 'branch')).toMatchObject({
      port: 2,
      authentication: 'Kerberos',
      kerberos: { spnHost: 'c', spnService: 'b' },
    });
  });

  it('reads each variable as the option of its name', () => {
    const ca = write(join(home, 'ca'), 'CA');
    const environment = {
      CIMLET_COMPUTERS: 'a, b',
      CIMLET_USER: 'u',
      CIMLET_DELEGATE: 'always',
      CIMLET_TICKET_CACHE: 'FILE:/x',
      CIMLET_SPN_SERVICE: 'WSMAN',
      CIMLET_NO_NTLM: '1',
      CIMLET_CREDSSP_NTLM_ONLY: 'true',
      CIMLET_TRUSTED_HOSTS: '*.contoso.com,10.0.0.1',
      CIMLET_USE_SSL: 'yes',
      CIMLET_CA: ca,
      CIMLET_PIN: 'ab',
      CIMLET_SKIP_CN_CHECK: 'on',
      CIMLET_SKIP_CA_CHECK: 'off',
      CIMLET_ALLOW_UNENCRYPTED: 'false',
      CIMLET_PROXY: `http://me:${encodeURIComponent(`${PASSWORD}@`)}@[::1]:3128`,
      CIMLET_TIMEOUT: '1.5',
    };
    const read = options(undefined, environment);
    expect(read).toMatchObject({
      computers: ['a', 'b'],
      credential: { userName: 'u' },
      kerberos: { delegate: 'always', ticketCache: 'FILE:/x', spnService: 'WSMAN' },
      allowNtlm: false,
      credSsp: { allowNtlmOnly: true },
      trustedHosts: ['*.contoso.com', '10.0.0.1'],
      useSsl: true,
      tls: { ca: 'CA', fingerprint256: 'ab' },
      skipCNCheck: true,
      skipCACheck: false,
      allowUnencrypted: false,
      proxy: { host: '::1', port: 3128, credential: { userName: 'me' } },
      operationTimeoutMs: 1500,
    });
    const { password } = read.proxy?.credential ?? {};
    expect(password instanceof Secret ? password.reveal() : password).toBe(`${PASSWORD}@`);
  });

  it.each([
    [{ CIMLET_USE_SSL: PASSWORD }, 'CIMLET_USE_SSL', 'Write true or false.'],
    [{ CIMLET_PORT: PASSWORD }, 'CIMLET_PORT', 'Write a number from 1 to 65535.'],
    [{ CIMLET_AUTH: PASSWORD }, 'CIMLET_AUTH', 'Write one of Default'],
    [{ CIMLET_PROXY: `https://${PASSWORD}@x:1` }, 'CIMLET_PROXY', 'http://HOST:PORT'],
    [{ CIMLET_CONNECT_TO: PASSWORD }, 'CIMLET_CONNECT_TO', 'HOST:PORT:ADDRESS:PORT'],
    [{ CIMLET_TIMEOUT: '0' }, 'CIMLET_TIMEOUT', 'above zero'],
    [{ CIMLET_PASWORD: PASSWORD }, 'CIMLET_PASWORD', 'Did you mean CIMLET_PASSWORD?'],
    [{ CIMLET_NONTLM: '1' }, 'CIMLET_NONTLM', 'Did you mean CIMLET_NO_NTLM?'],
  ])('%# is refused by its name, and its value not repeated', (environment, name, hint) => {
    const attempt = () => options(undefined, environment);
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
    expect(attempt).toThrow(name);
    expect(attempt).not.toThrow(/QZX81/);
  });

  it('leaves alone what other programs of the house read', () => {
    const environment = { CIMLET_SERVERS: 'a', CIMLET_OPTIONS: '--json', CIMLET_NODE: 'x', CIMLET_CASES: 'y' };
    expect(options(undefined, environment)).toEqual({ useSsl: false });
  });
});

describe('whose password it is', () => {
  const profile = { credential: { userName: 'a', passwordEnv: 'OF_A' } };
  it.each([
    ['of the profile, for its user', {}, 'a', 'secret of a'],
    ['of the profile, for the same user elsewhere', { CIMLET_USER: 'a' }, 'a', 'secret of a'],
    ['not of another user', { CIMLET_USER: 'b' }, 'b', undefined],
    ['of the environment, for whoever the user is', { CIMLET_PASSWORD: 'p' }, 'a', 'p'],
    ['of the environment, for its user', { CIMLET_USER: 'b', CIMLET_PASSWORD: 'p' }, 'b', 'p'],
  ])('%s', (_, variables, userName, password) => {
    const read = options(profile, { OF_A: 'secret of a', ...variables }, 'branch');
    expect([read.credential, passwordOf(read)]).toEqual([expect.objectContaining({ userName }), password]);
  });

  it('or a key, if that is said nearer', () => {
    const read = options(profile, { OF_A: 'x', CIMLET_KEYTAB: '/k' }, 'branch');
    expect([passwordOf(read), read.kerberos]).toEqual([undefined, { keytab: '/k' }]);
  });
});

describe('a client of a profile', () => {
  let emulator: Emulator;
  const before = { ...process.env };
  beforeEach(async () => {
    emulator = await startEmulator();
    const rules = emulator.servers.map(({ name, http }) => `${name}:5985:${http.host}:${http.port}`);
    write(join(home, '.config/cimlet/ca.pem'), emulator.ca);
    const { userName } = emulator.credential;
    const branch = {
      computers: emulator.servers.map(({ name }) => name),
      credential: { userName, passwordEnv: 'LAB_PASSWORD' },
      authentication: 'CredSsp',
      kerberos: false,
      useSsl: false,
      tls: { ca: 'ca.pem' },
      connectTo: rules,
    };
    write(file(), JSON.stringify({ branch }));
    process.env = { HOME: home, LAB_PASSWORD: emulator.credential.password.reveal() };
  });
  afterEach(async () => {
    process.env = before;
    await emulator.close();
  });

  it('calls its computers with its account, and newCimSession takes its options', async () => {
    await using dhcp = createClient({ profile: 'branch' });
    const versions = await dhcp.getDhcpServerVersion();
    expect(versions.map(({ PSComputerName }) => PSComputerName).sort()).toEqual([
      'dhcpserver.contoso.com',
      'dhcpserver2.contoso.com',
    ]);
  });

  it('gives way to what the client is given', async () => {
    const credential = { userName: emulator.credential.userName, password: 'wrong' };
    await using dhcp = createClient({ profile: 'branch', computers: 'dhcpserver.contoso.com', credential });
    await expect(dhcp.getDhcpServerVersion()).rejects.toMatchObject({
      errors: [{ exception: { code: 'ERR_AUTHENTICATION' } }],
    });
  });

  it('keeps what the client is given as undefined, within objects, too', async () => {
    const tls = { ca: undefined, serverName: undefined };
    await using dhcp = createClient({ profile: 'branch', credential: undefined, computers: undefined, tls });
    expect(await dhcp.getDhcpServerVersion()).toHaveLength(2);
  });

  it('has no session factory beside it', () => {
    expect(() => createClient({ profile: 'branch', sessionFactory: () => Promise.reject(new Error()) })).toThrow(
      /profile: "branch" is not valid. A sessionFactory opens the sessions/,
    );
  });
});
