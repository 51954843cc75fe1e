import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { Secret } from '../../../lib/base/secret.js';
import { NamedSecrets } from '../../../lib/fleet/target/named-secrets.js';

describe('the names of secrets', () => {
  const secrets = new NamedSecrets(
    { audit: { userName: 'a', password: 'p' }, keytab: { sessionOptions: { authentication: 'Kerberos' } } },
    { failover: 'hunter2', vault: async () => new Secret('hunter3') },
  );

  it('stand for credentials, ways to log on, and values', async () => {
    expect(secrets.logon('audit', 1_000)).toEqual({ credential: { userName: 'a', password: 'p' } });
    expect(secrets.logon('keytab', 1_000)).toEqual({ authentication: 'Kerberos' });
    const { SharedSecret, Name } = await secrets.resolve({ SharedSecret: { secret: 'failover' }, Name: 'x' }, 1_000);
    expect([(SharedSecret as Secret).reveal(), Name]).toEqual(['hunter2', 'x']);
    expect(((await secrets.resolve({ S: { secret: 'vault' } }, 1_000)).S as Secret).reveal()).toBe('hunter3');
  });

  const words = 'token hunter2 is over';
  const asked = (named: NamedSecrets, name: string, withinMs = 1_000): Promise<unknown> => {
    const { credential } = named.logon(name, withinMs);
    if (typeof credential !== 'function') throw new TypeError('It is a function.');
    return Promise.resolve(credential({ computerName: 'a' })).catch((error: unknown) => error);
  };

  it('whose function fails are told of without its words, as a failure that may pass', async () => {
    const warnings: string[] = [];
    const answers: (() => unknown)[] = [
      () => Promise.reject(Object.assign(new Error(words), { code: 'ECONNREFUSED' })),
      () => Promise.reject(new Error(words, { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } })),
      () => Promise.reject(Object.assign(new Error(words), { code: 'hunter2', response: { status: 503 } })),
      () => {
        throw words;
      },
      () => Promise.reject(new CimletError('ERR_FILE', 'The file "/run/emea" cannot be read: ENOENT.')),
      () => 'hunter3',
      () => Promise.reject(words),
    ];
    const next = (): never => (answers.shift() ?? (() => undefined))() as never;
    const failing = new NamedSecrets({}, { pair: next }, (text) => warnings.push(text));
    for (const kind of ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'HTTP 503', 'its function failed']) {
      const error: unknown = await failing.resolve({ S: { secret: 'pair' } }, 1_000).catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        code: 'ERR_SECRET_UNAVAILABLE',
        retryable: true,
        message: `This worker could not get the secret "pair" (${kind}).`,
        hint: 'Look at the vault or the file behind it, and do it again: retry.',
      });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
    }
    await expect(failing.resolve({ S: { secret: 'pair' } }, 1_000)).rejects.toThrow(
      'This worker could not get the secret "pair" (The file "/run/emea" cannot be read: ENOENT).',
    );
    await failing.resolve({ S: { secret: 'pair' } }, 1_000);
    await expect(failing.resolve({ S: { secret: 'pair' } }, 1_000)).rejects.toThrow('(its function failed)');
    expect(warnings).toEqual([
      'The secret "pair" could not be had (ECONNREFUSED).',
      'The secret "pair" can be had again.',
      'The secret "pair" could not be had (its function failed).',
    ]);
  });

  it('whose function never answers are given up', async () => {
    const silent = () => new Promise<never>(() => {});
    const failing = new NamedSecrets({ vault: silent }, { pair: silent });
    const wanted = (what: string, name: string) => ({
      code: 'ERR_SECRET_UNAVAILABLE',
      message: `This worker could not get the ${what} "${name}" (no answer within 5 ms).`,
    });
    expect(await asked(failing, 'vault', 5)).toMatchObject(wanted('credential', 'vault'));
    await expect(failing.resolve({ S: { secret: 'pair' } }, 5)).rejects.toMatchObject(wanted('secret', 'pair'));
  });

  it('whose function gives nothing are a mistake, also within the options of a session', async () => {
    const nothing = async () => undefined as never;
    const empty = new NamedSecrets(
      { vault: nothing, inner: { sessionOptions: { credential: nothing } } },
      { pair: nothing },
    );
    for (const name of ['vault', 'inner']) {
      expect(await asked(empty, name)).toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
        message: `credentials.${name} gave nothing.`,
      });
    }
    await expect(empty.resolve({ S: { secret: 'pair' } }, 1_000)).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      message: 'secrets.pair gave nothing.',
    });
  });

  it('are refused where they are not known, without a value', async () => {
    expect(() => secrets.logon('other', 1_000)).toThrow(
      'This worker knows no credential named "other". It knows audit, keytab.',
    );
    expect(() => secrets.logon('constructor', 1_000)).toThrow(/no credential named "constructor"/);
    await expect(secrets.resolve({ S: { secret: 'toString' } }, 1_000)).rejects.toThrow(/no secret named "toString"/);
    expect(() => new NamedSecrets({ a: 'hunter2' })).toThrow(/credentials\.a: what was given is not valid/);
  });
});
