// A removal that was confirmed is not a forced one: with the partner away nothing happens on either server (failover-semantics 4.4, 4.6).
import { describe, expect, it } from '@jest/globals';
import type { CmdletHost, ConfirmationPrompt } from '../../lib/cmdlet/contract/host.js';
import type { InvocationOptions } from '../../lib/cmdlet/contract/invocation-options.js';
import { removeDhcpServerv4Failover, removeDhcpServerv4FailoverScope } from '../../lib/dhcp-server/index.js';
import { A, B, NAME, Pair, SCOPES } from '../emulator/pair.js';
import { labSessions, recordsOf } from './lab-sessions.js';

interface Approval {
  readonly how: string;
  readonly parameters: { readonly Confirm?: boolean; readonly Force?: boolean; readonly Verbose?: boolean };
  readonly host: boolean;
  readonly enhanced?: boolean;
}

const APPROVALS: readonly Approval[] = [
  { how: 'Confirm: false', parameters: { Confirm: false }, host: false },
  { how: 'a yes', parameters: {}, host: true },
  { how: 'a yes to Confirm: true', parameters: { Confirm: true }, host: true },
  { how: 'Force: false and a yes', parameters: { Force: false }, host: true },
  { how: 'Confirm: false, plainly', parameters: { Confirm: false }, host: false, enhanced: false },
  { how: 'a yes, plainly', parameters: {}, host: true, enhanced: false },
];

interface Removal {
  readonly cmdlet: string;
  readonly refusal: string;
  readonly remove: (parameters: Approval['parameters'], options: InvocationOptions) => PromiseLike<unknown>;
  /** Relationships (name, scopes) on A and on B, then scopes on A and on B, that are left. */
  readonly left: readonly unknown[];
}

const REMOVALS: readonly Removal[] = [
  {
    cmdlet: 'Remove-DhcpServerv4Failover',
    refusal: 'DHCP 20122',
    remove: (parameters, options) =>
      removeDhcpServerv4Failover({ ...parameters, ComputerName: A, Name: NAME }, options),
    left: [[], [], SCOPES, []],
  },
  {
    cmdlet: 'Remove-DhcpServerv4FailoverScope',
    // The state is looked at first.
    refusal: 'DHCP 20120',
    remove: (parameters, options) =>
      removeDhcpServerv4FailoverScope({ ...parameters, ComputerName: A, Name: NAME, ScopeId: SCOPES }, options),
    left: [[[NAME]], [[NAME]], SCOPES, []],
  },
];

async function start() {
  const pair = new Pair({ choices: { unreachableCode: 20122 } });
  await pair.add();
  return { pair, sessionOptions: labSessions(pair.lab).sessionOptions };
}

function yes(): CmdletHost & { readonly prompts: ConfirmationPrompt[] } {
  const prompts: ConfirmationPrompt[] = [];
  return {
    prompts,
    confirm(prompt) {
      prompts.push(prompt);
      return 'yes';
    },
  };
}

const relationshipsOn = (pair: Pair, server: string) =>
  [...pair.lab.server(server).relationships.values()].map(({ name, scopes }) => [name, ...scopes]);
const leftOf = (pair: Pair) => [
  relationshipsOn(pair, A),
  relationshipsOn(pair, B),
  [...pair.lab.server(A).scopes.keys()],
  [...pair.lab.server(B).scopes.keys()],
];

describe.each(REMOVALS)('$cmdlet', ({ cmdlet, refusal, remove, left }) => {
  it.each(APPROVALS)('with $how and the partner away is refused, and changes neither server', async (approval) => {
    const { pair, sessionOptions } = await start();
    pair.lab.powerOff(B);
    const before = pair.snapshot();
    const host = approval.host ? yes() : undefined;
    const [record, ...more] = await recordsOf(
      remove(approval.parameters, { sessionOptions, host, enhanced: approval.enhanced }),
    );
    expect(more).toEqual([]);
    expect(record?.fullyQualifiedErrorId).toBe(`${refusal},${cmdlet}`);
    expect(record?.exception).toMatchObject({
      hint: expect.stringMatching(
        /Force was not sent, since it says more than yes\. .* Give it only when the partner is really gone\.$/,
      ),
    });
    expect(pair.snapshot()).toBe(before);
    expect(host?.prompts.length ?? 1).toBe(1);
  });

  it.each(APPROVALS)('with $how and the partner there is done on both, and asks once', async (approval) => {
    const { pair, sessionOptions } = await start();
    const host = approval.host ? yes() : undefined;
    await remove(approval.parameters, { sessionOptions, host, enhanced: approval.enhanced });
    expect(leftOf(pair)).toEqual(left);
    expect(host?.prompts.map(({ fromServer }) => fromServer) ?? [undefined]).toEqual([undefined]);
  });

  it('answers the critical question that the server asks meanwhile, and says so', async () => {
    const { pair, sessionOptions } = await start();
    const said: string[] = [];
    const onVerbose = ({ text }: { readonly text: string }) => said.push(text);
    await remove({ Confirm: false, Verbose: true }, { sessionOptions, onVerbose });
    expect(said).toContainEqual(expect.stringMatching(/about to (?:be deleted|leave).*Do you want to/));
    expect(leftOf(pair)).toEqual(left);
  });

  it('with Force and the partner away is done here alone', async () => {
    const { pair, sessionOptions } = await start();
    pair.lab.powerOff(B);
    await remove({ Force: true }, { sessionOptions });
    expect(leftOf(pair)).toEqual([left[0], [[NAME, ...SCOPES]], SCOPES, SCOPES]);
  });
});

it('several names are asked for once, each on the server is answered, and one that is not there gets no advice', async () => {
  const pair = new Pair();
  await pair.add({ Name: 'one', ScopeId: ['10.10.10.0'] });
  await pair.add({ Name: 'two', ScopeId: ['10.20.20.0'] });
  const { sessionOptions } = labSessions(pair.lab);
  const host = yes();
  const records = await recordsOf(
    removeDhcpServerv4Failover({ ComputerName: A, Name: ['one', 'none', 'two'] }, { sessionOptions, host }),
  );
  expect(records.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([
    'DHCP 20115,Remove-DhcpServerv4Failover',
  ]);
  expect(records[0]?.exception).toMatchObject({ hint: expect.not.stringContaining('Force') });
  expect(host.prompts).toHaveLength(1);
  expect(leftOf(pair)).toEqual([[], [], SCOPES, []]);
});
