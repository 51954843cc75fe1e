import { describe, expect, it } from '@jest/globals';
import { checkVariables } from '../../../lib/cli/language/check-variables.js';
import { type EvaluationScope, evaluate } from '../../../lib/cli/language/evaluate.js';
import { parseArgumentValue, parseCommandLine } from '../../../lib/cli/language/parse-line.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { LanguageError } from '../../../lib/cli/values/language-error.js';
import fc from '../../fast-check.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { HELP_EXAMPLES } from '../help-examples.js';
import { simpleElement, simpleExpression, simpleLine } from '../simplified-syntax.js';

const elementsOf = (line: string) =>
  parseCommandLine(line).statements[0]?.pipeline.commands[0]?.elements.map(simpleElement);
const value = (of: unknown) => ({ value: of });
/** The line is read, and its variables are looked for. */
const read = (line: string) => {
  const parsed = parseCommandLine(line);
  checkVariables(parsed.statements, {});
  return simpleLine(parsed);
};

describe('examples of the help pages', () => {
  it.each(HELP_EXAMPLES)('$line', ({ line, name, elements }) => {
    expect(read(line)).toEqual([{ commands: [{ name, elements }] }]);
    expect(
      read(`${line.slice('PS C:> '.length)} ;
`),
    ).toEqual([{ commands: [{ name, elements }] }]);
  });
});

describe('quotes and escapes (about_Quoting_Rules, about_Special_Characters)', () => {
  it.each([
    [`'it''s'`, "it's"],
    [`"say ""hi"""`, 'say "hi"'],
    ['"a`tb`"c`$d``"', 'a\tb"c$d`'],
    ["'a`tb $x'", 'a`tb $x'],
    ['a"b c"d', 'ab cd'],
    ['a` b', 'a b'],
    ['"`u{1F600}`e`0"', '\u{1F600}\x1b\0'],
    ['“dhcpserver.contoso.com”', 'dhcpserver.contoso.com'],
    ['‘O’’Hara’', 'O’Hara'],
    ['""', ''],
    ["''", ''],
    ['"$true and $False, $null"', 'True and False, '],
    ['"100$ and $."', '100$ and $.'],
    ['C:\\Windows\\x#y', 'C:\\Windows\\x#y'],
    ['0x10', '0x10'],
    ['-5', '-5'],
    ['1.02:03:04.5', '1.02:03:04.5'],
    ['*', '*'],
    ['[int]5', '[int]5'],
    ['http://[::1]:5985/wsman', 'http://[::1]:5985/wsman'],
  ])('%s is %j', (written, expected) => {
    expect(elementsOf(`Get-X ${written}`)).toEqual([value(expected)]);
  });

  it('begins a new argument after a closing quote, as PowerShell does', () => {
    expect(elementsOf('Get-X "a"b')).toEqual([value('a'), value('b')]);
  });
});

describe('parameters and arrays', () => {
  it.each(['a,b', 'a, b', 'a ,b', 'a , b', '"a",\'b\'', 'a,\n  b'])('%j is an array of two', (written) => {
    expect(elementsOf(`Get-X -ScopeId ${written}`)).toEqual([{ parameter: 'ScopeId' }, value(['a', 'b'])]);
  });

  it('keeps an array of one and an empty array', () => {
    const written = (text: string) => simpleExpression(parseArgumentValue(text));
    expect(written("@('a')")).toEqual({ '@(': ['a'] });
    expect(written("@('a'; 'b')")).toEqual({ '@(': ['a', 'b'] });
    expect(written("@(\n 'a'\n 'b'\n)")).toEqual({ '@(': ['a', 'b'] });
    expect(written('@()')).toEqual({ '@(': [] });
    expect(written('$null')).toBe(null);
    expect(written('$true,$FALSE')).toEqual([true, false]);
  });

  it.each([
    ['-Force:$false', false],
    ['-Force: $false', false],
    ['–Force:$false', false],
    ['-Force:"x y"', 'x y'],
    ['-Force:a,b', ['a', 'b']],
  ])('%s carries its value', (written, expected) => {
    expect(elementsOf(`Get-X ${written}`)).toEqual([{ parameter: 'Force', value: expected }]);
  });
});

describe('lines and pipelines', () => {
  it('joins continued lines, comments and prompts', () => {
    const line = 'PS C:\\Users\\x> Get-X `\r\n>> -Name a `\n  -Force # all of it\n# done\n;';
    expect(read(line)).toEqual(read('Get-X -Name a -Force'));
    expect(read('<# first #> Get-X <# then #> -Name a')).toEqual(read('Get-X -Name a'));
    expect(read('PS> Get-X')).toEqual(read('Get-X'));
    expect(read('\ufeffGet-X')).toEqual(read('Get-X'));
  });

  it('parts pipelines at semicolons and line ends', () => {
    expect(read('Get-X a; Get-Y b')).toEqual([
      { commands: [{ name: 'Get-X', elements: [value('a')] }] },
      { commands: [{ name: 'Get-Y', elements: [value('b')] }] },
    ]);
    expect(read(';;Get-X a\n\nGet-Y b;')).toEqual(read('Get-X a; Get-Y b'));
  });

  it.each(['Get-X a | Set-X -P 60 | ft', 'Get-X a|Set-X -P 60|ft', 'Get-X a |\nSet-X -P 60\n| ft'])(
    '%j has three commands',
    (line) => {
      expect(read(line)).toEqual([
        {
          commands: [
            { name: 'Get-X', elements: [value('a')] },
            { name: 'Set-X', elements: [{ parameter: 'P' }, value('60')] },
            { name: 'ft', elements: [] },
          ],
        },
      ]);
    },
  );
});

describe('expressions (about_Operators, about_Operator_Precedence)', () => {
  it.each([
    ["'a','b'", ['a', 'b']],
    ['5', { number: '5' }],
    ['-5', { number: '-5' }],
    ['1.5kb', { number: '1536' }],
    [
      '(Get-X a).Name[0]',
      {
        of: { of: { '(': [{ commands: [{ name: 'Get-X', elements: [value('a')] }] }] }, member: 'Name' },
        index: { number: '0' },
      },
    ],
    ["$true -eq 'a' -or -not $false", { or: [{ eq: [true, 'a'] }, { not: false }] }],
    ["'a','b' -join '-'", { join: [['a', 'b'], '-'] }],
    ["[uint32]'5'", { cast: 'UInt32', operand: '5' }],
    ["@{ A = 1; 'b c' = 'x'\n C = $null }", { table: { A: { number: '1' }, 'b c': 'x', C: null } }],
    ['"a$true $(\'b\')"', { text: ['aTrue ', { '$(': ['b'] }] }],
    ["@'\na 'b'\n'@", "a 'b'"],
  ])('%s', (written, expected) => {
    expect(read(written)).toEqual([expected]);
  });

  it('give what is assigned, splatted and redirected', () => {
    expect(read("$x = 'a'; [string]$y = 5; $p = @{ Name = $x }; Get-X @p -Force")).toEqual([
      { assignTo: 'x', head: 'a', commands: [] },
      { assignTo: 'y', head: { number: '5' }, commands: [] },
      { assignTo: 'p', head: { table: { Name: { variable: 'x' } } }, commands: [] },
      { commands: [{ name: 'Get-X', elements: [{ splat: 'p' }, { parameter: 'Force' }] }] },
    ]);
    const redirections = parseCommandLine('Get-X a>b > file 2>$null').statements[0]?.pipeline.commands[0]?.redirections;
    expect(redirections?.map(({ stream, append, file }) => [stream, append, file && simpleExpression(file)])).toEqual([
      ['1', false, 'file'],
      ['2', false, undefined],
    ]);
  });
});

describe('variables (about_Variables, about_Member-Access_Enumeration)', () => {
  it.each(['$s = New-X a;', '$s=New-X a;', '\n$S =\n New-X a\n', 'PS C:\\> $s = New-X a # first\n'])(
    '%j assigns what a pipeline gives',
    (assignment) => {
      const [first, second] = read(`${assignment} Get-X -CimSession $s`) as [{ assignTo: string }, unknown];
      expect(first.assignTo.toLowerCase()).toBe('s');
      expect(second).toEqual({
        commands: [{ name: 'Get-X', elements: [{ parameter: 'CimSession' }, value({ variable: 's' })] }],
      });
    },
  );

  it('are arguments, alone, with a property, in an array and after a colon', () => {
    const [, second] = read('$f = Get-X; Set-X $F.Name,b -Id:$f.Id $f');
    expect(second).toEqual({
      commands: [
        {
          name: 'Set-X',
          elements: [
            value([{ of: { variable: 'F' }, member: 'Name' }, 'b']),
            { parameter: 'Id', value: { of: { variable: 'f' }, member: 'Id' } },
            value({ variable: 'f' }),
          ],
        },
      ],
    });
  });

  it('are the head of a pipeline, which may be assigned again', () => {
    expect(read('$f = Get-X; $f; $f.Name|Set-X; $f = $f | where a').slice(1)).toEqual([
      { variable: 'f' },
      { head: { of: { variable: 'f' }, member: 'Name' }, commands: [{ name: 'Set-X', elements: [] }] },
      { assignTo: 'f', head: { variable: 'f' }, commands: [{ name: 'where', elements: [value('a')] }] },
    ]);
  });

  it('are suggested where one was misspelt', () => {
    expect(() => read('$relation = Get-X; Set-X $relatoin')).toThrow(
      expect.objectContaining({ hint: 'Did you mean $relation?' }),
    );
  });

  it('begin no statement inside of one', () => {
    expect(elementsOf('Get-X a = b')).toEqual([value('a'), value('='), value('b')]);
  });
});

describe('what is not supported names its token', () => {
  it.each([
    ['Get-X -Name $relationship', '$relationship'],
    ['Get-X -Name "a $relationship"', '$relationship'],
    ['Get-X -Name $env:COMPUTERNAME', 'variable COMPUTERNAME is not set'],
    ['Get-X | Where-Object { $_.State', 'no end'],
    ['Get-X | Where-Object }', '}'],
    ['Get-X @parameters', '$parameters'],
    ['Get-X >', '>'],
    ['Get-X 2> file', '2>'],
    ['Get-X 2>&1', '2>&1'],
    ['Get-X < file', '<'],
    ['if ($true) { Get-X }', 'if is a statement'],
    ['foreach ($x in Get-X) { $x }', 'foreach is a statement'],
    ['try { Get-X } catch { }', 'try is a statement'],
    ['Get-X | % { if ($_.a) { Get-Y } }', 'if is a statement'],
    ["'a' + 'b'", '+'],
    ['1..3', '..'],
    ["'a'.Normalize()", 'method'],
    ["'a'.Trim('b',)", 'missing after a comma'],
    ["'a'.Trim('b'", 'no end'],
    ['[timespan]::FromYears(2)', '[timespan]::FromYears()'],
    ['[datetime]::Now', '[datetime]::Now'],
    ['Get-X -Name:2>$null', 'no value after its colon'],
    ['Get-X -Name -a`"', 'backtick'],
    ['2> file', 'nothing before it'],
    ["$ConfirmPreference = 'None'; Get-X", 'would have no effect'],
    ['$WhatIfPreference = $true', 'would have no effect'],
    ['[void](Get-X); [System.IO.File]', '[System.IO.File]'],
    ['@{ a = 1; A = 2 }', 'twice'],
    ['Get-X | % { $x = 5 }', 'assigned inside'],
    ['$_.Name', '$_'],
    ['(Get-X && Get-Y)', '&&'],
    ['Get-X & Get-Y', '&'],
    ['Get-X | % { Get-Y || Get-Z }', '||'],
    ['$x', '$x'],
    ['$x = Get-X $x', '$x'],
    ['$x = Get-X; $y | Set-X', '$y'],
    ['Set-X $x; $x = Get-X', '$x'],
    ['$x =', '$x ='],
    ['$x = $y = Get-X', 'variable'],
    ['$True=Get-X', '$True'],
    ['$_ = Get-X', '$_'],
    ['$psItem = Get-X', '$psItem'],
    ['$global:x = Get-X', '$global:x'],
    ['$x = Get-X; Set-X $x.Close()', 'method'],
    ['$x = Get-X; Set-X $x.', 'after the dot'],
    ['$x = Get-X; $x.Name = 5', 'Only a variable'],
    ['$x = Get-X; $x += Get-X', '+='],
    ['$x = Get-X; $x -Name a', 'Something follows'],
    ['$x = Get-X; Get-X | $x', 'value'],
    ['Get-X -Name "open', '"'],
    ["Get-X -Name 'open", "'"],
    ["Get-X -ScopeId @('a','b'", '@('],
    ['Get-X <# open', '<#'],
    ['Get-X a,', 'comma'],
    ['Get-X ,a', 'comma'],
    ['Get-X a)', ')'],
    ['Get-X -Name:', '-Name:'],
    ['Get-X |', '|'],
    ['| Get-X', '|'],
    ['-Name x', '-Name'],
    ['', 'no command'],
    ['PS C:\\> ', 'no command'],
    ['Get-X "`u{110000}"', '`u'],
    ['Get-X `', 'backtick'],
  ])('%j', (line, token) => {
    const attempt = () => read(line);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(expect.objectContaining({ message: expect.stringContaining(token) }));
  });

  it('never repeats a part of a secret', () => {
    for (const line of [
      'Add-X -SharedSecret "pa$sWord"',
      'Add-X -Sh pa$sWord',
      'Add-X -SharedSecret:pa$sWord',
      'Add-X -SharedSecret $sWord',
      'Add-X -SharedSecret:$sWord.x',
    ]) {
      const attempt = () => read(line);
      expect(attempt).toThrow(UsageError);
      expect(attempt).not.toThrow(/sWord/);
    }
  });
});

describe('properties', () => {
  const doubleQuoted = (value: string) => `"${value.replace(/[`"$“”„]/g, '`$&')}"`;
  const singleQuoted = (value: string) => `'${value.replace(/['‘’‚‛]/g, '$&$&')}'`;
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
  const content = fc.string({ unit: 'binary', maxLength: 20 });

  it('reads back whatever is written in quotes', () => {
    const written = fc.tuple(content, fc.boolean());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.array(written, { minLength: 1, maxLength: 3 })), { maxLength: 5 }),
        (given) => {
          const rendered = given.map(
            ([parameter, values]) =>
              `-${parameter} ${values.map(([of, double]) => (double ? doubleQuoted(of) : singleQuoted(of))).join(', ')}`,
          );
          expect(elementsOf(`Get-X ${rendered.join(' ')}`)).toEqual(
            given.flatMap(([parameter, values]) => {
              const texts = values.map(([of]) => of);
              return [{ parameter }, value(texts.length === 1 ? texts[0] : texts)];
            }),
          );
        },
      ),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('parses or refuses any text, and never fails otherwise', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '`',
      '$',
      '$true',
      '$x',
      '.Name',
      '$y = Get-Y',
      '; $x = Get-Y;',
      '=',
      '@(',
      ')',
      ',',
      '|',
      ';',
      '-a',
      ':',
      ' ',
      '\n',
      '#',
      '<#',
      '#>',
      '{',
      'x',
      '}',
      '| where {',
      '| % ',
      '$_.Name',
      ' -like ',
      ' -and ',
      ' -not ',
      '(',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (line) => {
          try {
            expect(parseCommandLine(`Get-X ${line}`).statements.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('evaluates or refuses any expression, and never fails otherwise', async () => {
    const word = fc.constantFrom(
      '$_',
      '.Name',
      '.Length',
      '$true',
      '$null',
      ' -eq ',
      ' -LIKE ',
      '-in',
      ' -and ',
      ' -xor ',
      ' -not ',
      '!',
      '(',
      ')',
      ',',
      '@(',
      "'a'",
      '"$x"',
      '1',
      '-0x1F',
      ' ',
      '{',
      '|',
    );
    const scope: EvaluationScope = {
      variable: () => ({
        properties: new Map([['Name', 'a']]),
        computerName: null,
        showsComputerName: false,
        source: undefined,
      }),
      run: () => {
        throw new UsageError('There are no cmdlets here.');
      },
    };
    const block = fc.oneof(
      fc.array(word, { maxLength: 25 }).map((words) => words.join('')),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(block, async (text) => {
        try {
          for (const { pipeline } of parseCommandLine(text).statements) {
            if (pipeline.head !== undefined) await evaluate(pipeline.head.expression, scope);
          }
        } catch (error) {
          expect(error instanceof UsageError || error instanceof LanguageError).toBe(true);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });
});
