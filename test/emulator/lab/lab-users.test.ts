import { describe, expect, it } from '@jest/globals';
import { LabUsers } from '../../../lib/emulator/lab/lab-users.js';

const users = new LabUsers([
  { userName: 'CONTOSO\\dhcpadmin', password: 'Pässword' },
  { userName: 'local', password: 'y' },
]);

describe('LabUsers', () => {
  it.each([
    ['CONTOSO\\dhcpadmin', undefined],
    ['contoso\\DHCPADMIN', undefined],
    ['contoso.com\\dhcpadmin', undefined],
    ['dhcpadmin@contoso.com', undefined],
    ['dhcpadmin', 'CONTOSO'],
    ['local', ''],
    ['.\\local', undefined],
  ])('finds %s (%s)', (userName, domain) => {
    expect(users.find(userName, domain)).toBeDefined();
  });

  it.each(['dhcpadmin', 'OTHER\\dhcpadmin', 'CONTOSO\\local', '', '\\', '@'])('does not find %j', (userName) => {
    expect(users.find(userName)).toBeUndefined();
  });

  it('gives an account without a password a random one, which a shell leaves as it is', () => {
    const passwords = Array.from({ length: 20 }, () => new LabUsers([{ userName: 'a' }]).find('a')?.password.reveal());
    expect(new Set(passwords).size).toBe(20);
    for (const password of passwords) expect(password).toMatch(/^[\w-]{20}$/);
  });

  it('authenticates by the password alone', () => {
    expect(users.authenticate('CONTOSO\\dhcpadmin', 'Pässword')?.userName).toBe('CONTOSO\\dhcpadmin');
    expect(users.authenticate('CONTOSO\\dhcpadmin', 'pässword')).toBeUndefined();
    expect(users.authenticate('CONTOSO\\nobody', 'Pässword')).toBeUndefined();
  });

  it('counts the passwords that are tried for an account, right or wrong, known or not', () => {
    const counting = new LabUsers([{ userName: 'CONTOSO\\dhcpadmin', password: 'a' }]);
    counting.authenticate('CONTOSO\\dhcpadmin', 'b');
    counting.authenticate('dhcpadmin@contoso.com', 'a');
    counting.authenticate('nobody', 'a');
    counting.find('CONTOSO\\dhcpadmin');
    expect(['contoso\\DHCPADMIN', 'nobody', 'other'].map((name) => counting.logons(name))).toEqual([2, 1, 0]);
  });
});
