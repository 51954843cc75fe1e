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
const host = () => new ExpectedHost('Remove-DhcpServerv4Failover', 'a', []);

describe('who answers for a plan', () => {
  it('says yes to the question that it expects, once', () => {
    const one = host();
    expect([one.confirm(prompt), one.confirm(prompt)]).toEqual(['yes', 'no']);
    expect(one.refused).toEqual([prompt.message]);
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
