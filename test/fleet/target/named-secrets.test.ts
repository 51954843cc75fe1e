import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { NamedSecrets } from '../../../lib/fleet/target/named-secrets.js';

describe('the names of secrets', () => {
  const secrets = new NamedSecrets(
    { audit: { userName: 'a', password: 'p' }, keytab: { sessionOptions: { authentication: 'Kerberos' } } },
    { failover: 'hunter2', vault: async () => new Secret('hunter3') },
  );

  it('stand for credentials, ways to log on, and values', async () => {
    expect(secrets.logon('audit')).toEqual({ credential: { userName: 'a', password: 'p' } });
    expect(secrets.logon('keytab')).toEqual({ authentication: 'Kerberos' });
    const { SharedSecret, Name } = await secrets.resolve({ SharedSecret: { secret: 'failover' }, Name: 'x' });
    expect([(SharedSecret as Secret).reveal(), Name]).toEqual(['hunter2', 'x']);
    expect(((await secrets.resolve({ S: { secret: 'vault' } })).S as Secret).reveal()).toBe('hunter3');
  });

  it('whose function fails are told of without its words, which the worker warns of', async () => {
    const warnings: string[] = [];
    const fail = async (): Promise<never> => {
      throw new Error('token hunter2 is over');
    };
    const failing = new NamedSecrets({ vault: fail }, { pair: fail }, (text) => warnings.push(text));
    const { credential } = failing.logon('vault');
    const asked = typeof credential === 'function' && credential({ computerName: 'a' });
    await expect(asked).rejects.toMatchObject({ message: 'This worker could not get credentials.vault.' });
    const error: unknown = await failing.resolve({ S: { secret: 'pair' } }).catch((caught: unknown) => caught);
    expect(inspect(error, { depth: 9 })).toMatch(
      /^CimletError \[ERR_INVALID_ARGUMENT\]: This worker could not get secrets\.pair\./,
    );
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
    expect(warnings).toEqual(
      ['credentials.vault', 'secrets.pair'].map((what) => `${what} could not be had: token hunter2 is over`),
    );
  });

  it('are refused where they are not known, without a value', async () => {
    expect(() => secrets.logon('other')).toThrow(
      'This worker knows no credential named "other". It knows audit, keytab.',
    );
    expect(() => secrets.logon('constructor')).toThrow(/no credential named "constructor"/);
    await expect(secrets.resolve({ S: { secret: 'toString' } })).rejects.toThrow(/no secret named "toString"/);
    expect(() => new NamedSecrets({ a: 'hunter2' })).toThrow(/credentials\.a: what was given is not valid/);
  });
});
