// What ends a pipeline with a text for people or for programs: tables, lists, CSV, JSON, with their options.
import type { Random } from './random.js';
import { blockExpression, plainName, properties, type Source } from './stage-lines.js';

/** A pipeline that ends in a text. */
export function formatLine(random: Random, source: Source): string {
  const chosen = `${source.name} | select ${properties(random, source)}`;
  switch (random.below(12)) {
    case 0:
      return `${source.name} | Format-Table ${columns(random, source)}${tableOptions(random, source)}`;
    case 1:
      return `${source.name} | Format-List ${columns(random, source)}${random.once(5) ? grouping(random, source) : ''}`;
    case 2:
      return chosen;
    case 3:
      return `${chosen} | ${random.pick(['Format-Table', 'ft', 'fl', 'Format-List', 'ft -AutoSize', 'Format-Table *', 'fl *'])}`;
    case 4:
      return `${source.name} | ft ${columns(random, source)}${grouping(random, source)}${tableOptions(random, source)}`;
    case 5:
      return `${chosen} | ConvertTo-Csv${csvOptions(random, source)}`;
    case 6:
      return `${chosen} | ConvertTo-Json${random.pick(['', ' -Compress', ' -AsArray', ' -Depth 1', ' -Depth 3 -Compress', ' -Compress:$false', ' -EnumsAsStrings', ' -EscapeHandling EscapeHtml'])}`;
    case 7:
      return `${source.name} | ForEach-Object { ${blockExpression(random, source)} }`;
    case 8:
      return `${source.name} | select ${properties(random, source)} | ${random.pick(['ft', 'fl', 'ft *', 'fl *', 'select -First 1', 'ft -AutoSize', 'ConvertTo-Csv', 'sort -Unique'])}`;
    case 9:
      return `${items(random, source)}${random.pick(['', '', ' | ft', ' | fl', ' | ConvertTo-Csv', ' | ConvertTo-Json', ' | ConvertTo-Json -Compress', ' | ft *', ' | fl *'])}`;
    case 10:
      return `${source.name} | ${random.pick(['Format-Wide', 'fw'])}${random.pick(['', ` ${plainName(random, source)}`, ` ${plainName(random, source)} -Column 3`, ' -AutoSize'])}`;
    default:
      return `${source.name} | ${random.pick(['group', 'Group-Object'])} ${plainName(random, source)}${random.pick([' -NoElement', ' -NoElement | sort Count', ' | ft Name, Count', ' | fl Name, Count', ' | select Name, Count'])}`;
  }
}

function columns(random: Random, source: Source): string {
  const one = (): string => {
    if (random.once(3)) return column(random, source);
    const name = plainName(random, source);
    return random.pick([
      name,
      name,
      name,
      name,
      `${name.slice(0, 3)}*`,
      `*${name.slice(-3)}`,
      name.toLowerCase(),
      'Nosuch',
      `'${name}'`,
    ]);
  };
  return Array.from({ length: 1 + random.below(4) }, one).join(random.once(2) ? ', ' : ',');
}

/** A calculated column with what says how it looks. */
function column(random: Random, source: Source): string {
  const name = plainName(random, source);
  const entries = [
    ...(random.once(6)
      ? []
      : [
          `${random.pick(['n', 'Name', 'l', 'Label', 'lab'])} = ${random.pick(["'X'", "'Id'", "'A b'", '"y"', `'${name}'`])}`,
        ]),
    `${random.pick(['e', 'Expression', 'exp'])} = ${random.pick([`'${name}'`, `{ $_.${name} }`, `{ $_.${name} }`, `{ ${blockExpression(random, source)} }`])}`,
    ...(random.once(3)
      ? [`${random.pick(['w', 'Width'])} = ${random.pick(['18', '20', '12', '30', "'5'", '0', '40'])}`]
      : []),
    ...(random.once(3)
      ? [
          `${random.pick(['a', 'Alignment', 'align'])} = ${random.pick(["'right'", "'left'", "'center'", "'r'", '"Right"', "'no'"])}`,
        ]
      : []),
    ...(random.once(3)
      ? [
          `${random.pick(['f', 'FormatString', 'format'])} = ${random.pick(["'N2'", "'D4'", "'yyyy-MM-dd'", "'X'", "'0.0'", "'hh\\:mm'", "'c'", "'g'", "'{0} s'", "''", "'P0'", "'00'"])}`,
        ]
      : []),
  ];
  return `@{ ${random.once(4) ? random.shuffled(entries).join('; ') : entries.join('; ')} }`;
}

function grouping(random: Random, source: Source): string {
  return ` -GroupBy ${random.once(4) ? column(random, source) : plainName(random, source)}`;
}

function tableOptions(random: Random, source: Source): string {
  return random.pick([
    '',
    '',
    '',
    ' -AutoSize',
    ' -HideTableHeaders',
    ' -Wrap',
    ' -AutoSize -Wrap',
    ' -auto',
    ' -RepeatHeader',
    ` -Property ${plainName(random, source)}`,
  ]);
}

function csvOptions(random: Random, source: Source): string {
  return random.pick([
    '',
    ' -NoTypeInformation',
    " -Delimiter ';'",
    ' -UseQuotes Never',
    ' -UseQuotes AsNeeded',
    ' -UseQuotes Always',
    ` -QuoteFields ${plainName(random, source)}`,
    ' -IncludeTypeInformation',
    ' -NoHeader',
    ' -UseCulture',
    " -Delimiter '`t'",
    " ';'",
    " -Delimiter ';;'",
    ' -NoHeader -UseQuotes AsNeeded',
  ]);
}

/** Values at the head of a pipeline; what is shown of a class as a whole is the business of its view, and no row's. */
function items(random: Random, source: Source): string {
  const property = plainName(random, source);
  const one = random.pick([
    `(${source.name} | select -First 1 | % ${property})`,
    `(${source.name}).${property}`,
    `(${source.name} | select ${property}, ${plainName(random, source)})`,
    '$null',
    "'text'",
    "''",
    '5',
    '1.50',
    '1e20',
    '$true',
    "[pscustomobject]@{ A = 1; B = 'x' }",
    '[pscustomobject]@{ A = $null; B = 1,2 }',
    "[version]'1.2'",
    "[ipaddress]'10.0.0.1'",
    '"a`nb"',
  ]);
  return random.pick([
    one,
    one,
    `${one}, ${one}`,
    `$null, ${one}`,
    `${one}, $null`,
    `(${one}, ${one})`,
    `@(${one})`,
    `${one}, 'x'`,
  ]);
}
