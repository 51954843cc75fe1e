import { describe, expect, it } from '@jest/globals';
import type { CmdletSession } from '../../../lib/cmdlet/contract/cmdlet-session.js';
import { findPartners } from '../../../lib/pairs/reading/find-partners.js';
import { A, B, NAME, pairLab } from '../pair-lab.js';

describe('the partners of a server', () => {
  it('have the same key, whichever of the two is asked', async () => {
    await using pair = await pairLab();
    const [here] = await findPartners(pair.a);
    const [there] = await findPartners(pair.b);
    expect([here?.partner, there?.partner]).toEqual([B, A]);
    expect(here).toMatchObject({ relationships: [NAME], keys: there?.keys });
  });

  it('are those of the relationship that is named, in any case, under the name that is given for them', async () => {
    await using pair = await pairLab();
    const [found, ...more] = await findPartners(pair.a, { relationship: NAME.toUpperCase(), partner: '10.0.0.2' });
    expect([found?.partner, found?.relationships, more]).toEqual(['10.0.0.2', [NAME], []]);
  });

  it('are nobody where there is no relationship, and an error where the named one is not there', async () => {
    await using none = await pairLab({
      servers: [A, B].map((name, index) => ({ name, address: `10.0.0.${index + 1}` })),
    });
    expect(await findPartners(none.a)).toEqual([]);
    await expect(findPartners(none.a, { relationship: 'x' })).rejects.toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      hint: 'Look at the name of the server.',
    });
    await using pair = await pairLab();
    await expect(findPartners(pair.a, { relationship: 'x' })).rejects.toMatchObject({
      message: `${A} has no failover relationship "x".`,
      hint: `It has ${NAME}.`,
    });
  });

  it('are computers: nobody is taken to another place by a server’s word', async () => {
    await using pair = await pairLab();
    const lying = { partner: 'evil.example:5985/x?' };
    await expect(findPartners(pair.a as CmdletSession, lying)).rejects.toMatchObject({ code: 'ERR_PROTOCOL' });
  });
});
