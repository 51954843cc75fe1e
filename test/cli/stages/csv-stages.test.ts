import { describe, expect, it } from '@jest/globals';
import { given, written } from './run-stage.js';

// All expected values are those that PowerShell 7.6 gave for the same lines.
describe('ConvertFrom-Csv', () => {
  it('reads delimiters, quotation marks and line breaks in quotes, and empty values', async () => {
    const csv = 'Name,State,Size\n"A, b",Active,1\n"C ""d""",,2\n"two\nlines",x,3';
    expect(await given(`'${csv}' | ConvertFrom-Csv`)).toEqual([
      '{"Name":"A, b","State":"Active","Size":"1"}',
      '{"Name":"C \\"d\\"","State":"","Size":"2"}',
      '{"Name":"two\\nlines","State":"x","Size":"3"}',
    ]);
  });

  it('takes another delimiter, and names of its own', async () => {
    expect(await given(`'a;b\n1;2' | ConvertFrom-Csv -Delimiter ';'`)).toEqual(['{"a":"1","b":"2"}']);
    expect(await given(`'1,2\n3,4' | ConvertFrom-Csv -Header x, y`)).toEqual([
      '{"x":"1","y":"2"}',
      '{"x":"3","y":"4"}',
    ]);
  });
});

describe('ConvertTo-Csv', () => {
  const object = (table: string) => `[pscustomobject]@{ ${table} }`;

  it('puts every value but null in quotes', async () => {
    expect(
      await given(`${object("Name = 'A, b'; Size = 1")}, ${object(`Name = 'C "d"'; Size = $null`)} | ConvertTo-Csv`),
    ).toEqual(['"Name","Size"', '"A, b","1"', '"C ""d""",']);
  });

  it('writes values by the invariant culture, and arrays as .NET calls them', async () => {
    const values = "Name = 'A'; On = $true; Span = [timespan]'1:00:00'; Ip = [ipaddress]'10.0.0.1'; L = @(1, 2)";
    expect(await given(`${object(values)} | ConvertTo-Csv -Delimiter ';'`)).toEqual([
      '"Name";"On";"Span";"Ip";"L"',
      '"A";"True";"01:00:00";"10.0.0.1";"System.Object[]"',
    ]);
  });

  it('has the columns of the first object; of a text its length', async () => {
    expect(await given(`${object('A = 1; B = 2')}, ${object('B = 3; C = 4')} | ConvertTo-Csv`)).toEqual([
      '"A","B"',
      '"1","2"',
      ',"3"',
    ]);
    expect(await given("'ab' | ConvertTo-Csv")).toEqual(['"Length"', '"2"']);
  });
});

describe('Export-Csv', () => {
  const export_ = (values: string, more = '') => `[pscustomobject]@{ ${values} } | Export-Csv FILE ${more}`;

  it('adds rows below the columns of the file', async () => {
    expect(await written(export_("Name = 'x'; Size = 5"), export_("Name = 'y'; Size = 6", '-Append'))).toBe(
      '"Name","Size"\n"x","5"\n"y","6"\n',
    );
    expect(await written(export_('Size = 6', '-Append'))).toBe('"Size"\n"6"\n');
  });

  it('leaves a file alone with -NoClobber', async () => {
    await expect(written(export_("Name = 'x'"), export_("Name = 'y'", '-NoClobber'))).rejects.toThrow('EEXIST');
  });

  it('is read again by Import-Csv', async () => {
    expect(
      await written(
        export_("Name = 'x'; State = 'a'"),
        'Import-Csv FILE | ForEach-Object { $_.State } | Out-File FILE',
      ),
    ).toBe('a\n');
  });
});
