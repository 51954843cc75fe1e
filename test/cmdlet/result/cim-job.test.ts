import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { CimletError } from '../../../lib/base/errors.js';
import { invokeCmdletAsJob } from '../../../lib/cmdlet/invoke.js';
import { addFailover, getFailover, removeFailover } from '../definitions.js';
import { deferred, FakeSession, returns, settle } from '../fake-session.js';
import { thrownBy } from '../thrown-by.js';

/** A session whose answer is given by hand. */
function held(name: string) {
  const answer = deferred<string>();
  const session = new FakeSession(name, async () => returns([await answer.promise]));
  return { session, answer };
}

const start = (sessions: FakeSession[], more = {}) =>
  invokeCmdletAsJob<string>(getFailover, { CimSession: sessions, AsJob: true, ...more });

describe('CimJob', () => {
  it('goes from Running to Completed, its children from NotStarted', async () => {
    const [a, b] = [held('a'), held('b')];
    const job = start([a.session, b.session], { ThrottleLimit: 1 });
    await settle();
    expect(job.state).toBe('Running');
    expect(job.childJobs.map(({ location, state }) => [location, state])).toEqual([
      ['a', 'Running'],
      ['b', 'NotStarted'],
    ]);
    a.answer.resolve('one');
    await settle();
    expect(job.childJobs.map(({ state }) => state)).toEqual(['Completed', 'Running']);
    expect(job.progress).toEqual({ completed: 1, total: 2 });
    expect(job.hasMoreData).toBe(true);
    b.answer.resolve('two');
    expect(await job.wait()).toBe('Completed');
    expect(job.receive()).toEqual(['one', 'two']);
    expect(job.hasMoreData).toBe(false);
    expect(job.endTime).toBeInstanceOf(Date);
    expect(job.location).toBe('a,b');
  });

  // SessionBasedWrapper.cs adds every child before the job is handed out.
  it('has a child for each session from the first moment, and none that was not begun stays behind', async () => {
    const all = Array.from({ length: 40 }, (_, at) => held(`server${at}`));
    const job = start(
      all.map(({ session }) => session),
      { ThrottleLimit: 2 },
    );
    expect(job.childJobs.map(({ location }) => location)).toEqual(all.map(({ session }) => session.computerName));
    expect(job.progress).toEqual({ completed: 0, total: 40 });
    await settle();
    await job.stop();
    expect(new Set(job.childJobs.map(({ state }) => state))).toEqual(new Set(['Stopped']));
  });

  it('has a name and an id of its own, like its children', async () => {
    const job = start([held('a').session]);
    const other = start([held('b').session]);
    await settle();
    expect(job.name).toMatch(/^CimJob\d+$/);
    expect(
      new Set([job.id, other.id, ...job.childJobs.map(({ id }) => id), ...other.childJobs.map(({ id }) => id)]).size,
    ).toBe(4);
    expect(job.instanceId).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(new Set([job, other, ...job.childJobs].map(({ instanceId }) => instanceId)).size).toBe(3);
    expect(job.command).toBe('Get-DhcpServerv4Failover');
    await Promise.all([job.stop(), other.stop()]);
  });

  it('gives its output once, or again and again with keep', async () => {
    const [a, b] = [held('a'), held('b')];
    const job = start([a.session, b.session]);
    b.answer.resolve('two');
    await settle();
    expect(job.receive({ keep: true })).toEqual(['two']);
    expect(job.receive({ keep: true })).toEqual(['two']);
    expect(job.receive()).toEqual(['two']);
    expect(job.receive()).toEqual([]);
    a.answer.resolve('one');
    await job.wait();
    expect(job.childJobs[0]?.receive()).toEqual(['one']);
    expect(job.receive()).toEqual([]);
  });

  it('fails when a child fails, and keeps what the others gave', async () => {
    const [a, b] = [held('a'), held('b')];
    const job = start([a.session, b.session]);
    a.answer.resolve('one');
    b.answer.reject(new CimletError('ERR_PROTOCOL', 'no'));
    expect(await job.wait()).toBe('Failed');
    expect(job.childJobs.map(({ state, errors }) => [state, errors.length])).toEqual([
      ['Completed', 0],
      ['Failed', 1],
    ]);
    // cimChildJobBase.cs: StatusMessage is the state, and the state's Reason the exception.
    expect(job.childJobs.map(({ statusMessage, reason }) => [statusMessage, reason?.message])).toEqual([
      ['Completed', undefined],
      ['Failed', 'no'],
    ]);
    expect(job.statusMessage).toBe('Failed');
    expect(job.errors.map((record) => record.PSComputerName)).toEqual(['b']);
    expect(job.receive()).toEqual(['one']);
  });

  it('stops: what runs is aborted, what waits is not begun, and there is no error', async () => {
    const [a, b] = [held('a'), held('b')];
    const job = start([a.session, b.session], { ThrottleLimit: 1 });
    await settle();
    const stopping = job.stop();
    expect(job.state).toBe('Stopping');
    expect(job.childJobs[0]?.state).toBe('Stopping');
    await stopping;
    expect(job.state).toBe('Stopped');
    expect(job.childJobs.map(({ state }) => state)).toEqual(['Stopped', 'Stopped']);
    expect(a.session.requests[0]?.deadline?.reason?.code).toBe('ERR_ABORTED');
    expect(b.session.requests).toHaveLength(0);
    expect(job.errors).toEqual([]);
    await job.stop();
    expect(job.state).toBe('Stopped');
  });

  it('waits for a time that does not stop it', async () => {
    const a = held('a');
    const job = start([a.session]);
    expect(await job.wait({ timeoutMs: 1 })).toBe('Running');
    a.answer.resolve('one');
    expect(await job.wait({ timeoutMs: 60_000 })).toBe('Completed');
    await expect(job.wait({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });

  it('waits for longer than a timer of Node can, and refuses a time that is not a valid one', async () => {
    const a = held('a');
    const job = start([a.session]);
    const waiting = job.wait({ timeoutMs: 2 ** 31 });
    expect(await Promise.race([waiting, job.wait({ timeoutMs: 20 }).then(() => 'still waiting')])).toBe(
      'still waiting',
    );
    a.answer.resolve('one');
    expect(await waiting).toBe('Completed');
    for (const timeoutMs of [-1, Number.NaN]) {
      await expect(job.wait({ timeoutMs })).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    }
  });

  it('reports its own abort as its reason', async () => {
    const controller = new AbortController();
    const job = invokeCmdletAsJob(getFailover, { CimSession: held('a').session }, { signal: controller.signal });
    await settle();
    controller.abort();
    expect(await job.wait()).toBe('Failed');
    expect(job.reason).toMatchObject({ code: 'ERR_ABORTED' });
  });

  it.each(['WhatIf', 'Confirm'])('is refused with %s', (name) => {
    const session = new FakeSession('a');
    const error = thrownBy(() =>
      invokeCmdletAsJob(removeFailover, {
        CimSession: session,
        Name: 'a',
        AsJob: true,
        Force: true,
        Confirm: false,
        [name]: true,
      }),
    );
    expect(error.message).toContain(`AsJob and ${name} cannot be given together`);
    expect(session.requests).toHaveLength(0);
  });

  it('throws what does not bind or cannot be asked, before anything runs', () => {
    expect(thrownBy(() => invokeCmdletAsJob(getFailover, { Nmae: 1 })).name).toBe('ParameterBindingError');
    expect(thrownBy(() => invokeCmdletAsJob(removeFailover, { Name: 'a' }))).toMatchObject({
      code: 'ERR_CONFIRMATION_REQUIRED',
    });
  });

  it('shows no secret', async () => {
    const parameters = {
      CimSession: new FakeSession('a'),
      Name: 'a',
      PartnerServer: 'b',
      ScopeId: '10.0.0.0',
      SharedSecret: 'sEcReT-7f3a',
      Force: true,
    };
    const job = invokeCmdletAsJob(addFailover, parameters);
    await job.wait();
    expect(inspect(job, { depth: 9, showHidden: true }) + JSON.stringify(job)).not.toContain('sEcReT-7f3a');
  });

  it('is stopped by await using', async () => {
    const a = held('a');
    const job = start([a.session]);
    await settle();
    await job[Symbol.asyncDispose]();
    expect(job.state).toBe('Stopped');
  });
});
