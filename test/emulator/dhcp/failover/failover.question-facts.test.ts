// What the cmdlets of failover ask, and what keeps them from asking (failover-semantics 5).
import { expect, it } from '@jest/globals';
import type { InvocationOptions } from '../../../../lib/cmdlet/contract/invocation-options.js';
import {
  addDhcpServerv4Failover,
  addDhcpServerv4FailoverScope,
  getDhcpServerv4Failover,
  invokeDhcpServerv4FailoverReplication,
  removeDhcpServerv4Failover,
  removeDhcpServerv4FailoverScope,
  setDhcpServerv4Failover,
} from '../../../../lib/dhcp-server/index.js';
import { A, B, NAME, Pair, SCOPES } from '../../pair.js';

const [FIRST = '', SECOND = ''] = SCOPES;

/** Runs a cmdlet on a pair, which has a relationship of the first scope; a person answers each question with no. */
async function asked(run: (options: InvocationOptions<never>) => PromiseLike<unknown>) {
  const pair = new Pair();
  await pair.add({ ScopeId: [FIRST] });
  const before = pair.snapshot();
  const questions: string[] = [];
  await run({
    sessionOptions: { transport: ({ computerName }) => pair.lab.transport(computerName) },
    host: {
      confirm: ({ message }) => {
        questions.push(message);
        return 'no';
      },
    },
  });
  return { questions: questions.length, isChanged: pair.snapshot() !== before };
}

const kept = { questions: 1, isChanged: false };
const done = { questions: 0, isChanged: true };
const relationship = { CimSession: A, Name: 'other', PartnerServer: B, ScopeId: SECOND };

it('[HELP] 5 Add asks when a secret is given', async () => {
  expect(await asked((options) => addDhcpServerv4Failover({ ...relationship, SharedSecret: 's' }, options))).toEqual(
    kept,
  );
  expect(
    await asked((options) => addDhcpServerv4Failover({ ...relationship, SharedSecret: 's', Force: true }, options)),
  ).toEqual(done);
  expect(await asked((options) => addDhcpServerv4Failover(relationship, options))).toEqual(done);
});

it('[HELP] 5 Set asks when a secret or a mode is given', async () => {
  const set = { CimSession: A, Name: NAME };
  expect(await asked((options) => setDhcpServerv4Failover({ ...set, SharedSecret: 's' }, options))).toEqual(kept);
  expect(await asked((options) => setDhcpServerv4Failover({ ...set, Mode: 'HotStandby' }, options))).toEqual(kept);
  expect(
    await asked((options) => setDhcpServerv4Failover({ ...set, Mode: 'HotStandby', Force: true }, options)),
  ).toEqual(done);
  expect(await asked((options) => setDhcpServerv4Failover({ ...set, LoadBalancePercent: 60 }, options))).toEqual(done);
});

it('[WMI] 5 Remove always asks', async () => {
  expect(await asked((options) => removeDhcpServerv4Failover({ CimSession: A, Name: NAME }, options))).toEqual(kept);
  expect(
    await asked((options) => removeDhcpServerv4Failover({ CimSession: A, Name: NAME, Force: true }, options)),
  ).toEqual(done);
});

it('[HELP] 5 the removal of scopes always asks', async () => {
  const scopes = { CimSession: A, Name: NAME, ScopeId: FIRST };
  expect(await asked((options) => removeDhcpServerv4FailoverScope(scopes, options))).toEqual(kept);
  expect(await asked((options) => removeDhcpServerv4FailoverScope({ ...scopes, Force: true }, options))).toEqual(done);
});

it('[WMI] 5 a replication always asks', async () => {
  const all = { CimSession: A, Name: NAME };
  expect(await asked((options) => invokeDhcpServerv4FailoverReplication(all, options))).toEqual(kept);
  expect(
    await asked((options) => invokeDhcpServerv4FailoverReplication({ ...all, Force: true }, options)),
  ).toMatchObject({ questions: 0 });
});

it('looking and adding scopes ask nothing', async () => {
  expect(await asked((options) => getDhcpServerv4Failover({ CimSession: A }, options))).toEqual({
    questions: 0,
    isChanged: false,
  });
  expect(
    await asked((options) => addDhcpServerv4FailoverScope({ CimSession: A, Name: NAME, ScopeId: SECOND }, options)),
  ).toEqual(done);
});
