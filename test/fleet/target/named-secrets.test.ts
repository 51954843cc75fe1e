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

  it('are refused where they are not known, without a value', async () => {
    expect(() => secrets.logon('other')).toThrow(
      'This worker knows no credential named "other". It knows audit, keytab.',
    );
    expect(() => secrets.logon('constructor')).toThrow(/no credential named "constructor"/);
    await expect(secrets.resolve({ S: { secret: 'toString' } })).rejects.toThrow(/no secret named "toString"/);
    expect(() => new NamedSecrets({ a: 'hunter2' })).toThrow(/credentials\.a: what was given is not valid/);
  });
});
