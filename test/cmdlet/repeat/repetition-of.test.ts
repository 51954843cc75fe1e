import { describe, expect, it } from '@jest/globals';
import { repetitionOf } from '../../../lib/cmdlet/repeat/repetition-of.js';
import { testCmdlet } from '../definitions.js';

describe('repetitionOf', () => {
  it('takes a cmdlet without a row for a read by its verb, and else for a change that is sent once', () => {
    const verbs = ['Get', 'Test', 'Set', 'Add', 'Remove', 'Invoke', 'Export', 'get'];
    expect(verbs.map((verb) => repetitionOf(testCmdlet([], { verb })).kind)).toEqual([
      'read',
      'read',
      ...Array.from({ length: 6 }, () => 'once'),
    ]);
  });

  it('takes the row where there is one, but for the parameters with which the call is sent once', () => {
    const cmdlet = testCmdlet([], { repetition: { kind: 'repeatable', onceWith: ['Mode'] } });
    expect(repetitionOf(cmdlet, ['Name']).kind).toBe('repeatable');
    expect(repetitionOf(cmdlet, ['Name', 'Mode']).kind).toBe('once');
    expect(repetitionOf(cmdlet).kind).toBe('repeatable');
  });
});
