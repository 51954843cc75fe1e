import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../lib/base/secret.js';
import { KnownCmdlets } from '../../../lib/fleet/plan/known-cmdlets.js';
import { readTargets } from '../../../lib/fleet/plan/read-targets.js';
import type { StoredTarget } from '../../../lib/fleet/plan/stored-plan.js';

const cmdlets = new KnownCmdlets();

async function read(
  targets: Iterable<unknown> | AsyncIterable<unknown>,
  cmdlet = 'Get-DhcpServerv4Scope',
  parameters = {},
): Promise<StoredTarget[]> {
  const all: StoredTarget[] = [];
  for await (const batch of readTargets(targets, { cmdlet: cmdlets.get(cmdlet), parameters })) all.push(...batch);
  return all;
}

async function readList(targets: Iterable<unknown>): Promise<StoredTarget[]> {
  const all: StoredTarget[] = [];
  for await (const batch of readTargets(targets, { cmdlet: undefined, parameters: {} })) all.push(...batch);
  return all;
}

describe('targets', () => {
  it('are names, or computers with a site and parameters under the names of the schema', async () => {
    async function* rows() {
      yield ' dhcp1.contoso.com ';
      yield { computer: 'dhcp2.contoso.com', site: 'EMEA', parameters: { scopeid: '10.1.0.0' } };
    }
    expect(await read(rows())).toEqual([
      { computer: 'dhcp1.contoso.com' },
      { computer: 'dhcp2.contoso.com', site: 'EMEA', parameters: { ScopeId: '10.1.0.0' } },
    ]);
  });

  it.each([
    ['twice', ['dhcp1', 'dhcp2', 'dhcp1'], /number 3, "dhcp1", is number 1 again/],
    [
      'in two spellings',
      ['dhcp1.contoso.com', 'DHCP1.contoso.com.'],
      /number 2, "DHCP1\.contoso\.com\.", is number 1 again/,
    ],
    [
      'with the same parameters',
      [1, 2].map(() => ({ computer: 'a', parameters: { ScopeId: '10.1.0.0' } })),
      /number 2, "a"/,
    ],
    ['empty', ['dhcp1', ''], /targets\[1\]: "" is not valid/],
    ['as an address of the web', ['https://dhcp1/'], /targets\[0\]: "https:\/\/dhcp1\/"/],
    ['null', [null], /targets\[0\]: null/],
    ['of unknown members', [{ computer: 'a', parameter: {} }], /Write targets\[0\]\.parameters/],
  ])('are refused %s', async (_, targets, message) => {
    await expect(read(targets)).rejects.toThrow(message);
  });

  it('may come again with other parameters', async () => {
    const targets = ['10.1.0.0', '10.2.0.0'].map((ScopeId) => ({ computer: 'a', parameters: { ScopeId } }));
    expect(await read(targets)).toHaveLength(2);
  });

  it('are bound row by row: number, column and remedy', async () => {
    const targets = [
      { computer: 'a', parameters: { ScopeId: '10.1.0.0' } },
      { computer: 'b', parameters: { ScopeId: '10.1.0.x' } },
    ];
    await expect(read(targets)).rejects.toMatchObject({
      name: 'ParameterBindingError',
      code: 'ERR_PARAMETER_BINDING',
      message: expect.stringMatching(/^Target 2, b: ScopeId: "10\.1\.0\.x"/),
      parameterNames: ['ScopeId'],
    });
  });

  it('are refused where the call would ask: nobody is there to answer', async () => {
    const remove = 'Remove-DhcpServerv4Failover';
    await expect(read(['a'], remove, { Name: 'x' })).rejects.toMatchObject({ code: 'ERR_CONFIRMATION_REQUIRED' });
    expect(await read(['a'], remove, { Name: 'x', Force: true })).toHaveLength(1);
    expect(await read(['a'], remove, { Name: 'x', Confirm: false })).toHaveLength(1);
  });

  it.each([
    ['its text', { SharedSecret: 'hunter2' }],
    ['a Secret', { SharedSecret: new Secret('hunter2') }],
    ['a key of a dictionary', { Name: { AdminPassword: 'hunter2' } }],
  ])('have no secret in a row, and the error does not show it: %s', async (_, parameters) => {
    const target = { computer: 'b', parameters };
    const errors = [
      // Of a run, and of a list for runs to come.
      await read([target], 'Add-DhcpServerv4Failover').catch((error: unknown) => error),
      await readList([target]).catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toMatchObject({ message: expect.stringMatching(/a secret itself is not valid/) });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
    }
    const given = { computer: 'b', parameters: { SharedSecret: { secret: 'pair' }, Name: 'x' } };
    expect(await readList([given])).toEqual([given]);
  });

  it('end at a million', async () => {
    function* many() {
      for (let index = 0; index <= 1_000_000; index += 1) yield `h${index}`;
    }
    await expect(read(many())).rejects.toThrow('targets: there are more than 1,000,000.');
  });
});
