// What PowerShell 7.6 printed for the same rows, widths and option (Out-String -Stream) in the culture en-US; without a culture it breaks within words.
import { describe, expect, it } from '@jest/globals';
import { fixedTableHead, fixedTableRow } from '../../../lib/cli/views/table.js';
import { lineText } from '../../../lib/cli/views/view.js';
import { runCommand } from '../command-harness.js';

const ROWS = [
  {
    Name: 'short',
    Heading_Of_A_Column: 'the quick brown fox jumps over the lazy dog and well-known things happen again',
  },
  { Name: 'n2', Heading_Of_A_Column: 'two\nlines' },
  { Name: 'verylongnamenoblank', Heading_Of_A_Column: 'a  b\tc averyveryverylongwordthatbreaks; x,y z' },
];

const POWERSHELL = `
Name       Heading_Of_A_Col
           umn
----       ----------------
short      the quick brown
           fox jumps over
           the lazy dog
           and well-known
           things happen
           again
n2         two
           lines
verylongna a  b\tc averyvery
menoblank  verylongwordthat
           breaks; x,y z
`;

describe('Format-Table -Wrap', () => {
  it('goes on below where a text is longer than its column, as PowerShell does', () => {
    const columns = [
      { property: 'Name', width: 10 },
      { property: 'Heading_Of_A_Column', width: 16 },
    ];
    const lines = [
      ...fixedTableHead(columns, 60).map(lineText),
      ...ROWS.flatMap((row) => {
        const properties = new Map<string, unknown>(Object.entries(row));
        return fixedTableRow(
          columns,
          { properties, computerName: null, showsComputerName: false, source: row },
          60,
          true,
        );
      }),
    ];
    expect(`\n${lines.map((line) => line.trimEnd()).join('\n')}\n`).toBe(POWERSHELL);
  });

  it('shows the whole of what a narrow line would cut', async () => {
    const line = "[pscustomobject]@{ Name = 'abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop' } | Format-Table";
    const wrapped = await runCommand(['--width', '20', '--emulator', `${line} -Wrap`]);
    expect(wrapped.stdout).toBe('\nName\n----\nabcdefghijklmnopqrst\nuvwxyz0123456789abcd\nefghijklmnop\n\n');
    const cut = await runCommand(['--width', '20', '--emulator', line]);
    expect(cut.stdout).toBe('\nName\n----\nabcdefghijklmnopqrs…\n\n');
  });
});

describe('a table that is wider than the line', () => {
  // PowerShell 7.6 prints these at a width of 80.
  it.each([
    [
      `A = '${'a'.repeat(30)}'; B = '${'b'.repeat(30)}'; C = '${'c'.repeat(30)}'; D = '${'d'.repeat(30)}'`,
      [
        'A                              B                              C',
        '-                              -                              -',
        `${'a'.repeat(30)} ${'b'.repeat(30)} ${'c'.repeat(17)}…`,
      ],
    ],
    [
      'AddressesFree = 1; AddressesInUse = 2; AddressesFreeOnThisServer = 3; AddressesFreeOnPartnerServer = 4; AddressesInUseOnThisServer = 5',
      [
        'AddressesFree AddressesInUse AddressesFreeOnThisServer AddressesFreeOnPartnerSer',
        '                                                                             ver',
        '------------- -------------- ------------------------- -------------------------',
        '            1              2                         3                         4',
      ],
    ],
  ])('is cut at its end, and its headings go on below: %s', async (entries, expected) => {
    const line = `[pscustomobject]@{ ${entries} } | Format-Table`;
    const { stdout } = await runCommand(['--width', '80', '--emulator', line]);
    expect(stdout.split('\n').slice(1, -2)).toEqual(expected);
  });
});
