import { describe, expect, it } from '@jest/globals';
import type { ConfirmationPrompt } from '../../../lib/cmdlet/contract/host.js';
import { ExpectedHost } from '../../../lib/pairs/planning/expected-host.js';

const prompt: ConfirmationPrompt = {
  kind: 'critical',
  caption: 'Confirm',
  message: 'Do you want to go on?',
  choices: ['yes', 'no'],
  defaultChoice: 'yes',
  cmdlet: 'Remove-DhcpServerv4Failover',
  computerName: 'a',
};
const host = (questions?: number) =>
  new ExpectedHost({ cmdlet: 'Remove-DhcpServerv4Failover', server: 'a', questions });

describe('who answers for a plan', () => {
  it('says yes to the question that it expects, once', () => {
    const one = host();
    expect([one.confirm(prompt), one.confirm(prompt)]).toEqual(['yes', 'no']);
    expect(one.refused).toEqual([prompt.message]);
  });

  it('says yes as often as the call has questions', () => {
    const one = host(2);
    expect([one.confirm(prompt), one.confirm(prompt), one.confirm(prompt)]).toEqual(['yes', 'yes', 'no']);
    // One of another call counts as one of them: nothing that follows it is expected any more.
    const other = host();
    expect([other.confirm({ ...prompt, computerName: 'b' }), other.confirm(prompt)]).toEqual(['no', 'no']);
  });

  it.each([
    { cmdlet: 'Remove-DhcpServerv4Scope' },
    { computerName: 'b' },
    { fromServer: true as const, message: 'The partner is away. Go on?' },
    { kind: 'error' as const },
  ])('says no to %j, and keeps it', (other) => {
    const one = host();
    const asked = { ...prompt, ...other };
    expect(one.confirm(asked)).toBe('no');
    expect(one.refused).toEqual([asked.message]);
  });
});
