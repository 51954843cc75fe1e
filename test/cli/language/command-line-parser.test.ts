import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseArgumentValue, parseCommandLine } from '../../../lib/cli/language/command-line-parser.js';
import { parseScriptBlock } from '../../../lib/cli/pipeline/script-block.js';
import { UsageError } from '../../../lib/cli/usage/usage-error.js';
import { fuzzRuns } from '../../fuzz-runs.js';
import { HELP_EXAMPLES } from '../help-examples.js';

const stageOf = (line: string) => parseCommandLine(line).pipelines[0]?.stages[0];
const elementsOf = (line: string) => stageOf(line)?.elements;
const text = (value: string) => ({ kind: 'text', text: value });
const value = (of: unknown) => ({ kind: 'value', value: of });

describe('examples of the help pages', () => {
  it.each(HELP_EXAMPLES)('$line', ({ line, name, elements }) => {
    expect(parseCommandLine(line)).toEqual({ pipelines: [{ stages: [{ name, elements }] }] });
    expect(parseCommandLine(`${line.slice('PS C:\\> '.length)} ;\n`)).toEqual({
      pipelines: [{ stages: [{ name, elements }] }],
    });
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
    expect(elementsOf(`Get-X ${written}`)).toEqual([value(text(expected))]);
  });

  it('begins a new argument after a closing quote, as PowerShell does', () => {
    expect(elementsOf('Get-X "a"b')).toEqual([value(text('a')), value(text('b'))]);
  });
});

describe('parameters and arrays', () => {
  it.each(['a,b', 'a, b', 'a ,b', 'a , b', '@(a,b)', '@(a; b)', '@(\n a\n b\n)', '"a",\'b\'', 'a,\n  b', '@(a),@(b)'])(
    '%j is an array of two',
    (written) => {
      expect(elementsOf(`Get-X -ScopeId ${written}`)).toEqual([
        { kind: 'parameter', name: 'ScopeId' },
        value({ kind: 'array', elements: [text('a'), text('b')] }),
      ]);
    },
  );

  it('keeps an array of one and an empty array', () => {
    expect(parseArgumentValue('@(a)')).toEqual({ kind: 'array', elements: [text('a')] });
    expect(parseArgumentValue('@()')).toEqual({ kind: 'array', elements: [] });
    expect(parseArgumentValue('$null')).toEqual({ kind: 'literal', value: null });
    expect(parseArgumentValue('$true,$FALSE')).toEqual({
      kind: 'array',
      elements: [
        { kind: 'literal', value: true },
        { kind: 'literal', value: false },
      ],
    });
  });

  it.each([
    ['-Force:$false', { kind: 'literal', value: false }],
    ['-Force: $false', { kind: 'literal', value: false }],
    ['–Force:$false', { kind: 'literal', value: false }],
    ['-Force:"x y"', text('x y')],
    ['-Force:a,b', { kind: 'array', elements: [text('a'), text('b')] }],
  ])('%s carries its value', (written, expected) => {
    expect(elementsOf(`Get-X ${written}`)).toEqual([{ kind: 'parameter', name: 'Force', value: expected }]);
  });
});

describe('lines and pipelines', () => {
  it('joins continued lines, comments and prompts', () => {
    const line = 'PS C:\\Users\\x> Get-X `\r\n>> -Name a `\n  -Force # all of it\n# done\n;';
    expect(parseCommandLine(line)).toEqual(parseCommandLine('Get-X -Name a -Force'));
    expect(parseCommandLine('<# first #> Get-X <# then #> -Name a')).toEqual(parseCommandLine('Get-X -Name a'));
    expect(parseCommandLine('PS> Get-X')).toEqual(parseCommandLine('Get-X'));
  });

  it('parts pipelines at semicolons and line ends', () => {
    const [first, second] = parseCommandLine('Get-X a; Get-Y b').pipelines;
    expect([first?.stages[0]?.name, second?.stages[0]?.name]).toEqual(['Get-X', 'Get-Y']);
    expect(parseCommandLine(';;Get-X a\n\nGet-Y b;')).toEqual(parseCommandLine('Get-X a; Get-Y b'));
  });

  it.each(['Get-X a | Set-X -P 60 | ft', 'Get-X a|Set-X -P 60|ft', 'Get-X a |\nSet-X -P 60\n| ft'])(
    '%j has three stages',
    (line) => {
      expect(parseCommandLine(line).pipelines[0]).toEqual({
        stages: [
          { name: 'Get-X', elements: [value(text('a'))] },
          { name: 'Set-X', elements: [{ kind: 'parameter', name: 'P' }, value(text('60'))] },
          { name: 'ft', elements: [] },
        ],
      });
    },
  );
});

describe('(New-TimeSpan …)', () => {
  it.each([
    ['(New-TimeSpan -Hours 2)', '0.02:00:00'],
    ['( new-timespan -d 1 -Hours:30 -min 5 -Seconds 61 )', '2.06:06:01'],
    ['(New-TimeSpan -Minutes 90)', '0.01:30:00'],
  ])('%s is the time span', (expression, text) => {
    const value = { kind: 'text', text };
    expect(parseCommandLine(`Set-X -Lead ${expression} -Force`).pipelines[0]?.stages[0]?.elements).toEqual([
      { kind: 'parameter', name: 'Lead' },
      { kind: 'value', value },
      { kind: 'parameter', name: 'Force' },
    ]);
  });

  it.each([
    '(New-TimeSpan)',
    '(New-TimeSpan -Weeks 2)',
    '(New-TimeSpan -Hours 2 -Hours 3)',
    '(New-TimeSpan -Hours two)',
  ])('%s is refused', (expression) => {
    expect(() => parseCommandLine(`Set-X -Lead ${expression}`)).toThrow(UsageError);
  });
});

describe('variables (about_Variables, about_Member-Access_Enumeration)', () => {
  const variable = (name: string, member?: string) => ({
    kind: 'variable',
    name,
    ...(member === undefined ? {} : { member }),
  });

  it.each(['$s = New-X a;', '$s=New-X a;', '\n$S =\n New-X a\n', 'PS C:\\> $s = New-X a # first\n'])(
    '%j assigns what a pipeline gives',
    (assignment) => {
      const [first, second] = parseCommandLine(`${assignment} Get-X -CimSession $s`).pipelines;
      expect(first?.assignTo?.toLowerCase()).toBe('s');
      expect(first?.stages).toEqual([{ name: 'New-X', elements: [value(text('a'))] }]);
      expect(second).toEqual({
        stages: [{ name: 'Get-X', elements: [{ kind: 'parameter', name: 'CimSession' }, value(variable('s'))] }],
      });
    },
  );

  it('are arguments, alone, with a property, in an array and after a colon', () => {
    const { pipelines } = parseCommandLine('$f = Get-X; Set-X $F.Name,b -Id:$f.Id $f');
    expect(pipelines[1]?.stages[0]?.elements).toEqual([
      value({ kind: 'array', elements: [variable('F', 'Name'), text('b')] }),
      { kind: 'parameter', name: 'Id', value: variable('f', 'Id') },
      value(variable('f')),
    ]);
  });

  it('are the head of a pipeline, which may be assigned again', () => {
    const { pipelines } = parseCommandLine('$f = Get-X; $f; $f.Name|Set-X; $f = $f | where a -eq b');
    expect(pipelines.slice(1)).toEqual([
      { source: variable('f'), stages: [] },
      { source: variable('f', 'Name'), stages: [{ name: 'Set-X', elements: [] }] },
      {
        assignTo: 'f',
        source: variable('f'),
        stages: [{ name: 'where', elements: [value(text('a')), { kind: 'parameter', name: 'eq' }, value(text('b'))] }],
      },
    ]);
  });

  it('are suggested where one was misspelt', () => {
    expect(() => parseCommandLine('$relation = Get-X; Set-X $relatoin')).toThrow(
      expect.objectContaining({ hint: 'Did you mean $relation?' }),
    );
  });

  it('begin no statement inside of one', () => {
    expect(elementsOf('Get-X a = b')).toEqual([value(text('a')), value(text('=')), value(text('b'))]);
  });
});

describe('what is not supported names its token', () => {
  it.each([
    ['Get-X -Name $relationship', '$relationship'],
    ['Get-X -Name "a $relationship"', '$relationship'],
    ['Get-X -Name $env:COMPUTERNAME', '$env:COMPUTERNAME'],
    ['Get-X -Name "$(hostname)"', '$('],
    ['Get-X -Name $(hostname)', '$('],
    ['Get-X -Name (hostname)', '('],
    ['Get-X | Where-Object { $_.State', '{'],
    ['Get-X | Where-Object }', '}'],
    ['Get-X @({a})', 'script block'],
    ['Get-X @parameters', '@'],
    ['Get-X @"\nx\n"@', '@"'],
    ['Get-X > file', '>'],
    ['Get-X && Get-Y', '&&'],
    ['Get-X & Get-Y', '& begins'],
    ['Get-X || Get-Y', '||'],
    ['$x', '$x'],
    ['$x = Get-X $x', '$x'],
    ['$x = Get-X; $y | Set-X', '$y'],
    ['Set-X $x; $x = Get-X', '$x'],
    ['$x = 5', '$x ='],
    ["$x = 'a'", '$x ='],
    ['$x =', '$x ='],
    ['$WhatIfPreference = $true', '$WhatIfPreference ='],
    ['$x = @(Get-X)', '$x ='],
    ['$x = $y = Get-X', '$y'],
    ['$null = Get-X', '$null'],
    ['$True=Get-X', '$True'],
    ['$_ = Get-X', '$_'],
    ['$psItem = Get-X', '$psItem'],
    ['$global:x = Get-X', '$global:x'],
    ['$x = Get-X; Set-X -Name "a $x"', '$x'],
    ['$x = Get-X; Set-X $x[0]', 'An expression on $x'],
    ['$x = Get-X; Set-X $x.Name.Length', 'An expression on $x'],
    ['$x = Get-X; Set-X $x.Close()', 'An expression on $x'],
    ['$x = Get-X; Set-X $x/y', 'An expression on $x'],
    ['$x = Get-X; Set-X $x.', 'An expression on $x'],
    ['$x = Get-X; $x.Name = 5', 'Something follows $x'],
    ['$x = Get-X; $x += Get-X', 'Something follows $x'],
    ['$x = Get-X; $x, $x | Set-X', 'Something follows $x'],
    ['$x = Get-X; $x -Name a', 'Something follows $x'],
    ['$x = Get-X; Get-X | $x', 'cmdlet'],
    ['$x = Get-X; Set-X @{ Name = $x }', 'variable'],
    ['Get-X -Name "open', '"'],
    ["Get-X -Name 'open", "'"],
    ['Get-X -ScopeId @(a,b', '@('],
    ['Get-X <# open', '<#'],
    ['Get-X a,', 'comma'],
    ['Get-X ,a', 'comma'],
    ['Get-X a)', ')'],
    ['Get-X -Name:', '-Name:'],
    ['Get-X |', '|'],
    ['| Get-X', '|'],
    ['-Name x', '-Name'],
    ['"Get-X"', 'cmdlet'],
    ['', 'no command'],
    ['PS C:\\> ', 'no command'],
    ['Get-X "`u{110000}"', '`u'],
    ['Get-X `', 'backtick'],
  ])('%j', (line, token) => {
    const attempt = () => parseCommandLine(line);
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
      const attempt = () => parseCommandLine(line);
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
              const elements = values.map(([of]) => text(of));
              return [
                { kind: 'parameter', name: parameter },
                value(elements.length === 1 ? elements[0] : { kind: 'array', elements }),
              ];
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
            expect(parseCommandLine(`Get-X ${line}`).pipelines.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
      { numRuns: fuzzRuns(500) },
    );
  });

  it('parses or refuses any script block, and never fails otherwise', () => {
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
    const bare = fc.constantFrom('a', 1, true, 18446744073709551615n);
    const named = (Name: unknown) => ({
      properties: new Map([['Name', Name]]),
      computerName: null,
      showsComputerName: false,
      source: undefined,
    });
    const block = fc.oneof(
      fc.array(word, { maxLength: 25 }).map((words) => words.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(block, fc.oneof(bare, bare.map(named)), (text, item) => {
        try {
          parseScriptBlock(text, 0)(item);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: fuzzRuns(500) },
    );
  });
});
