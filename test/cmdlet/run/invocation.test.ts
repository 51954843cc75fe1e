import { describe, expect, it } from '@jest/globals';
import type { CallParameters } from '../../../lib/cmdlet/contract/bound-call.js';
import type { OperationCmdlet } from '../../../lib/cmdlet/contract/cmdlet.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import { StaticMethod } from '../../../lib/cmdlet/static-method/static-method.js';
import type { CmdletRule } from '../../../lib/schema/definition/cmdlet-definition.js';
import { parameter, removeFailover, testCmdlet } from '../definitions.js';
import { FakeSession, returns } from '../fake-session.js';

/** A confirm rule that counts how often it is held against a call. */
function countingRule(): { readonly rule: CmdletRule; readonly asked: () => number } {
  let asked = 0;
  const rule: CmdletRule = {
    kind: 'confirm',
    unless: 'Force',
    prompt: 'Critical',
    query: 'Really?',
    get when() {
      asked += 1;
      return 'always' as const;
    },
  };
  return { rule, asked: () => asked };
}

const thing = (rule: CmdletRule) =>
  testCmdlet([parameter('Name', 'String'), parameter('Force', 'SwitchParameter')], { rules: [rule] });

const sessions = (count: number) =>
  Array.from({ length: count }, (_, index) => new FakeSession(`dhcp${index}`, () => returns([])));

describe('what a call has to ask', () => {
  it.each([
    ['one target', 1, {}],
    ['three targets', 3, {}],
    ['three targets, silenced', 3, { Confirm: false }],
    ['three targets of WhatIf', 3, { WhatIf: true }],
  ])('is worked out once for %s', async (_, count, more) => {
    const { rule, asked } = countingRule();
    const host = { confirm: async () => 'yes' as const };
    await invokeCmdlet(thing(rule), { CimSession: sessions(count), Name: 'x', ...more }, { host });
    expect(asked()).toBe(1);
  });

  it('is worked out once for each piped object', async () => {
    const { rule, asked } = countingRule();
    const definition = thing(rule);
    const piped = {
      ...definition,
      parameters: definition.parameters.map((one) => ({ ...one, valueFromPipelineByPropertyName: true })),
    };
    await invokeCmdlet(piped, { CimSession: sessions(2), Confirm: false }, { input: [{ Name: 'a' }, { Name: 'b' }] });
    expect(asked()).toBe(2);
  });

  it('is worked out once for a call that fails', async () => {
    const { rule, asked } = countingRule();
    const failing = new FakeSession('dhcp1', () => Promise.reject(new Error('no')));
    await expect(
      Promise.resolve(invokeCmdlet(thing(rule), { CimSession: failing, Name: 'x', Confirm: false })),
    ).rejects.toThrow('no');
    expect(asked()).toBe(1);
  });
});

describe('the text of ShouldProcess', () => {
  /** A cmdlet whose operation counts how often its text is read. */
  function countingCmdlet(): { readonly cmdlet: OperationCmdlet; readonly read: () => number } {
    let read = 0;
    const { methods: _, ...syntax } = testCmdlet([parameter('Name', 'String')]);
    const cmdlet: OperationCmdlet = {
      ...syntax,
      operations: {
        '(All)': () => ({
          description: 'test',
          get shouldProcess() {
            read += 1;
            return { target: 'x' };
          },
          errorTarget: { name: 'x', type: 'String' },
          run: async () => {},
        }),
      },
    };
    return { cmdlet, read: () => read };
  }

  it.each([
    ['nobody', {}, 0],
    ['Confirm: false', { Confirm: false }, 0],
    ['Verbose', { Verbose: true }, 1],
    ['WhatIf', { WhatIf: true }, 1],
    ['Confirm', { Confirm: true }, 1],
  ])('is read by %s', async (_, more, times) => {
    const { cmdlet, read } = countingCmdlet();
    const [session] = sessions(1);
    const factory = async () => session ?? new FakeSession('dhcp1', () => returns([]));
    await invokeCmdlet(
      cmdlet,
      { Name: 'x', ...more },
      { sessionFactory: factory, host: { confirm: async () => 'yes' as const }, onVerbose: () => {} },
    );
    expect(read()).toBe(times);
  });

  it('of a static method is made when it is read, and not before', () => {
    let sorted = 0;
    const parameters = new Map();
    parameters.values = () => {
      sorted += 1;
      return [][Symbol.iterator]();
    };
    const call: CallParameters = { definition: removeFailover, parameterSet: '(All)', parameters, ignored: [] };
    const [method] = removeFailover.methods;
    if (method === undefined) throw new Error('no method');
    const operation = new StaticMethod(removeFailover, method, call);
    expect(sorted).toBe(0);
    expect(operation.shouldProcess).toEqual({ target: removeFailover.className });
    expect(sorted).toBe(1);
  });
});
