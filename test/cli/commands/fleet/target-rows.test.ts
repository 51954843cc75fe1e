import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { targetRows } from '../../../../lib/cli/commands/fleet/target-rows.js';
import { addFailover, setFailover } from '../../../cmdlet/definitions.js';

const folder = mkdtempSync(join(tmpdir(), 'cimlet-rows-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rows(content: string | Uint8Array, cmdlet = addFailover) {
  const file = join(folder, 'targets.csv');
  writeFileSync(file, content);
  const ignored: string[] = [];
  const source = {
    file,
    lines: (async function* () {})(),
    onIgnored: (columns: readonly string[]) => ignored.push(...columns),
  };
  const all = [];
  for await (const row of targetRows(cmdlet, source)) all.push(row);
  return { all, ignored };
}

describe('computers of a file', () => {
  it('are CSV, whose columns are bound by their names', async () => {
    const text = [
      'Site,ComputerName,PartnerServer,ScopeId,name,AutoStateTransition,Colour',
      'EMEA,a.contoso.com,b.contoso.com,"10.1.0.0,10.2.0.0",One,True,red',
      ',c.contoso.com,"d.contoso.com",10.3.0.0 10.4.0.0,"Say ""two""",,',
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
    expect(ignored).toEqual(['Colour']);
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

  it.each<[string, string, string]>([
    ['a column of secrets', 'ComputerName,SharedSecret\na,Canary', '--secret SharedSecret=NAME'],
    ['no column of computers', 'Server,Name\na,b', 'no column ComputerName'],
    ['a row without a computer', 'ComputerName,Name\n,b', 'row 2 has no ComputerName'],
  ])('are refused with %s', async (_, text, said) => {
    const error = await rows(text, setFailover).catch((reason: Error & { hint?: string }) => reason);
    const message = `${(error as Error).message} ${(error as { hint?: string }).hint}`;
    expect([message.includes(said), message.includes('Canary')]).toEqual([true, false]);
  });
});
