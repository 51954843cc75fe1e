import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { targetRows } from '../../../../lib/cli/commands/fleet/target-rows.js';
import { addFailover, cmdlet, setFailover } from '../../../cmdlet/definitions.js';

const folder = mkdtempSync(join(tmpdir(), 'cimlet-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rows(content: string | Uint8Array, of = addFailover) {
  const file = join(folder, 'targets.csv');
  writeFileSync(file, content);
  const ignored: string[] = [];
  const source = {
    file,
    lines: (async function* () {})(),
    onIgnored: (text: string) => ignored.push(text),
  };
  const all = [];
  for await (const row of targetRows(of, source)) all.push(row);
  return { all, ignored };
}

describe('computers of a file', () => {
  it('are CSV, whose columns are bound by their names', async () => {
    const text = [
      'Site,ComputerName,PartnerServer,ScopeId,name,AutoStateTransition',
      'EMEA,a.contoso.com,b.contoso.com,"10.1.0.0,10.2.0.0",One,True',
      ',c.contoso.com,"d.contoso.com",10.3.0.0 10.4.0.0,"Say ""two""",',
      '',
    ].join('\r\n');
    const { all, ignored } = await rows(text);
    expect(all).toEqual([
      {
        computer: 'a.contoso.com',
        site: 'EMEA',
        parameters: {
          PartnerServer: 'b.contoso.com',
          ScopeId: ['10.1.0.0', '10.2.0.0'],
          Name: 'One',
          AutoStateTransition: true,
        },
      },
      {
        computer: 'c.contoso.com',
        parameters: { PartnerServer: 'd.contoso.com', ScopeId: ['10.3.0.0', '10.4.0.0'], Name: 'Say "two"' },
      },
    ]);
    expect(ignored).toEqual([]);
  });

  it('may be written by Windows: semicolons, UTF-16, a byte order mark', async () => {
    const text = 'cn;Name\r\na;Ein Name, lang\r\n';
    const expected = [{ computer: 'a', parameters: { Name: 'Ein Name, lang' } }];
    expect((await rows(Buffer.from(`\ufeff${text}`, 'utf16le'))).all).toEqual(expected);
    expect((await rows(`\ufeff${text}`)).all).toEqual(expected);
  });

  it('are names, one a line', async () => {
    expect((await rows('# ours\na\n\nb')).all).toEqual([{ computer: 'a' }, { computer: 'b' }]);
    expect((await rows('')).all).toEqual([]);
  });

  it('are read piece by piece, however long', async () => {
    const { all } = await rows(`ComputerName,Name\n${'x.contoso.com,"A ""long"" name"\n'.repeat(20_000)}`);
    expect(all.length).toBe(20_000);
    expect(new Set(all.map(({ parameters }) => parameters?.['Name']))).toEqual(new Set(['A "long" name']));
  });

  it('may have other columns where nothing is changed, which is told with what was perhaps meant', async () => {
    const { all, ignored } = await rows('ComputerName,Owner,ScpeId\na,me,10.1.0.0', cmdlet('Get-DhcpServerv4Scope'));
    expect(all).toEqual([{ computer: 'a' }]);
    expect(ignored).toEqual([
      'Get-DhcpServerv4Scope has no parameter for the columns Owner, ScpeId. ScpeId is perhaps ScopeId.',
    ]);
  });

  it.each<[string, string, string]>([
    [
      'a column that no parameter of a change has',
      'ComputerName,Name,LoadBalancPercent\na,b,70',
      '--targets: Set-DhcpServerv4Failover has no parameter for the column LoadBalancPercent. What stands there would not be set. Nothing was queued. LoadBalancPercent is perhaps LoadBalancePercent. Mend the name, or leave the column out: cimlet --help Set-DhcpServerv4Failover has the parameters.',
    ],
    ['a column of the engine for a change', 'ComputerName,Name,WhatIf\na,b,true', 'no parameter for the column WhatIf'],
    [
      'two columns for one parameter',
      'ComputerName,Name,name\na,One,Two',
      'the columns Name and name are both Name of Set-DhcpServerv4Failover. Leave one of them out.',
    ],
    ['more cells than columns', 'ComputerName,Name\na,b\nc,d,e', 'row 3 has 3 cells, and the first row has 2.'],
    ['several names in a line', 'a\nb,c', 'row 2 has 2 cells, and the first row has 1.'],
    ['a column of secrets', 'ComputerName,SharedSecret\na,Canary', '--secret SharedSecret=NAME'],
    ['no column of computers', 'Server,Name\na,b', 'no column ComputerName'],
    ['a row without a computer', 'ComputerName,Name\n,b', 'row 2 has no ComputerName'],
  ])('are refused with %s', async (_, text, said) => {
    const error = await rows(text, setFailover).catch((reason: Error & { hint?: string }) => reason);
    const message = `${(error as Error).message} ${(error as { hint?: string }).hint}`;
    expect([message.includes(said), message.includes('Canary')]).toEqual([true, false]);
  });
});
