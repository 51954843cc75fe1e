// The CIM cmdlets on sessions, envelopes and the emulator's enhanced operations.
import { describe, expect, it } from '@jest/globals';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import {
  type CimMethodOutput,
  getCimAssociatedInstance,
  getCimClass,
  getCimInstance,
  getCimSession,
  invokeCimMethod,
  newCimInstance,
  registerCimIndicationEvent,
  removeCimInstance,
  setCimInstance,
} from '../../lib/cim-cmdlets/index.js';
import type { ConfirmationPrompt } from '../../lib/cmdlet/contract/host.js';
import type { CmdletError } from '../../lib/cmdlet/result/cmdlet-error.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import { rejectionOf } from '../cmdlet/thrown-by.js';
import { propertiesOf } from '../support/values-of.js';

const A = 'dhcpserver.contoso.com';
const B = 'dhcpserver2.contoso.com';
const Namespace = 'root/cimlet/test';
const OPERATIONS = { ClassName: 'Cimlet_Operations', Namespace };

function start() {
  const lab = createLab({ testNamespace: true });
  const sessionOptions = {
    transport: ({ computerName }: { readonly computerName: string }) => lab.transport(computerName),
  };
  return { sessionOptions, session: () => newCimSession(A, sessionOptions) };
}

describe('instances', () => {
  it('are enumerated, queried and got anew, on several computers', async () => {
    const { sessionOptions } = start();
    const names = async (parameters: Parameters<typeof getCimInstance>[0]) =>
      (await getCimInstance<{ Name: string }>({ ...parameters, AsJob: false }, { sessionOptions }))
        .map(({ PSComputerName, Name }) => `${PSComputerName === A ? 'a' : 'b'} ${Name}`)
        .sort();
    const ClassName = 'Cimlet_Item';
    expect(await names({ ClassName, Namespace, ComputerName: [A, B] })).toEqual(
      ['a', 'b'].flatMap((at) => ['alpha', 'beta', 'delta', 'gamma'].map((name) => `${at} ${name}`)),
    );
    expect(await names({ ClassName, Namespace, CimSession: A, Filter: 'Size > 2' })).toEqual(['a delta', 'a gamma']);
    expect(
      await names({ Query: "select * from Cimlet_Item where Name like 'b%'", Namespace, ComputerName: B }),
    ).toEqual(['b beta']);
  });

  it('are those of the class alone with Shallow, whatever is asked for and although Windows does not listen', async () => {
    const { session } = start();
    await using CimSession = await session();
    const names = async (parameters: Parameters<typeof getCimInstance>[0]) =>
      (await getCimInstance<{ Name: string }>({ ...parameters, AsJob: false })).map(({ Name }) => Name).sort();
    const where = { Namespace, CimSession, Shallow: true };
    expect(await names({ ...where, ClassName: 'Cimlet_Item' })).toEqual(['alpha', 'beta', 'gamma']);
    expect(await names({ ...where, ClassName: 'cimlet_item', Filter: 'Size > 2' })).toEqual(['gamma']);
    expect(await names({ ...where, ClassName: 'Cimlet_Item', Property: 'Name' })).toEqual(['alpha', 'beta', 'gamma']);
    expect(await names({ ...where, Query: 'select Name from Cimlet_Item where Size > 2' })).toEqual(['gamma']);
    expect(await names({ ...where, ClassName: 'Cimlet_Thing' })).toEqual([]);
    const QueryDialect = 'urn:no:sql';
    await expect(names({ ...where, Query: 'everything', QueryDialect })).rejects.toThrow('Shallow');
  });

  it('are created, changed, and deleted, each where it came from', async () => {
    const { session } = start();
    await using a = await session();
    const [made] = await newCimInstance({
      ClassName: 'Cimlet_Item',
      Namespace,
      Property: { Name: 'omega', Size: 7n, Enabled: true },
      Key: 'Name',
      CimSession: a,
    });
    expect(made).toMatchObject({ Name: 'omega', Size: 7n, PSComputerName: A });
    if (made === undefined) throw new Error('none was made');
    const [changed] = await setCimInstance({ InputObject: made, Property: { Tags: ['x'] }, PassThru: true });
    expect(propertiesOf(changed)).toMatchObject({ Name: 'omega', Size: 7n, Tags: ['x'] });
    await removeCimInstance({ InputObject: made });
    expect(await rejectionOf(getCimInstance({ InputObject: made }))).toMatchObject({
      errors: [{ categoryInfo: { category: 'ObjectNotFound', activity: 'Get-CimInstance' } }],
    });
  });

  it('that a query finds are changed one by one', async () => {
    const { session } = start();
    await using a = await session();
    const Query = 'select * from Cimlet_Item where Size < 3';
    await setCimInstance({ Query, Namespace, Property: { Description: 'small' }, CimSession: a });
    const found = await getCimInstance<{ Name: string }>({
      ClassName: 'Cimlet_Item',
      Namespace,
      Filter: "Description = 'small'",
      CimSession: a,
    });
    expect(found.map(({ Name }) => Name)).toEqual(['alpha', 'beta']);
  });

  it('10,000 of them come page by page, and leaving the loop ends it', async () => {
    const { session } = start();
    await using a = await session();
    let sum = 0;
    for await (const { Number: n } of getCimInstance<{ Number: number }>({
      ClassName: 'Cimlet_Sequence',
      Namespace,
      CimSession: a,
    })) {
      sum += n;
      if (n === 4000) break;
    }
    expect(sum).toBe((4000 * 4001) / 2);
  });

  it('are followed across associations', async () => {
    const { session } = start();
    await using a = await session();
    const [red] = await getCimInstance({ ClassName: 'Cimlet_Group', Namespace, Filter: "Name = 'red'", CimSession: a });
    if (red === undefined) throw new Error('no group');
    const members = await getCimAssociatedInstance({
      InputObject: red,
      Association: 'Cimlet_GroupMember',
      ResultClassName: 'Cimlet_Item',
    });
    expect(members.map(String)).toEqual(['Cimlet_Item (Name = "alpha")', 'Cimlet_SpecialItem (Name = "delta")']);
  });
});

it('classes are found by what they have', async () => {
  const { session } = start();
  await using a = await session();
  const found = await getCimClass({ ClassName: 'Cimlet_*', Namespace, MethodName: 'Res*', CimSession: a });
  expect(found.map(({ className }) => className).sort()).toEqual(['Cimlet_Item', 'Cimlet_SpecialItem']);
});

describe('methods, while the server works', () => {
  it('stream', async () => {
    const { session } = start();
    await using a = await session();
    const output = await invokeCimMethod({
      ...OPERATIONS,
      MethodName: 'StreamNumbers',
      Arguments: { Count: 3, IntervalMs: 0 },
      CimSession: a,
    });
    expect(output).toMatchObject([
      { ParameterName: 'Numbers', ItemType: 'uint32', ItemValue: [0] },
      { ParameterName: 'Numbers', ItemValue: [1] },
      { ParameterName: 'Numbers', ItemValue: [2] },
      { ReturnValue: 0, PSComputerName: A },
    ]);
  });

  it('tell', async () => {
    const { session } = start();
    await using a = await session();
    const told: string[] = [];
    await invokeCimMethod(
      { ...OPERATIONS, MethodName: 'Talk', Arguments: { Text: 'hello' }, CimSession: a, Verbose: true, Debug: true },
      {
        onWarning: ({ text }) => told.push(`warning ${text}`),
        onVerbose: ({ text }) => told.push(`verbose ${text}`),
        onDebug: ({ text }) => told.push(`debug ${text}`),
        onProgress: ({ operation }) => operation && told.push(`progress ${operation.percentComplete}`),
      },
    );
    expect(told).toEqual(
      expect.arrayContaining(['debug hello', 'verbose hello', 'warning hello', 'progress 0', 'progress 100']),
    );
  });

  it('ask: critical questions always, normal ones when Confirm asks', async () => {
    const { session } = start();
    await using a = await session();
    const prompts: ConfirmationPrompt[] = [];
    const host = {
      confirm: (prompt: ConfirmationPrompt) => {
        prompts.push(prompt);
        return prompts.length % 2 === 0 ? ('no' as const) : ('yes' as const);
      },
    };
    const ask = (more: Record<string, unknown>, critical: boolean) =>
      invokeCimMethod(
        {
          ...OPERATIONS,
          MethodName: 'Ask',
          Arguments: { Text: 'Sure?', Critical: critical, Times: 2 },
          CimSession: a,
          ...more,
        },
        { host },
      );
    expect(await ask({}, false)).toMatchObject([{ Yes: 2, No: 0 }]);
    expect(prompts).toEqual([]);
    expect(await ask({}, true)).toMatchObject([{ Yes: 1, No: 1 }]);
    expect(prompts.splice(0).map(({ kind, message }) => `${kind} ${message}`)).toEqual(Array(2).fill('critical Sure?'));
    expect(await ask({ Confirm: true }, false)).toMatchObject([{ Yes: 1, No: 1 }]);
    expect(prompts.map(({ message }) => message)).toEqual([
      // Which is the answer to the first of the two, too.
      expect.stringContaining('"Invoke-CimMethod: Ask"'),
      'Sure?',
    ]);
  });

  it('are stopped by a critical question without a host', async () => {
    const { session } = start();
    await using a = await session();
    const call = { ...OPERATIONS, MethodName: 'Ask', Arguments: { Text: 'Sure?', Critical: true }, CimSession: a };
    expect(await rejectionOf(invokeCimMethod(call))).toMatchObject({
      errors: [{ exception: { code: 'ERR_CONFIRMATION_REQUIRED' } }],
    });
  });

  it('fail in part, and go on or stop as ErrorAction says', async () => {
    const { session } = start();
    await using a = await session();
    const call = {
      ...OPERATIONS,
      MethodName: 'FailSome',
      Arguments: { Items: ['a', 'bad 1', 'b', 'bad 2', 'c'] },
      CimSession: a,
    };
    const done = (output: readonly unknown[]) =>
      (output as { ItemValue?: readonly string[] }[]).flatMap(({ ItemValue }) => ItemValue ?? []);
    const error = (await rejectionOf(invokeCimMethod(call))) as CmdletError;
    expect(done(error.output)).toEqual(['a', 'b', 'c']);
    expect(error.errors.map(({ message }) => message)).toEqual([
      'The item bad 1 is not valid.',
      'The item bad 2 is not valid.',
    ]);
    const stopped = (await rejectionOf(invokeCimMethod({ ...call, ErrorAction: 'Stop' }))) as CmdletError;
    expect(done(stopped.output)).toEqual(['a']);
    expect(stopped.errors).toHaveLength(1);
  });

  it('can be called plainly', async () => {
    const { session } = start();
    await using a = await session();
    const call = { ...OPERATIONS, MethodName: 'StreamNumbers', Arguments: { Count: 2, IntervalMs: 0 }, CimSession: a };
    const [result] = (await invokeCimMethod(call, { enhanced: false })) as CimMethodOutput[];
    expect(result).toMatchObject({ ReturnValue: 0, Numbers: [0, 1] });
  });
});

it('indications come while somebody iterates', async () => {
  const { session } = start();
  await using a = await session();
  const raise = (n: number) =>
    invokeCimMethod({ ...OPERATIONS, MethodName: 'RaiseEvent', Arguments: { Text: 'x', Number: n }, CimSession: a });
  const events = registerCimIndicationEvent({ ClassName: 'Cimlet_Event', Namespace, CimSession: a });
  const seen: unknown[] = [];
  // A subscription takes its time to be there; until then events pass it by.
  const timer = setInterval(() => void raise(seen.length), 5);
  try {
    for await (const { NewEvent, MachineId } of events) {
      seen.push([propertiesOf(NewEvent)['Text'], MachineId]);
      if (seen.length === 2) break;
    }
  } finally {
    clearInterval(timer);
  }
  expect(seen).toEqual([
    ['x', A],
    ['x', A],
  ]);
});

it('Get-CimSession lists what newCimSession opened, until it is closed', async () => {
  const { session } = start();
  const mine = await session();
  const isListed = async () => (await getCimSession({})).includes(mine);
  expect(await isListed()).toBe(true);
  await mine.close();
  expect(await isListed()).toBe(false);
});
