import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLab } from '../../lib/emulator/lab/lab.js';
import fc from '../fast-check.js';
import { fuzzRuns } from '../fuzz-runs.js';
import { callOf, LAB_SERVER, startServe } from './serve-harness.js';

const SCOPES = 300;

/** All cases alike: a length that is left to the generator is six lines and not fifty. */
const LINES_A_CASE = 50;

/** A lab whose first server has many scopes. */
function largeLab() {
  const scopes = Array.from({ length: SCOPES }, (_, index) => ({
    scopeId: `10.${100 + Math.floor(index / 250)}.${index % 250}.0`,
    subnetMask: '255.255.255.0',
    name: `Scope ${index}`,
    startRange: `10.${100 + Math.floor(index / 250)}.${index % 250}.10`,
    endRange: `10.${100 + Math.floor(index / 250)}.${index % 250}.20`,
  }));
  return createLab({ servers: [{ name: LAB_SERVER, address: '10.10.10.1', scopes }] });
}

describe('serve', () => {
  it('says first who speaks', async () => {
    await using run = await startServe();
    const { payload } = await run.reply('0', 'h');
    expect(payload).toMatchObject({ protocol: '1', version: '1.2.3', node: process.versions.node });
  });

  it('takes no call before it knows that the other side speaks its protocol', async () => {
    await using run = await startServe({ isGreeted: false });
    run.send(callOf('a.1', 'Get-DhcpServerVersion'));
    expect((await run.ended('a.1')).map(({ kind }) => kind)).toEqual(['e', 'x']);
    run.send({ protocol: 1 }, callOf('a.2', 'Get-DhcpServerVersion'));
    expect((await run.ended('a.2')).map(({ kind }) => kind)).toEqual(['c', 'o', 'x']);
  });

  it('ends with code 2 where the other side speaks another protocol', async () => {
    await using run = await startServe({ isGreeted: false });
    run.send({ protocol: 2 });
    expect(await run.code).toBe(2);
    expect(JSON.stringify(run.replies.at(-1)?.payload)).toContain('Protocol 2 is not spoken here');
  });

  it('gives instances as a header and rows of texts in its order, with the computer', async () => {
    await using run = await startServe();
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', { ScopeId: '10.10.10.0' }));
    const [header, rows] = await run.ended('a.1');
    const texts = header?.payload as string[];
    expect(texts.slice(0, 4)).toEqual(['root/Microsoft/Windows/DHCP', 'DhcpServerv4Scope', 'ScopeId', 'string']);
    const [row = []] = (rows?.payload ?? []) as (string | null)[][];
    const column = (name: string) => row[(texts.indexOf(name) - 2) / 2];
    // 8 days in ticks of 100 ns; the widths are those of the class.
    expect([column('ScopeId'), column('LeaseDuration'), column('ActivatePolicies'), column('SuperscopeName')]).toEqual([
      '10.10.10.0',
      't6912000000000',
      '1',
      null,
    ]);
    expect(row.slice(-2)).toEqual([LAB_SERVER, null]);
  });

  it('goes on after lines that are none, and names the call where it can', async () => {
    await using run = await startServe({ limits: { lineBytes: 1000 } });
    run.send('garbage', '{"id":"a.1","cmdlet":"Get-X"}', 'x'.repeat(2000), callOf('a.2', 'Get-Nothing'));
    run.send(callOf('a.3', 'Get-DhcpServerVersion'));
    expect((await run.ended('a.3')).map(({ kind }) => kind)).toEqual(['c', 'o', 'x']);
    const errors = run.replies.filter(({ kind }) => kind === 'e');
    expect(errors.map(({ id, payload }) => [id, (payload as { message: string }).message])).toEqual([
      ['0', 'A line is not JSON.'],
      ['a.1', '"scope" is not a name of 1 to 64 letters, digits and points.'],
      ['0', 'A line is longer than 1000 bytes.'],
      ['a.2', 'There is no cmdlet of this name.'],
    ]);
  });

  it('sends no more lines than there is credit for, and the others when it comes', async () => {
    await using run = await startServe({ lab: largeLab() });
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', {}, { credit: 1 }), callOf('a.2', 'Get-DhcpServerVersion'));
    await run.ended('a.2');
    const rows = () =>
      run.replies.flatMap(({ id, kind, payload }) => (id === 'a.1' && kind === 'o' ? (payload as unknown[]) : []));
    const lines = () => run.replies.filter(({ id, kind }) => id === 'a.1' && kind === 'o').length;
    expect([lines(), run.replies.some(({ id, kind }) => id === 'a.1' && kind === 'x')]).toEqual([1, false]);
    run.send({ id: 'a.1', credit: SCOPES });
    await run.ended('a.1');
    expect(rows()).toHaveLength(SCOPES);
  });

  it('sends a line for each credit, to the last one, when they come one by one', async () => {
    const output = new PassThrough();
    await using run = await startServe({ lab: largeLab(), output });
    output.on('data', (chunk: Buffer) => {
      for (const _ of chunk.toString().matchAll(/^a\.1 o /gm)) run.send({ id: 'a.1', credit: 1 });
    });
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', {}, { credit: 1 }));
    const rows = (await run.ended('a.1')).flatMap(({ kind, payload }) => (kind === 'o' ? (payload as unknown[]) : []));
    expect(rows).toHaveLength(SCOPES);
  });

  it('stops a call that waits for credit', async () => {
    await using run = await startServe({ lab: largeLab() });
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', {}, { credit: 1 }));
    await run.reply('a.1', 'o');
    run.send({ cancel: 'a.1' }, callOf('a.2', 'Get-DhcpServerVersion'));
    await run.ended('a.2');
    // The name is free again: the call has ended.
    run.send(callOf('a.1', 'Get-DhcpServerVersion'));
    await run.ended('a.1');
  });

  it('asks, and does what the answer says', async () => {
    await using run = await startServe({ answers: { 'a.1': 'no', 'a.2': 'yes' } });
    const exists = () => run.lab.servers[0]?.scopes.has('10.10.10.0');
    const parameters = { ScopeId: '10.10.10.0', Force: true, Confirm: true };
    run.send(callOf('a.1', 'Remove-DhcpServerv4Scope', parameters));
    expect((await run.ended('a.1')).at(-1)?.payload).toEqual({ declined: '1', failed: '0' });
    expect((await run.reply('a.1', 'q')).payload).toEqual(['normal', 'Confirm', expect.stringContaining('10.10.10.0')]);
    expect(exists()).toBe(true);
    run.send(callOf('a.2', 'Remove-DhcpServerv4Scope', parameters));
    expect((await run.ended('a.2')).filter(({ kind }) => kind === 'e')).toEqual([]);
    expect(exists()).toBe(false);
  });

  it('keeps sessions by scope until the scope ends', async () => {
    await using run = await startServe();
    run.send({ id: 'a.1', scope: 'a', cmdlet: 'New-CimSession', parameters: { ComputerName: [LAB_SERVER] } });
    await run.ended('a.1');
    const { instanceId } = (await run.reply('a.1', 'n')).payload as { instanceId: string };
    const list = async (id: string, scope: string) => {
      run.send({ id, scope, cmdlet: 'Get-CimSession', parameters: {} });
      return (await run.ended(id)).filter(({ kind }) => kind === 'n').length;
    };
    expect([await list('a.2', 'a'), await list('b.1', 'b')]).toEqual([1, 0]);
    const onSession = (id: string) => ({
      id,
      scope: 'b',
      cmdlet: 'Get-DhcpServerVersion',
      parameters: { CimSession: [{ session: instanceId, computer: LAB_SERVER }] },
    });
    run.send(onSession('b.2'));
    expect((await run.ended('b.2')).map(({ kind }) => kind)).toEqual(['c', 'o', 'x']);
    run.send({ end: 'a' }, onSession('b.3'));
    const [failure] = await run.ended('b.3');
    expect(failure?.payload).toMatchObject({ code: 'ERR_SESSION_CLOSED' });
  });

  const failover = { Name: 'F', PartnerServer: 'dhcpserver2.contoso.com', ScopeId: ['10.10.10.0'], Force: true };

  it.each<[what: string, cmdlet: string, parameters: object, answer: string | undefined]>([
    ['60 ticks', 'Add-DhcpServerv4Failover', { ...failover, MaxClientLeadTime: '00:00:00.0000060' }, 'WIN32 87'],
    [
      'an interval beside no transition',
      'Add-DhcpServerv4Failover',
      { ...failover, AutoStateTransition: false, StateSwitchInterval: '01:00:00' },
      undefined,
    ],
    ['nothing to change', 'Set-DhcpServerv4Failover', { Name: 'G' }, 'WIN32 87'],
    [
      'PartnerDown with another change',
      'Set-DhcpServerv4Failover',
      { Name: 'G', PartnerDown: true, MaxClientLeadTime: '02:00:00' },
      'WIN32 87',
    ],
    [
      'both percentages',
      'Set-DhcpServerv4Failover',
      { Name: 'G', LoadBalancePercent: '30', ReservePercent: '30' },
      'WIN32 87',
    ],
    [
      'a percentage of the other mode',
      'Set-DhcpServerv4Failover',
      { Name: 'G', Mode: 'LoadBalance', ReservePercent: '30', Force: true },
      'WIN32 87',
    ],
    [
      'null for a list that nothing validates',
      'Set-DhcpServerv4OptionDefinition',
      { OptionId: '3', DefaultValue: null },
      undefined,
    ],
  ])('leaves to the server what Windows’ module leaves to it: %s', async (_, cmdlet, parameters, answer) => {
    await using run = await startServe();
    const other = { ...failover, Name: 'G', ScopeId: ['10.20.20.0'] };
    run.send(callOf('a.1', 'Add-DhcpServerv4Failover', other));
    expect((await run.ended('a.1')).map(({ kind }) => kind)).toEqual(['x']);
    run.send(callOf('a.2', cmdlet, parameters));
    const failures = (await run.ended('a.2')).filter(({ kind }) => kind === 'e');
    expect(failures.map(({ payload }) => (payload as { fullyQualifiedErrorId: string }).fullyQualifiedErrorId)).toEqual(
      answer === undefined ? [] : [`${answer},${cmdlet}`],
    );
  });

  it.each<[what: string, cmdlet: string, parameters: object]>([
    ['a validator', 'Set-DhcpServerv4Failover', { Name: 'G', LoadBalancePercent: '101' }],
    ['a set', 'Add-DhcpServerv4Failover', { ...failover, LoadBalancePercent: '30', ReservePercent: '30' }],
    ['null for a list that must be given', 'Add-DhcpServerv4FailoverScope', { Name: 'G', ScopeId: null }],
    ['null for the names of computers', 'Get-CimInstance', { ClassName: 'DhcpServerv4Scope', ComputerName: null }],
  ])(
    'refuses what Windows’ module refuses, and what would reach another computer: %s',
    async (_, cmdlet, parameters) => {
      await using run = await startServe();
      run.send(callOf('a.1', cmdlet, parameters));
      const [failure] = await run.ended('a.1');
      expect([failure?.kind, failure?.payload]).toEqual(['e', expect.objectContaining({ binding: '1' })]);
    },
  );

  it('takes a partner for down by a piped relationship: what it brought along is no change', async () => {
    await using run = await startServe();
    run.send(callOf('a.1', 'Add-DhcpServerv4Failover', failover));
    await run.ended('a.1');
    const input = { Name: 'F', AutoStateTransition: false, MaxClientLeadTime: '01:00:00', Mode: 'LoadBalance' };
    run.lab.powerOff('dhcpserver2.contoso.com');
    run.send(callOf('a.2', 'Set-DhcpServerv4Failover', { PartnerDown: true, PassThru: true }, { input }));
    expect((await run.ended('a.2')).map(({ kind }) => kind)).toEqual(['c', 'o', 'x']);
  });

  it('ends with code 75 after idle time without sessions', async () => {
    await using run = await startServe({ limits: { idleMs: 20 } });
    expect(await run.code).toBe(75);
  });

  it('ends with code 0 at the end of its input, and stops what is under way', async () => {
    await using run = await startServe({ lab: largeLab() });
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', {}, { credit: 1 }));
    await run.reply('a.1', 'o');
    run.end();
    expect(await run.code).toBe(0);
  });

  it('refuses more calls at a time than it may have', async () => {
    await using run = await startServe({ lab: largeLab(), limits: { openCalls: 1 } });
    run.send(callOf('a.1', 'Get-DhcpServerv4Scope', {}, { credit: 1 }), callOf('a.2', 'Get-DhcpServerVersion'));
    const [failure] = await run.ended('a.2');
    expect(failure?.payload).toMatchObject({ message: '1 calls are under way already.' });
  });

  it('tells a shared secret in no line', async () => {
    await using run = await startServe();
    const secret = 'canary-5d1f';
    run.send(
      callOf('a.1', 'Add-DhcpServerv4Failover', {
        Name: 'F',
        PartnerServer: 'nowhere',
        ScopeId: ['1.2.3.0'],
        SharedSecret: secret,
        Verbose: true,
        Force: true,
      }),
    );
    run.send(callOf('a.2', 'Add-DhcpServerv4Failover', { Name: { secret }, SharedSecret: [secret, secret] }));
    run.send(`{"id":"a.3","cmdlet":"Get-X","parameters":{"SharedSecret":"${secret}"`);
    for (const id of ['a.1', 'a.2']) expect((await run.ended(id)).length).toBeGreaterThan(1);
    expect(JSON.stringify(run.replies)).not.toContain(secret);
  });

  it('answers every call of any lines with one end, and takes the next call', async () => {
    const name = fc.constantFrom('a.1', 'a.2', 'b', 's', 'x y', '');
    const cmdlet = fc.constantFrom(
      'Get-DhcpServerVersion',
      'Get-CimSession',
      'New-CimSessionOption',
      'Get-Nothing',
      'Remove-CimSession',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        LAB_SERVER,
        { session: 'x', computer: 'y' },
        { option: '1' },
        { table: { a: '1' } },
        { class: 1 },
        { userName: 'a', password: 'b' },
      ),
      fc.record({
        instance: fc.record({
          namespace: fc.string(),
          className: fc.string(),
          properties: fc.array(
            fc.tuple(
              fc.string(),
              fc.constantFrom('string', 'uint32', 'sint64[]', 'datetime', 'zzz'),
              fc.oneof(fc.string(), fc.constant(null)),
            ),
          ),
        }),
      }),
    );
    const parameters = fc.dictionary(
      fc.constantFrom('ComputerName', 'CimSession', 'Name', 'Id', 'UseSsl', 'WhatIf', 'Nonsense'),
      value,
    );
    const line = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
      fc.json(),
      fc
        .record(
          { id: name, scope: name, cmdlet, parameters, credit: fc.integer({ min: -1, max: 3 }) },
          { requiredKeys: ['id', 'cmdlet'] },
        )
        .map((one) => JSON.stringify(one)),
      fc
        .oneof(
          fc.record({ cancel: name }),
          fc.record({ end: name }),
          fc.record({ id: name, answer: fc.constantFrom('yes', 'no') }),
          fc.record({ id: name, credit: fc.nat(9) }),
        )
        .map((one) => JSON.stringify(one)),
    );
    await using run = await startServe();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: LINES_A_CASE, maxLength: LINES_A_CASE }), async (lines) => {
        count += 1;
        const id = `last.${count}`;
        run.send(...lines, { id, scope: 's', cmdlet: 'Get-CimSession', parameters: {} });
        const replies = await run.ended(id);
        expect(replies.map(({ kind }) => kind)).toEqual(['x']);
        // What has been looked at need not be kept.
        (run.replies as unknown[]).splice(0);
      }),
      { numRuns: Math.ceil(fuzzRuns(2000) / LINES_A_CASE) },
    );
  }, 3_600_000);
});
