import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../../lib/cim/instance/cim-instance.js';
import { TimeSpan } from '../../../lib/cim/value/time-span.js';
import type { ConfirmationAnswer, ConfirmationPrompt } from '../../../lib/cmdlet/contract/host.js';
import { invokeCmdlet } from '../../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../../lib/cmdlet/result/cmdlet-error.js';
import type { CmdletDefinition } from '../../../lib/schema/definition/cmdlet-definition.js';
import { addFailover, cmdlet, getFailover, removeFailover, setFailover } from '../definitions.js';
import { FakeSession } from '../fake-session.js';
import { rejectionOf } from '../thrown-by.js';

const SECRET = 'sEcReT-7f3a';
const ADD = { Name: 'SFO-SIN-Failover', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: ['10.10.10.0'] };
const WITH_SECRET = { ...ADD, SharedSecret: SECRET };

/** A host that gives the answers in turn, the last one again and again. */
function hostOf(...answers: ConfirmationAnswer[]) {
  const prompts: ConfirmationPrompt[] = [];
  return {
    prompts,
    confirm(prompt: ConfirmationPrompt): ConfirmationAnswer {
      prompts.push(prompt);
      return answers[Math.min(prompts.length, answers.length) - 1] ?? 'no';
    },
  };
}

describe('what the cmdlet itself asks about', () => {
  it('is asked before the secret leaves, and the answer goes to the server as Force', async () => {
    const session = new FakeSession('dhcp1');
    const sentWhenAsked: number[] = [];
    const host = {
      confirm(prompt: ConfirmationPrompt): ConfirmationAnswer {
        sentWhenAsked.push(session.requests.length);
        expect(prompt).toMatchObject({
          kind: 'critical',
          choices: ['yes', 'no'],
          caption: 'Confirm',
          cmdlet: 'Add-DhcpServerv4Failover',
          computerName: 'dhcp1',
        });
        expect(prompt.message).toMatch(/^dhcp1: The shared secret/);
        expect(inspect(prompt) + JSON.stringify(prompt)).not.toContain(SECRET);
        return 'yes';
      },
    };
    await invokeCmdlet(addFailover, { CimSession: session, ...WITH_SECRET }, { host });
    expect(sentWhenAsked).toEqual([0]);
    expect(session.sent()).toMatchObject({ SharedSecret: SECRET, Force: true });
    expect(inspect(session.requests[0], { depth: 9 }) + JSON.stringify(session.requests[0]?.parameters)).not.toContain(
      SECRET,
    );
  });

  it('is not sent when the answer is no, which is neither output nor an error', async () => {
    const session = new FakeSession('dhcp1');
    const result = invokeCmdlet(addFailover, { CimSession: session, ...WITH_SECRET }, { host: hostOf('no') });
    expect(await result).toEqual([]);
    expect(result.declined).toEqual(['dhcp1']);
    expect(session.requests).toHaveLength(0);
  });

  it.each<[string, CmdletDefinition, Record<string, unknown>]>([
    ['a secret', addFailover, WITH_SECRET],
    ['a secret on Set', setFailover, { Name: 'a', SharedSecret: SECRET }],
    ['a new mode', setFailover, { Name: 'a', Mode: 'HotStandby' }],
    ['a removal', removeFailover, { Name: 'a' }],
    ['removed scopes', cmdlet('Remove-DhcpServerv4FailoverScope'), { Name: 'a', ScopeId: '10.0.0.0' }],
    ['a replication', cmdlet('Invoke-DhcpServerv4FailoverReplication'), {}],
  ])('%s is refused without a host, and nothing is sent', async (_, definition, parameters) => {
    const session = new FakeSession('dhcp1');
    const error = await rejectionOf(invokeCmdlet(definition, { CimSession: session, ...parameters }));
    expect(error).toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    expect(error.message).toContain('Confirm: false');
    // Force says more than yes where something is removed: nobody is told to give it for that.
    expect(error.message.includes('Force')).toBe(!definition.name.startsWith('Remove'));
    expect(error.message).toContain('host');
    expect(inspect(error)).not.toContain(SECRET);
    expect(session.requests).toHaveLength(0);
  });

  it.each([[{ Force: true }], [{ Confirm: false }]])(
    'is silenced by %j, and the server is told not to ask',
    async (silence) => {
      const session = new FakeSession('dhcp1');
      await invokeCmdlet(addFailover, { CimSession: session, ...WITH_SECRET, ...silence });
      expect(session.sent()).toMatchObject({ Force: true });
    },
  );

  it.each([
    [removeFailover, { Name: 'a' }],
    [cmdlet('Remove-DhcpServerv4FailoverScope'), { Name: 'a', ScopeId: '10.0.0.0' }],
  ])('goes without Force where that says more than yes: $name', async (definition, parameters) => {
    const session = new FakeSession('dhcp1');
    const call = { CimSession: session, ...parameters };
    await invokeCmdlet(definition, call, { host: hostOf('yes') });
    await invokeCmdlet(definition, { ...call, Confirm: false });
    await invokeCmdlet(definition, { ...call, Confirm: false, Force: false });
    await invokeCmdlet(definition, call, { host: hostOf('yes'), enhanced: false });
    await invokeCmdlet(definition, { ...call, Force: true });
    expect(session.requests.map((_, index) => session.sent(index)['Force'])).toEqual([
      undefined,
      undefined,
      false,
      undefined,
      true,
    ]);
  });

  it.each([
    [setFailover, { Name: 'a', Mode: 'HotStandby' }],
    [cmdlet('Invoke-DhcpServerv4FailoverReplication'), {}],
  ])('goes with Force where that only silences: $name', async (definition, parameters) => {
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(definition, { CimSession: session, ...parameters }, { host: hostOf('yes') });
    expect(session.sent()).toMatchObject({ Force: true });
  });

  it('is not silenced by Force: false', async () => {
    const error = await rejectionOf(
      invokeCmdlet(removeFailover, { CimSession: new FakeSession('a'), Name: 'a', Force: false }),
    );
    expect(error).toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
  });

  it.each<[string, CmdletDefinition, Record<string, unknown>]>([
    ['no secret', addFailover, ADD],
    ['a null secret', setFailover, { Name: 'a', SharedSecret: null }],
    ['a percentage', setFailover, { Name: 'a', LoadBalancePercent: 60 }],
    ['a Get', getFailover, {}],
  ])('%s is not asked about, and no Force is sent', async (_, definition, parameters) => {
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(definition, { CimSession: session, ...parameters });
    expect(session.sent()).not.toHaveProperty('Force');
  });

  it('is not asked about a mode that an instance only brings along', async () => {
    const [declaration] = getFailover.outputClasses;
    if (declaration === undefined) throw new Error('no class');
    const instance = CimInstance.create(declaration, {
      Name: 'a',
      Mode: 'LoadBalance',
      MaxClientLeadTime: TimeSpan.from('1:00:00'),
    });
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(setFailover, { CimSession: session, LoadBalancePercent: 60 }, { input: instance });
    await invokeCmdlet(setFailover, { CimSession: session, LoadBalancePercent: 60 }, { input: instance });
    expect(session.requests).toHaveLength(2);
    const changed = invokeCmdlet(setFailover, { CimSession: session, Mode: 'HotStandby' }, { input: instance });
    expect(await rejectionOf(changed)).toMatchObject({
      code: 'ERR_CMDLET',
      errors: [{ exception: { code: 'ERR_CONFIRMATION_REQUIRED' } }],
    });
  });

  it('is a record for piped input', async () => {
    const session = new FakeSession('a');
    const error = (await rejectionOf(
      invokeCmdlet(removeFailover, { CimSession: session }, { input: [{ Name: 'x' }] }),
    )) as CmdletError;
    expect(error.errors[0]?.fullyQualifiedErrorId).toBe('CimJob_ERR_CONFIRMATION_REQUIRED,Remove-DhcpServerv4Failover');
    expect(session.requests).toHaveLength(0);
  });
});

describe('several targets', () => {
  const sessions = () => ['a', 'b', 'c'].map((name) => new FakeSession(name));
  const run = async (host: ReturnType<typeof hostOf>) => {
    const targets = sessions();
    const result = invokeCmdlet(removeFailover, { CimSession: targets, Name: 'x' }, { host });
    await result;
    return {
      asked: host.prompts.map(({ computerName }) => computerName),
      sent: targets.map(({ requests }) => requests.length),
      declined: result.declined,
    };
  };

  it('are asked one by one', async () => {
    expect(await run(hostOf('yes', 'no', 'yes'))).toEqual({ asked: ['a', 'b', 'c'], sent: [1, 0, 1], declined: ['b'] });
  });

  it('Yes to All and No to All hold for the rest', async () => {
    expect(await run(hostOf('no', 'yesToAll'))).toEqual({ asked: ['a', 'b'], sent: [0, 1, 1], declined: ['a'] });
    expect(await run(hostOf('yes', 'noToAll'))).toEqual({ asked: ['a', 'b'], sent: [1, 0, 0], declined: ['b', 'c'] });
  });

  it('what was approved runs while the next question waits', async () => {
    const targets = sessions();
    const seen: number[] = [];
    const host = {
      confirm: async (): Promise<ConfirmationAnswer> => {
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(targets.reduce((sum, { requests }) => sum + requests.length, 0));
        return 'yes';
      },
    };
    await invokeCmdlet(removeFailover, { CimSession: targets, Name: 'x' }, { host });
    expect(seen).toEqual([0, 1, 2]);
  });

  it('a host that never answers is left by an abort', async () => {
    const controller = new AbortController();
    const host = { confirm: () => new Promise<ConfirmationAnswer>(() => {}) };
    const targets = sessions();
    const result = invokeCmdlet(
      removeFailover,
      { CimSession: targets, Name: 'x' },
      { host, signal: controller.signal },
    );
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await rejectionOf(result)).toMatchObject({ code: 'ERR_ABORTED' });
    expect(targets.every(({ requests }) => requests.length === 0)).toBe(true);
  });

  it('a host that fails stops the call', async () => {
    const host = {
      confirm: () => Promise.reject(new Error('terminal closed')),
    };
    const error = (await rejectionOf(
      invokeCmdlet(removeFailover, { CimSession: sessions(), Name: 'x' }, { host }),
    )) as CmdletError;
    expect(error.cause).toMatchObject({ message: 'terminal closed' });
  });
});

describe('ShouldProcess', () => {
  const scope = { Name: 'a', ScopeId: '10.0.0.0' };
  const addScope = cmdlet('Add-DhcpServerv4FailoverScope');

  it('Confirm: true asks with PowerShell’s sentence', async () => {
    const host = hostOf('yes');
    const session = new FakeSession('dhcp1');
    await invokeCmdlet(addScope, { CimSession: session, ...scope, Confirm: true }, { host });
    expect(host.prompts).toHaveLength(1);
    expect(host.prompts[0]).toMatchObject({
      kind: 'normal',
      choices: ['yes', 'yesToAll', 'no', 'noToAll'],
      defaultChoice: 'yes',
    });
    expect(host.prompts[0]?.message).toContain(
      'Performing the operation "Add-DhcpServerv4FailoverScope" on target "a".',
    );
    expect(session.requests).toHaveLength(1);
  });

  it.each([
    [undefined, 0],
    ['High', 0],
    ['Medium', 1],
    ['Low', 1],
    ['None', 0],
  ] as const)('a preference of %s asks %i times at impact Medium', async (confirmPreference, times) => {
    const host = hostOf('yes');
    await invokeCmdlet(addScope, { CimSession: new FakeSession('a'), ...scope }, { host, confirmPreference });
    expect(host.prompts).toHaveLength(times);
  });

  it('Confirm: false overrides the preference, and a Get is never asked about', async () => {
    const host = hostOf('no');
    await invokeCmdlet(
      addScope,
      { CimSession: new FakeSession('a'), ...scope, Confirm: false },
      { host, confirmPreference: 'Low' },
    );
    await invokeCmdlet(getFailover, { CimSession: new FakeSession('a') }, { host, confirmPreference: 'Low' });
    expect(host.prompts).toHaveLength(0);
  });

  it.each([
    [addScope, scope, /Leave Confirm out to go ahead/],
    [addFailover, WITH_SECRET, /Leave Confirm out and give Force to go ahead/],
    [addFailover, { ...WITH_SECRET, Force: true }, /Leave Confirm out to go ahead/],
    [removeFailover, { Name: 'a' }, /Give Confirm: false to go ahead/],
  ])('Confirm: true without a host is refused with the way out', async (definition, parameters, hint) => {
    const session = new FakeSession('a');
    const error = await rejectionOf(invokeCmdlet(definition, { CimSession: session, ...parameters, Confirm: true }));
    expect(error).toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED', hint: expect.stringMatching(hint) });
    expect(session.requests).toHaveLength(0);
  });

  it('a critical question is asked beside it, a normal one is not asked twice', async () => {
    const critical = hostOf('yes');
    await invokeCmdlet(
      addFailover,
      { CimSession: new FakeSession('a'), ...WITH_SECRET, Confirm: true },
      { host: critical },
    );
    expect(critical.prompts.map(({ kind }) => kind)).toEqual(['normal', 'critical']);
    const normal = hostOf('yes');
    await invokeCmdlet(
      setFailover,
      { CimSession: new FakeSession('a'), Name: 'a', Mode: 'HotStandby', Confirm: true },
      { host: normal },
    );
    expect(normal.prompts.map(({ kind }) => kind)).toEqual(['normal']);
  });
});

describe('WhatIf', () => {
  it('sends nothing, asks nothing, and says what would be done', async () => {
    const session = new FakeSession('dhcp1');
    const texts: string[] = [];
    const result = invokeCmdlet(
      addFailover,
      { CimSession: session, ...WITH_SECRET, WhatIf: true },
      { onWhatIf: ({ text }) => texts.push(text) },
    );
    expect(await result).toEqual([]);
    expect(texts).toEqual([
      'What if: dhcp1: Performing the operation "Add-DhcpServerv4Failover" on target "SFO-SIN-Failover".',
    ]);
    expect(result.whatIfTexts).toEqual(texts);
    expect(session.requests).toHaveLength(0);
    expect(inspect(result, { depth: 9 })).not.toContain(SECRET);
  });

  it('opens no session, and names no computer that was not given as a session', async () => {
    const sessionFactory = async () => {
      throw new Error('not to be called');
    };
    const result = invokeCmdlet(
      removeFailover,
      { ComputerName: 'dhcp1', Name: ['a', 'b'], WhatIf: true },
      { sessionFactory },
    );
    await result;
    expect(result.whatIfTexts).toEqual([
      'What if: Performing the operation "Remove-DhcpServerv4Failover" on target "a, b".',
    ]);
  });

  it('still refuses what does not bind', async () => {
    const error = await rejectionOf(invokeCmdlet(addFailover, { Name: 'a', WhatIf: true }));
    expect(error.name).toBe('ParameterBindingError');
  });
});
