// What follows a cmdlet: comparisons, sorting, choosing, formats.
import type { StubClass, StubProperty } from '../stub/stub-objects.js';
import type { Random } from './random.js';
import { comparedValue, expressionValue } from './value-texts.js';

const OPERATORS = [
  'eq',
  'ne',
  'gt',
  'ge',
  'lt',
  'le',
  'like',
  'notlike',
  'match',
  'notmatch',
  'contains',
  'notcontains',
  'in',
  'notin',
  'is',
  'isnot',
];
const TYPES = [
  '[string]',
  '[int]',
  '[bool]',
  '[timespan]',
  '[ipaddress]',
  '[uint32]',
  'string',
  'System.String',
  'int[]',
  '[array]',
  'nosuch',
  "'bool'",
];
const WORDS = ['Where-Object', 'where', '?', 'Where-Object'];

/** A reading cmdlet and the class that it gives. */
export interface Source {
  readonly name: string;
  readonly stubClass: StubClass;
}

function propertyName(random: Random, { stubClass: { properties } }: Source): string {
  const { name } = random.pick(properties);
  switch (random.below(14)) {
    case 0:
      return name.toLowerCase();
    case 1:
      return 'Nosuch';
    case 2:
      return `${name.slice(0, 3)}*`;
    case 3:
      return `'${name}'`;
    case 4:
      return 'PSComputerName';
    default:
      return name;
  }
}

/** The name of a property as the class has it. */
export const plainName = (random: Random, { stubClass: { properties } }: Source): string =>
  random.pick(properties).name;

function operator(random: Random): string {
  const name = random.pick(OPERATORS);
  if (name.startsWith('is')) return `-${name}`;
  return random.once(6)
    ? `-${random.pick(['c', 'i'])}${name}`
    : random.once(10)
      ? `-${name.toUpperCase()}`
      : `-${name}`;
}

function shortFilter(random: Random, source: Source): string {
  const word = random.pick(WORDS);
  const name = propertyName(random, source);
  if (random.once(8)) return `${word} ${name}`;
  if (random.once(12)) return `${word} -Not ${name}`;
  const written = operator(random);
  const value = /^-is/.test(written) ? random.pick(TYPES) : comparedValue(random);
  if (random.once(20)) return `${word} ${written} ${value} ${name}`;
  if (random.once(30)) return `${word} ${name} ${written}`;
  if (random.once(30)) return `${word} ${name} ${written} ${value} -Not`;
  if (random.once(10)) return `${word} -Property ${name} ${written} -Value ${value}`;
  return `${word} ${name} ${written} ${value}`;
}

function member(random: Random, source: Source): string {
  const property = random.pick(source.stubClass.properties);
  const base = `$_.${property.name}`;
  if (random.once(5)) return `${base}.${random.pick(membersOf(property))}`;
  if (!property.isArray && random.once(6)) return `${base}.${random.pick(methodsOf(property))}`;
  if (property.isArray && random.once(3)) return `${base}[${random.pick(['0', '1', '-1', '5'])}]`;
  return random.once(15) ? '$_.Nosuch' : base;
}

function membersOf({ kind }: StubProperty): readonly string[] {
  if (kind === 'ipaddress') return ['IPAddressToString', 'AddressFamily', 'Count', 'Nosuch'];
  if (kind === 'timespan') return ['TotalHours', 'Days', 'Hours', 'TotalSeconds', 'Ticks'];
  if (kind === 'datetime') return ['Year', 'Month', 'Day', 'Hour', 'DayOfWeek'];
  return ['Length', 'Count', 'Nosuch'];
}

function methodsOf({ kind }: StubProperty): readonly string[] {
  if (kind === 'ipaddress') return ['ToString()', "ToString().Split('.')[0]", "IPAddressToString.StartsWith('10.1')"];
  if (kind === 'timespan') return ['ToString()', "ToString('hh\\:mm')", "ToString('d')"];
  if (kind === 'datetime')
    return ["ToString('yyyy-MM-dd HH:mm')", 'AddDays(1)', "AddHours(-1.5).ToString('d')", 'AddMinutes(90).Hour'];
  if (kind === 'bool') return ['ToString()', 'ToString().ToLower()'];
  if (kind !== 'string') return ['ToString()', "ToString('D4')", "ToString('N1')", "ToString('X')", "ToString('0.0')"];
  return [
    'ToUpper()',
    'ToLower()',
    'ToString()',
    "StartsWith('a')",
    "EndsWith('1')",
    "Contains('1')",
    "Replace('1', 'x')",
    "Split('.')[0]",
    "Split('1', 2)[-1]",
    'Trim()',
    "Trim('1')",
    "IndexOf('1')",
    'Substring(1)',
    "PadLeft(8, '.')",
  ];
}

/** A comparison, as it stands in a script block. */
function comparison(random: Random, source: Source, depth = 0): string {
  if (depth < 2 && random.once(4))
    return `${comparison(random, source, depth + 1)} ${random.pick(['-and', '-or', '-xor'])} ${comparison(random, source, depth + 1)}`;
  if (depth < 2 && random.once(8))
    return `${random.pick(['-not ', '!', '-not', '! '])}(${comparison(random, source, depth + 1)})`;
  const left = random.once(6) ? expressionValue(random) : member(random, source);
  if (random.once(12)) return left;
  if (random.once(14))
    return `${left} ${random.pick(['-is', '-isnot'])} ${random.pick(['[string]', '[int]', '[bool]', '[timespan]', '[ipaddress]', '[uint32]'])}`;
  const written = operator(random);
  const right = /^-is/.test(written)
    ? random.pick(TYPES)
    : random.once(6)
      ? member(random, source)
      : expressionValue(random);
  return `${left} ${written} ${right}`;
}

function filter(random: Random, source: Source): string {
  return random.once(2) ? shortFilter(random, source) : `${random.pick(WORDS)} { ${comparison(random, source)} }`;
}

const CASTS = [
  '[string]',
  '[int]',
  '[uint32]',
  '[bool]',
  '[timespan]',
  '[ipaddress]',
  '[double]',
  '[version]',
  '[long]',
  '[string[]]',
  '[datetime]',
];

/** What a script block gives of an object. */
export function blockExpression(random: Random, source: Source): string {
  const one = member(random, source);
  switch (random.below(9)) {
    case 0:
      return `"$(${one})"`;
    case 1:
      return `"${random.pick(['a ', '', 'x='])}$($_.${plainName(random, source)}): $_"`.replace(
        ': $_',
        random.once(2) ? '' : ':',
      );
    case 2:
      return `${one} -join '${random.pick([', ', ';', ''])}'`;
    case 3:
      return `${random.pick(CASTS)}${one}`;
    case 4:
      return comparison(random, source);
    case 5:
      return `${one}, ${member(random, source)}`;
    case 6:
      return `[pscustomobject]@{ A = ${one}; B = ${expressionValue(random)} }`;
    case 7:
      return `${random.pick(CASTS)}${expressionValue(random)}`;
    default:
      return one;
  }
}

function calculated(random: Random, source: Source): string {
  const label = random.pick(['n', 'Name', 'l', 'Label', 'N']);
  const expression = random.pick(['e', 'Expression', 'E']);
  if (random.once(6))
    return `@{ ${expression} = ${random.pick([`'${plainName(random, source)}'`, `{ $_.${plainName(random, source)} }`])} }`;
  if (random.once(6))
    return `@{ ${label} = 'X'; ${expression} = ${random.pick([`'${plainName(random, source)}'`, `'${plainName(random, source).slice(0, 3)}*'`, '$null', '5', "'Nosuch'", '{}', "''"])} }`;
  return `@{ ${label} = '${random.pick(['X', 'Id', 'A b'])}'; ${expression} = { ${blockExpression(random, source)} } }`;
}

/** What Select- and Format- cmdlets take: names, names with wildcards, calculated properties. */
export function properties(random: Random, source: Source): string {
  const names = [...new Set(Array.from({ length: 1 + random.below(3) }, () => plainName(random, source)))];
  const all = names.map((name) =>
    random.once(8) ? calculated(random, source) : random.once(12) ? `${name.slice(0, 4)}*` : name,
  );
  return all.join(random.once(2) ? ', ' : ',');
}

function select(random: Random, source: Source): string {
  const word = random.pick(['Select-Object', 'select']);
  switch (random.below(13)) {
    case 9:
      return `${word} ${random.pick(['-First 1 -Skip 1', '-Last 1 -Skip 1', '-First 1 -Last 1', '-Skip 1 -SkipLast 1', '-SkipIndex 0', '-SkipIndex 0,2', '-First 1,2', '-First -1', '-First x', '-First 1 -Index 0', '-Last 5', '-Index -1', '-First 1 -Unique', "-First '2'", '-First 1.5', '-First $null', '-Skip 1 -Last 1 -Unique'])}`;
    case 10:
      return `${word} ${properties(random, source)} -ExpandProperty ${propertyName(random, source)}`;
    case 11:
      return `${word} -ExcludeProperty ${properties(random, source)}`;
    case 12:
      return `${word} ${properties(random, source)} -Unique${random.pick(['', ' -CaseInsensitive'])}`;
    case 0:
      return `${word} -${random.pick(['First', 'Last', 'Skip', 'SkipLast'])} ${random.below(4)}`;
    case 1:
      return `${word} -ExpandProperty ${propertyName(random, source)}`;
    case 2:
      return `${word} ${properties(random, source)} -First ${random.below(3)}`;
    case 3:
      return `${word} * -ExcludeProperty ${properties(random, source).replace(/@\{.*\}/, 'X')}`;
    case 4:
      return `${word} ${plainName(random, source)} -Unique`;
    case 5:
      return `${word} -Index ${random.pick(['0', '1', '0,2', '5', '2,0'])}`;
    case 6:
      return `${word} ${plainName(random, source)} -ExpandProperty ${plainName(random, source)}`;
    default:
      return `${word} ${properties(random, source)}`;
  }
}

function sortKey(random: Random, source: Source): string {
  const name = plainName(random, source);
  switch (random.below(8)) {
    case 0:
      return `{ ${blockExpression(random, source)} }`;
    case 1:
      return `@{ ${random.pick(['e', 'Expression'])} = ${random.pick([`'${name}'`, `{ $_.${name} }`])}; ${random.pick(['Descending', 'Ascending', 'd', 'a'])} = ${random.pick(['$true', '$false', '1', "'x'"])} }`;
    case 2:
      return `${name.slice(0, 3)}*`;
    case 3:
      return `@{ Expression = '${name}' }`;
    default:
      return name;
  }
}

function sort(random: Random, source: Source): string {
  const word = random.pick(['Sort-Object', 'sort']);
  const keys = Array.from({ length: 1 + random.below(2) }, () => sortKey(random, source));
  return `${word} ${keys.join(', ')}, ${source.stubClass.properties[0]?.name}${random.pick(['', '', ' -Descending', ' -Top 2', ' -Bottom 1', ' -Unique', ' -CaseSensitive', ' -Descending -Top 1', ' -Descending:$false', ' -Unique -Descending', ' -Stable', ' -Top 0', ' -Culture sv'])}`;
}

function forEach(random: Random, source: Source): string {
  const word = random.pick(['ForEach-Object', 'foreach', '%']);
  if (random.once(8))
    return `${word} ${random.pick([`-MemberName ${plainName(random, source)}`, `-Begin { 'b' } -Process { $_.${plainName(random, source)} } -End { 'e' }`, `{ 'a' } { $_.${plainName(random, source)} } { 'c' }`, `{ 'a' } { $_.${plainName(random, source)} }`, `-Process { $_.${plainName(random, source)} }`, `{ $_ | select ${plainName(random, source)} }`, `{ $_.${plainName(random, source)} | % { "<$_>" } }`, 'ToString', "ToString 'x'", `{ $x = $_.${plainName(random, source)}; $x }`, `{ @{ A = $_.${plainName(random, source)} } }`, '{ $_.Nosuch.Nosuch }', '{ }', `{ [pscustomobject]@{ A = $_.${plainName(random, source)} } } | select A`])}`;
  return random.once(4) ? `${word} ${propertyName(random, source)}` : `${word} { ${blockExpression(random, source)} }`;
}

const STATISTICS = [
  'Sum',
  'Average',
  'Maximum',
  'Minimum',
  'StandardDeviation',
  'AllStats',
  'Line',
  'Word',
  'Character',
];

function group(random: Random, source: Source): string {
  const name = plainName(random, source);
  switch (random.below(8)) {
    case 0:
      return `Group-Object ${name} -NoElement | select Name, Count`;
    case 1:
      return `Measure-Object ${random.pick(['', '', `${name} -Sum`, `${name} -Maximum -Minimum`])} | select Count, Sum, Maximum, Minimum`;
    case 2:
      return `Group-Object ${name} | select Count, Name`;
    case 3:
      return `Group-Object ${name}, ${plainName(random, source)} | select ${random.pick(['Name', 'Count', 'Name, Count', 'Values'])}`;
    case 4:
      return `Group-Object ${random.pick([name, `{ $_.${name} }`, `{ ${blockExpression(random, source)} }`, name.toLowerCase(), 'Nosuch', `@{ e = { $_.${name} } }`, `${name.slice(0, 3)}*`])} | ${random.pick(['select Name, Count', `% { $_.Group.Count }`, `% { $_.Group[0].${plainName(random, source)} }`, `select -ExpandProperty Group | select ${name}`, 'where Count -gt 1 | select Name', 'sort Count, Name -Descending | select Name, Count', '% Name', '% Values'])}`;
    case 5:
      return `Group-Object ${name} ${random.pick(['-AsHashTable', '-AsHashTable -AsString', '-CaseSensitive', '-NoElement'])} | ${random.pick(['select Name, Count', '% Count', '% Keys'])}`;
    case 6:
      return `Measure-Object ${random.pick([name, `${name}, ${plainName(random, source)}`, `${name.slice(0, 3)}*`, 'Nosuch', `{ $_.${name} }`])} ${random
        .some(STATISTICS, 3)
        .map((one) => `-${one}`)
        .join(
          ' ',
        )} | select ${random.pick(['Count, Sum, Average', 'Count, Maximum, Minimum', 'Property, Sum', 'Count, Property, StandardDeviation'])}`;
    default:
      return `Measure-Object | ForEach-Object Count`;
  }
}

/** Two readings of the same, compared. */
function comparedObjects(random: Random, source: Source): string {
  const one = () =>
    random.pick([
      `(${source.name})`,
      `(${source.name} | select -First 2)`,
      `(${source.name} | select -Last 2)`,
      `(${source.name} | select -Skip 1)`,
    ]);
  const name = plainName(random, source);
  const lists = random.once(3)
    ? `${random.pick(["('a','b','c')", '(1,2,3)', "('A','b')", '@(1)', "'a'", '(1,1,2)'])} ${random.pick(["('b','c','d')", '(3,4)', "('a','B')", '@(1,2)', "'b'", '(2,1)'])}`
    : `${one()} ${one()} -Property ${random.pick([name, `${name}, ${plainName(random, source)}`, `{ $_.${name} }`, `@{ e = { $_.${name} } }`])}`;
  const options = random.pick([
    '',
    ' -IncludeEqual',
    ' -ExcludeDifferent',
    ' -IncludeEqual -ExcludeDifferent',
    // Notes on numbers and short texts would stay with PowerShell's own copies of them.
    ...(lists.includes('Get-') ? [' -PassThru'] : []),
    ' -CaseSensitive',
    ' -SyncWindow 1',
  ]);
  return `${random.pick(['Compare-Object', 'compare'])} ${lists}${options}${random.pick(['', ' | select SideIndicator', ' | % SideIndicator', ' | measure | % Count'])}`;
}

/** A pipeline of stages whose results can be compared object by object. */
export function comparisonLine(random: Random, source: Source): string {
  if (random.once(16)) return comparedObjects(random, source);
  const stages: string[] = [source.name];
  if (random.once(2)) stages.push(filter(random, source));
  const last = random.pick([filter, select, sort, forEach, group, filter, filter, forEach]);
  stages.push(last(random, source));
  // Few properties keep a row short.
  if (last === filter || last === sort)
    stages.push(`select ${source.stubClass.properties[0]?.name}, ${plainName(random, source)}`);
  return stages.join(' | ');
}
