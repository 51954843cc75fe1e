import { describe, expect, it, jest } from '@jest/globals';
import { CimletError } from 'cimlet';
import { fleetDescription } from 'cimlet/emulator';
import { LockOutGuard } from '../../../examples/console/engine/guard.js';
import { passwordOf, SIGN_IN, startFixture } from '../console-fixture.js';
import { resultOf, runToEnd } from '../engine-run.js';

const ADMIN = 'CONTOSO\\dhcpadmin';

describe('rule 19: the lock-out guard', () => {
  it('rule 19: a wrong password over 1,000 servers is one logon at the lab', async () => {
    const { engine, lab } = await startFixture(fleetDescription(1000));
    const { how, problem } = await runToEnd(engine, 'signIn', {
      ...SIGN_IN,
      how: 'password',
      user: ADMIN,
      password: 'wrong',
    });
    expect([how, problem?.code, problem?.changed]).toEqual(['failed', 'ERR_AUTHENTICATION', 'nothing']);
    const fleet = await runToEnd(engine, 'fleet', { servers: null });
    expect(fleet.problem?.code).toBe('NOT_SIGNED_IN');
    expect(lab.users.logons(ADMIN)).toBe(1);
  });

  it('rule 19: a server that is silent is passed over, and sees no credential', async () => {
    const fixture = await startFixture();
    const { engine, lab } = fixture;
    const [first] = lab.servers;
    if (first === undefined) throw new Error('no server');
    lab.powerOff(first.name);
    const state = await resultOf(engine, 'signIn', passwordOf(fixture, ADMIN));
    expect(state.signedIn?.account).toBe(ADMIN);
    expect(lab.users.logons(ADMIN)).toBe(1);
  });

  it('rule 19: no logon goes to a server that is not in the list, whoever names it', async () => {
    const fixture = await startFixture();
    const { engine, lab } = fixture;
    for (const how of ['password', 'remembered', 'ticket'] as const) {
      const params = { ...passwordOf(fixture, ADMIN), how, server: 'attacker.example' };
      const { problem } = await runToEnd(engine, 'signIn', params);
      expect([how, problem?.code, problem?.what]).toEqual([
        how,
        'NOT_FOUND',
        'attacker.example is not in the list of servers, so that it is not asked.',
      ]);
    }
    expect(lab.users.logons(ADMIN)).toBe(0);
    const [first] = lab.servers;
    const spelled = { ...passwordOf(fixture, ADMIN), server: first?.name.toUpperCase() ?? '' };
    expect((await resultOf(engine, 'signIn', spelled)).signedIn?.account).toBe(ADMIN);
  });

  it('rule 19: a password that ends in the middle is not carried from server to server', async () => {
    const fixture = await startFixture(fleetDescription(200));
    const { engine, lab } = fixture;
    const known = await resultOf(engine, 'signIn', passwordOf(fixture, ADMIN));
    expect(known.signedIn).not.toBeNull();
    // The account gets another password: every new logon with the old one is a wrong one from here on.
    const account = lab.users.find(ADMIN);
    if (account === undefined) throw new Error('no account');
    Reflect.set(account, 'password', { reveal: () => 'changed' });
    const before = lab.users.logons(ADMIN);
    const fleet = await runToEnd(engine, 'fleet', { servers: null });
    expect(fleet.rows).toHaveLength(200);
    // The one that was refused, and one at the server that had accepted it; on a machine so slow that a refusal takes five seconds, one more.
    expect(lab.users.logons(ADMIN) - before).toBeGreaterThanOrEqual(2);
    expect(lab.users.logons(ADMIN) - before).toBeLessThanOrEqual(3);
    const again = lab.users.logons(ADMIN);
    expect((await resultOf(engine, 'state', {})).signedIn).toBeNull();
    expect((await runToEnd(engine, 'fleet', { servers: null })).problem?.code).toBe('NOT_SIGNED_IN');
    expect(lab.users.logons(ADMIN)).toBe(again);
  });

  it('rule 19: one server that refuses is left out while the first one still accepts, and the others are asked on', async () => {
    let proofs = 0;
    const guard = new LockOutGuard(async () => {
      proofs += 1;
    });
    guard.accept('a');
    const refusal = () => Promise.reject(new CimletError('ERR_AUTHENTICATION', 'The logon was refused.'));
    await expect(guard.use('b', refusal)).rejects.toThrow('The logon was refused.');
    expect(await guard.use('c', async () => 'said')).toBe('said');
    // It is not asked again, whatever the work would be.
    await expect(guard.use('b', async () => 'said')).rejects.toThrow('The logon was refused.');
    expect([proofs, guard.ended]).toEqual([1, undefined]);
  });

  it('rule 19: what waits for its turn is not begun any more when the logon has ended', async () => {
    const guard = new LockOutGuard(() =>
      Promise.reject(new CimletError('ERR_AUTHENTICATION', 'Refused here as well.')),
    );
    let begun = 0;
    const work = async () => {
      begun += 1;
      throw new CimletError('ERR_AUTHENTICATION', 'The logon was refused.');
    };
    const all = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map((server) => guard.use(server, work)));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    expect([begun, guard.ended?.code]).toEqual([1, 'NOT_SIGNED_IN']);
  });

  it('a server that says nothing keeps the others waiting for five seconds, not for its whole time', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    try {
      const guard = new LockOutGuard(async () => undefined);
      let answer: (said: string) => void = () => undefined;
      const silent = guard.use('silent', () => new Promise<string>((done) => (answer = done)));
      const others = Promise.all(['b', 'c'].map((server) => guard.use(server, async () => server)));
      await jest.advanceTimersByTimeAsync(5000);
      expect(await others).toEqual(['b', 'c']);
      answer('late');
      expect(await silent).toBe('late');
    } finally {
      jest.useRealTimers();
    }
  });
});
