import { describe, expect, it } from '@jest/globals';
import { invalidArgument } from '../../lib/base/errors.js';
import { Secret } from '../../lib/base/secret.js';
import { writeInstance } from '../../lib/cim/codec/index.js';
import { CimException } from '../../lib/cim/error/cim-exception.js';
import type { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { CimSessionList } from '../../lib/cim/session/session-list.js';
import { newCimSessionDefinition } from '../../lib/cim-cmdlets/cmdlets/new-cim-session.js';
import { setCimInstanceDefinition } from '../../lib/cim-cmdlets/cmdlets/set-cim-instance.js';
import {
  getCimAssociatedInstance,
  getCimClass,
  getCimInstance,
  getCimSession,
  invokeCimMethod,
  newCimInstance,
  registerCimIndicationEvent,
  removeCimInstance,
  removeCimSession,
  setCimInstance,
} from '../../lib/cim-cmdlets/index.js';
import type { MethodInvocation } from '../../lib/cmdlet/contract/cmdlet-session.js';
import type { ConfirmationPrompt } from '../../lib/cmdlet/contract/host.js';
import { invokeCmdlet } from '../../lib/cmdlet/invoke.js';
import type { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { propertiesOf } from '../support/values-of.js';
import { FakeCimSession, lamp, lampClass } from './fake-cim-session.js';

const denied = new CimException('No.', { nativeErrorCode: 'AccessDenied' });

describe('Get-CimInstance', () => {
  it.each([
    [
      { ClassName: 'X_Lamp', Namespace: 'root\\x', Shallow: true, KeyOnly: true },
      'enumerateInstances',
      { namespace: 'root/x', className: 'X_Lamp', keysOnly: true, polymorphism: 'shallow' },
    ],
    [
      { ClassName: 'X_Lamp', Filter: "Name = 'a'", Property: ['Name', 'Power'] },
      'queryInstances',
      { namespace: 'root/cimv2', query: "select Name,Power from X_Lamp where Name = 'a'" },
    ],
    [{ ClassName: 'X_Lamp', Filter: ' ' }, 'queryInstances', { query: 'select * from X_Lamp' }],
    [
      { ClassName: 'X_Lamp', QueryDialect: 'http://x/dialect' },
      'queryInstances',
      { query: 'select * from X_Lamp', queryDialect: 'http://x/dialect' },
    ],
    [{ Query: 'select * from X_Lamp', Namespace: 'root/x' }, 'queryInstances', { query: 'select * from X_Lamp' }],
    [
      { ResourceUri: 'http://x/y/X_Lamp' },
      'enumerateInstances',
      { className: 'X_Lamp', resourceUri: 'http://x/y/X_Lamp' },
    ],
  ])('%j asks for %s', async (parameters, operation, request) => {
    const fake = new FakeCimSession('a', { [operation]: () => [lamp('one'), lamp('two')] });
    const found = await getCimInstance({ ...parameters, CimSession: fake.session });
    expect(found.map(String)).toEqual(['X_Lamp (Name = "one")', 'X_Lamp (Name = "two")']);
    expect(fake.asked).toEqual([{ operation, request: expect.objectContaining(request) }]);
  });

  it('gets an instance anew where it came from', async () => {
    const fake = new FakeCimSession('a', { getInstance: () => lamp('one', fake) });
    const old = lamp('one', fake);
    await getCimInstance({ InputObject: old });
    expect(fake.asked[0]).toMatchObject({ operation: 'getInstance', request: { instance: old } });
  });

  it('runs on every session, and keeps what the others give when one fails', async () => {
    const good = new FakeCimSession('good', { enumerateInstances: () => [lamp('one')] });
    const bad = new FakeCimSession('bad', {
      enumerateInstances: () => {
        throw denied;
      },
    });
    const error = (await rejectionOf(
      getCimInstance({ ClassName: 'X_Lamp', CimSession: [good.session, bad.session], ThrottleLimit: 1 }),
    )) as CmdletError;
    expect(error.output).toHaveLength(1);
    expect(error.errors.map(String)).toEqual([
      [
        'Get-CimInstance : No.',
        '    + CategoryInfo          : PermissionDenied: (root/cimv2:X_Lamp:String) [Get-CimInstance], CimException',
        '    + FullyQualifiedErrorId : MiClientApiError_AccessDenied,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
        '    + PSComputerName        : bad',
      ].join('\n'),
    ]);
  });

  it('is a job with AsJob', async () => {
    const fake = new FakeCimSession('a', { enumerateInstances: () => [lamp('one')] });
    const job = getCimInstance({ ClassName: 'X_Lamp', CimSession: fake.session, AsJob: true });
    expect(await job.wait()).toBe('Completed');
    expect(job.receive()).toHaveLength(1);
  });

  it('keeps a server back while its reader is behind', async () => {
    let made = 0;
    const fake = new FakeCimSession('a', {
      async *enumerateInstances() {
        for (; made < 5000; made += 1) yield lamp(String(made));
      },
    });
    for await (const _ of getCimInstance({ ClassName: 'X_Lamp', CimSession: fake.session })) {
      await new Promise((resolve) => setImmediate(resolve));
      break;
    }
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(1000);
  });

  it('refuses a session that can only invoke methods', async () => {
    const session = { computerName: 'a', invokeMethod: () => Promise.reject(denied), close: async () => {} };
    expect(await rejectionOf(getCimInstance({ ClassName: 'X_Lamp', CimSession: session }))).toMatchObject({
      errors: [{ exception: { code: 'ERR_INVALID_ARGUMENT' } }],
    });
  });
});

describe('Set-CimInstance', () => {
  it('writes a copy, with what was changed before and now', async () => {
    const fake = new FakeCimSession('a', { modifyInstance: ({ instance }: { instance: unknown }) => instance });
    const mine = lamp('one', fake);
    const [changed] = await setCimInstance({ InputObject: mine, Property: { power: 60 }, PassThru: true });
    expect(changed?.cimInstanceProperties.get('Power')).toMatchObject({ value: 60, flags: { notModified: false } });
    expect(mine.cimInstanceProperties.get('Power')).toMatchObject({ value: 40, flags: { notModified: true } });
    expect(changed).toMatchObject({ PSComputerName: 'a' });
    expect(changed?.cimSystemProperties.namespace).toBe('root/x');
  });

  it('gives nothing without PassThru, and takes what is piped', async () => {
    const fake = new FakeCimSession('a', { modifyInstance: ({ instance }: { instance: unknown }) => instance });
    const input = [lamp('one', fake), lamp('two', fake)];
    expect(await invokeCmdlet(setCimInstanceDefinition, { Property: { Power: 1 } }, { input })).toEqual([]);
    expect(fake.operations).toEqual(['modifyInstance', 'modifyInstance']);
  });

  it('says which property it has not', async () => {
    const fake = new FakeCimSession('a');
    const error = await rejectionOf(setCimInstance({ InputObject: lamp('one', fake), Property: { Colour: 'red' } }));
    expect(error).toMatchObject({ errors: [{ message: expect.stringMatching(/no such property/) }] });
    expect(fake.asked).toEqual([]);
  });
});

describe('Remove-CimInstance with a query', () => {
  const server = (failing = '') =>
    new FakeCimSession('a', {
      queryInstances: () => ['one', 'two', 'three'].map((name) => lamp(name)),
      deleteInstance: ({ instance }: { readonly instance: { readonly Name: string } }) => {
        if (instance.Name === failing) throw denied;
      },
    });

  it('asks for each of them', async () => {
    const fake = server();
    const prompts: ConfirmationPrompt[] = [];
    const result = removeCimInstance(
      { Query: 'select * from X_Lamp', CimSession: fake.session, Confirm: true },
      {
        host: {
          confirm: (prompt) => {
            prompts.push(prompt);
            return prompts.length === 2 ? 'no' : 'yes';
          },
        },
      },
    );
    await result;
    expect(prompts.map(({ message }) => message)).toEqual(
      ['one', 'two', 'three'].map(
        (name) =>
          `Are you sure you want to perform this action?\nPerforming the operation "Remove-CimInstance" on target "X_Lamp (Name = "${name}")".`,
      ),
    );
    expect(fake.operations).toEqual(['queryInstances', 'deleteInstance', 'deleteInstance']);
    expect(result.declined).toEqual(['a']);
  });

  it('with WhatIf looks, and deletes none', async () => {
    const fake = server();
    const result = removeCimInstance({ Query: 'select * from X_Lamp', CimSession: fake.session, WhatIf: true });
    await result;
    expect(fake.operations).toEqual(['queryInstances']);
    expect(result.whatIfTexts).toHaveLength(3);
    expect(result.whatIfTexts[0]).toBe(
      'What if: Performing the operation "Remove-CimInstance" on target "X_Lamp (Name = "one")".',
    );
  });

  it('goes on after one that fails, and stops with ErrorAction Stop', async () => {
    const fake = server('one');
    const parameters = { Query: 'select * from X_Lamp', CimSession: fake.session };
    expect(await rejectionOf(removeCimInstance(parameters))).toMatchObject({ errors: [{ message: 'No.' }] });
    expect(fake.operations.filter((name) => name === 'deleteInstance')).toHaveLength(3);
    await rejectionOf(removeCimInstance({ ...parameters, ErrorAction: 'Stop' }));
    expect(fake.operations.filter((name) => name === 'deleteInstance')).toHaveLength(4);
  });

  it('is refused without a host before anything is sent', async () => {
    const fake = server();
    const error = await rejectionOf(removeCimInstance({ Query: 'q', CimSession: fake.session, Confirm: true }));
    expect(error).toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    expect(fake.asked).toEqual([]);
  });
});

describe('New-CimInstance', () => {
  it('makes one here alone with ClientOnly, keys and all', async () => {
    const [made] = await newCimInstance({
      ClassName: 'X_Lamp',
      Namespace: 'root/x',
      Property: { Name: 'one', Power: 40 },
      Key: 'name',
      ClientOnly: true,
    });
    expect(String(made)).toBe('X_Lamp (Name = "one")');
    expect(made?.cimSystemProperties).toMatchObject({ namespace: 'root/x', className: 'X_Lamp' });
  });

  it('takes a Date, bytes and a Secret, as its types say, and prints no secret', async () => {
    const [made] = await newCimInstance({
      ClassName: 'X_Lamp',
      Property: {
        Since: new Date('2026-11-24T08:00:00Z'),
        Nights: [new Date('2026-11-25T08:00:00Z')],
        Bytes: new Uint8Array([1, 255]),
        Pin: new Secret('hush'),
      },
      ClientOnly: true,
    });
    const properties = [...(made?.cimInstanceProperties ?? [])];
    expect(properties.map(({ name, cimType, isArray }) => [name, cimType, isArray])).toEqual([
      ['Since', 'datetime', false],
      ['Nights', 'datetime', true],
      ['Bytes', 'uint8', true],
      ['Pin', 'string', false],
    ]);
    expect(JSON.parse(JSON.stringify(made))).toEqual({
      Since: '2026-11-24T08:00:00.000000Z',
      Nights: ['2026-11-25T08:00:00.000000Z'],
      Bytes: [1, 255],
      Pin: '[redacted]',
    });
    expect(made && writeInstance(made)).toContain('>hush<');
  });

  it('gives what the server has then', async () => {
    const fake = new FakeCimSession('a', {
      createInstance: () => lamp('one', fake),
      getInstance: () => lamp('whole', fake),
    });
    const made = await newCimInstance({ CimClass: lampClass, Property: { Name: 'one' }, CimSession: fake.session });
    expect(made.map((item) => propertiesOf(item)['Name'])).toEqual(['whole']);
    expect(fake.operations).toEqual(['createInstance', 'getInstance']);
  });

  it('gives the keys where the server gives no single instances', async () => {
    const fake = new FakeCimSession('a', {
      createInstance: () => lamp('keys', fake),
      getInstance: () => {
        throw new CimException('no', { nativeErrorCode: 'NotSupported' });
      },
    });
    const made = await newCimInstance({ CimClass: lampClass, Property: { Name: 'one' }, CimSession: fake.session });
    expect(made.map((item) => propertiesOf(item)['Name'])).toEqual(['keys']);
  });

  // learn.microsoft.com, New-CimInstance: -Key is optional in every parameter set.
  it('needs no Key: what the server says where it is, or what was written, is not a failure', async () => {
    const fake = new FakeCimSession('a', {
      createInstance: ({ instance }: { readonly instance: CimInstance }) => instance,
      getInstance: () => {
        throw invalidArgument('X_Lamp', 'instance', 'Its class is not known, and so not its keys.');
      },
    });
    const made = await newCimInstance({ ClassName: 'X_Lamp', Property: { Name: 'one' }, CimSession: fake.session });
    expect(made.map((item) => propertiesOf(item)['Name'])).toEqual(['one']);
  });

  it('gives the keys of what it has created, and the error, when it cannot be got for another reason', async () => {
    const fake = new FakeCimSession('a', {
      createInstance: () => lamp('keys', fake),
      getInstance: () => {
        throw denied;
      },
    });
    const result = newCimInstance({ CimClass: lampClass, Property: { Name: 'one' }, CimSession: fake.session });
    const error = (await rejectionOf(result)) as CmdletError<CimInstance>;
    expect(error.output.map((item) => propertiesOf(item)['Name'])).toEqual(['keys']);
    expect(error.errors.map(({ exception }) => exception)).toEqual([denied]);
  });
});

describe('Invoke-CimMethod', () => {
  const answers = {
    invokeMethod: async ({ onOutput }: Pick<MethodInvocation, 'onOutput'>) => {
      await onOutput?.({ type: 'item', parameterName: 'Found', itemType: 'string', itemValue: 'x' });
      return { returnValue: 3, outParameters: { Left: 7n } };
    },
  };

  it('gives streamed values, then the result with its out parameters', async () => {
    const fake = new FakeCimSession('a', answers);
    const output = await invokeCimMethod({
      ClassName: 'X_Lamp',
      MethodName: 'Blink',
      Arguments: { Times: 2 },
      CimSession: fake.session,
    });
    expect(output).toEqual([
      { ParameterName: 'Found', ItemType: 'string', ItemValue: 'x', PSComputerName: 'a' },
      { ReturnValue: 3, Left: 7n, PSComputerName: 'a' },
    ]);
    expect(fake.asked[0]?.request).toMatchObject({ className: 'X_Lamp', method: 'Blink', parameters: { Times: 2 } });
  });

  it('calls plainly with enhanced: false', async () => {
    const fake = new FakeCimSession('a', { invokeMethod: () => ({ returnValue: 0, outParameters: {} }) });
    const parameters = { InputObject: lamp('one', fake), MethodName: 'Blink' };
    expect(await invokeCimMethod(parameters, { enhanced: false })).toEqual([{ ReturnValue: 0, PSComputerName: 'a' }]);
    expect(fake.asked[0]?.request).not.toHaveProperty('promptUser');
  });

  it('names the method and the instance when it asks', async () => {
    const fake = new FakeCimSession('a', answers);
    const result = invokeCimMethod({ InputObject: lamp('one', fake), MethodName: 'Blink', WhatIf: true });
    await result;
    expect(result.whatIfTexts).toEqual([
      'What if: Performing the operation "Invoke-CimMethod: Blink" on target "X_Lamp (Name = "one")".',
    ]);
    expect(fake.asked).toEqual([]);
  });
});

describe('the others', () => {
  it('Get-CimClass takes a name, or filters all classes', async () => {
    const fake = new FakeCimSession('a', {
      getClass: () => ({ ...lampClass, cimClassQualifiers: [] }),
      enumerateClasses: () =>
        ['X_Lamp', 'X_Wire', 'Y_Lamp'].map((className) => ({ ...lampClass, className, cimClassQualifiers: [] })),
    });
    await getCimClass({ ClassName: 'X_Lamp', CimSession: fake.session });
    const some = await getCimClass({ ClassName: 'x_*', MethodName: 'bl?nk', CimSession: fake.session });
    expect(some.map(({ className }) => className)).toEqual(['X_Lamp', 'X_Wire']);
    expect(await getCimClass({ PropertyName: 'Colour', CimSession: fake.session })).toEqual([]);
    expect(fake.operations).toEqual(['getClass', 'enumerateClasses', 'enumerateClasses']);
  });

  it('Get-CimAssociatedInstance', async () => {
    const fake = new FakeCimSession('a', { enumerateAssociatedInstances: () => [lamp('two')] });
    const InputObject = lamp('one', fake);
    await getCimAssociatedInstance({ InputObject, Association: 'X_Wire', ResultClassName: 'X_Lamp', KeyOnly: true });
    expect(fake.asked[0]?.request).toMatchObject({
      instance: InputObject,
      associationClassName: 'X_Wire',
      resultClassName: 'X_Lamp',
      keysOnly: true,
    });
  });

  it('Register-CimIndicationEvent ends after MaxTriggerCount indications of each server, and unsubscribes', async () => {
    const left: string[] = [];
    const serverOf = (name: string) =>
      new FakeCimSession(name, {
        async *subscribe() {
          try {
            for (;;) yield { instance: lamp('flash'), machineId: name, action: undefined };
          } finally {
            left.push(name);
          }
        },
      }).session;
    const CimSession = [serverOf('a'), serverOf('b')];
    const events = await registerCimIndicationEvent({ ClassName: 'X_Flash', CimSession, MaxTriggerCount: 2 });
    expect(events.map(({ MachineId }) => MachineId).sort()).toEqual(['a', 'a', 'b', 'b']);
    expect(left.sort()).toEqual(['a', 'b']);
  });

  it('Register-CimIndicationEvent gives indications until the loop is left', async () => {
    let left = false;
    const fake = new FakeCimSession('a', {
      async *subscribe() {
        try {
          for (;;) yield { instance: lamp('flash'), machineId: undefined, action: undefined };
        } finally {
          left = true;
        }
      },
    });
    let seen = 0;
    for await (const { NewEvent, MachineId } of registerCimIndicationEvent({
      ClassName: 'X_Flash',
      CimSession: fake.session,
    })) {
      expect([String(NewEvent), MachineId]).toEqual(['X_Lamp (Name = "flash")', 'a']);
      seen += 1;
      if (seen === 3) break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(left).toBe(true);
    expect(fake.asked[0]?.request).toMatchObject({ query: 'select * from X_Flash', namespace: 'root/cimv2' });
  });
});

describe('the list of sessions', () => {
  const listed = (id: number, name: string, computerName: string) => ({
    id,
    name,
    computerName,
    instanceId: `0000000${id}-0000-0000-0000-000000000000`,
    isClosed: false,
    async close() {
      this.isClosed = true;
    },
  });

  function three() {
    const sessions = new CimSessionList();
    for (const session of [listed(1, 'first', 'a'), listed(2, 'second', 'a'), listed(3, 'third', 'b')]) {
      sessions.add(session);
      sessions.add(session);
    }
    return sessions;
  }

  it.each([
    [{}, [1, 2, 3]],
    [{ ComputerName: 'A' }, [1, 2]],
    [{ Id: [3, 1] }, [3, 1]],
    [{ Name: ['s*', 'second'] }, [2]],
    [{ InstanceId: '00000003-0000-0000-0000-000000000000' }, [3]],
    [{ Name: 'nobody*' }, []],
  ])('Get-CimSession %j', async (parameters, ids) => {
    const found = await getCimSession(parameters, { sessions: three() });
    expect(found.map(({ id }) => id)).toEqual(ids);
  });

  it('says which session there is not, and gives the others', async () => {
    const error = (await rejectionOf(getCimSession({ Id: [2, 9] }, { sessions: three() }))) as CmdletError;
    expect(error.output).toMatchObject([{ id: 2 }]);
    expect(error.message).toMatch(/no open session with the Id 9/);
  });

  it('Remove-CimSession closes, after it has asked', async () => {
    const sessions = three();
    await removeCimSession({ ComputerName: 'a' }, { sessions });
    expect([...sessions].map(({ id }) => id)).toEqual([3]);
    const result = removeCimSession({ Name: '*', WhatIf: true }, { sessions });
    await result;
    expect(result.whatIfTexts).toEqual([
      'What if: Performing the operation "Remove CimSession" on target "CimSession id = 3, name = third (b)".',
    ]);
    expect([...sessions]).toHaveLength(1);
  });

  it('Remove-CimSession closes the others when one cannot be closed, and reports that', async () => {
    const sessions = new CimSessionList();
    const stuck = {
      ...listed(1, 'stuck', 'a'),
      close: () => Promise.reject(new Error('The transport does not let go.')),
    };
    for (const session of [stuck, listed(2, 'second', 'b')]) sessions.add(session);
    const error = (await rejectionOf(removeCimSession({ Name: '*' }, { sessions }))) as CmdletError;
    expect(error.errors.map(({ message }) => message)).toEqual(['The transport does not let go.']);
    expect([...sessions].map(({ id }) => id)).toEqual([1]);
  });

  it('New-CimSession leaves no session behind when the call was over before it could be given', async () => {
    const sessions = new CimSessionList();
    const opened = { ...listed(1, 'late', 'a'), invokeMethod: () => Promise.reject(denied) };
    const abort = new AbortController();
    const testConnection = async () => abort.abort();
    const result = invokeCmdlet(
      newCimSessionDefinition,
      { ComputerName: 'a' },
      {
        sessions,
        signal: abort.signal,
        sessionFactory: async () => Object.assign(opened, { testConnection }),
      },
    );
    expect(await rejectionOf(result)).toMatchObject({ code: 'ERR_ABORTED' });
    await new Promise((resolve) => setImmediate(resolve));
    expect([opened.isClosed, [...sessions]]).toEqual([true, []]);
  });
});
