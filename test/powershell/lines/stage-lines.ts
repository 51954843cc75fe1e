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

const plainName = (random: Random, { stubClass: { properties } }: Source): string => random.pick(properties).name;

function operator(random: Random): string {
  const name = random.pick(OPERATORS);
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
  const value = comparedValue(random);
  if (random.once(10)) return `${word} -Property ${name} ${operator(random)} -Value ${value}`;
  return `${word} ${name} ${operator(random)} ${value}`;
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
  const right = random.once(6) ? member(random, source) : expressionValue(random);
  return `${left} ${operator(random)} ${right}`;
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

function blockExpression(random: Random, source: Source): string {
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
  return `@{ ${label} = '${random.pick(['X', 'Id', 'A b'])}'; ${expression} = { ${blockExpression(random, source)} } }`;
}

function properties(random: Random, source: Source): string {
  const names = [...new Set(Array.from({ length: 1 + random.below(3) }, () => plainName(random, source)))];
  const all = names.map((name) =>
    random.once(8) ? calculated(random, source) : random.once(12) ? `${name.slice(0, 4)}*` : name,
  );
  return all.join(random.once(2) ? ', ' : ',');
}

function select(random: Random, source: Source): string {
  const word = random.pick(['Select-Object', 'select']);
  switch (random.below(9)) {
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

function sort(random: Random, source: Source): string {
  const word = random.pick(['Sort-Object', 'sort']);
  const by = random.once(5) ? `{ ${blockExpression(random, source)} }` : plainName(random, source);
  return `${word} ${by}, ${source.stubClass.properties[0]?.name}${random.pick(['', '', ' -Descending', ' -Top 2', ' -Bottom 1', ' -Unique', ' -CaseSensitive'])}`;
}

function forEach(random: Random, source: Source): string {
  const word = random.pick(['ForEach-Object', 'foreach', '%']);
  return random.once(4) ? `${word} ${propertyName(random, source)}` : `${word} { ${blockExpression(random, source)} }`;
}

function group(random: Random, source: Source): string {
  switch (random.below(4)) {
    case 0:
      return `Group-Object ${plainName(random, source)} -NoElement | select Name, Count`;
    case 1:
      return `Measure-Object ${random.pick(['', '', `${plainName(random, source)} -Sum`, `${plainName(random, source)} -Maximum -Minimum`])} | select Count, Sum, Maximum, Minimum`;
    case 2:
      return `Group-Object ${plainName(random, source)} | select Count, Name`;
    default:
      return `Measure-Object | ForEach-Object Count`;
  }
}

/** A pipeline of stages whose results can be compared object by object. */
export function comparisonLine(random: Random, source: Source): string {
  const stages: string[] = [source.name];
  if (random.once(2)) stages.push(filter(random, source));
  const last = random.pick([filter, select, sort, forEach, group, filter, filter, forEach]);
  stages.push(last(random, source));
  // Few properties keep a row short.
  if (last === filter || last === sort)
    stages.push(`select ${source.stubClass.properties[0]?.name}, ${plainName(random, source)}`);
  return stages.join(' | ');
}

/** A pipeline that ends in a text for people or for programs. */
export function formatLine(random: Random, source: Source): string {
  const chosen = `${source.name} | select ${properties(random, source)}`;
  switch (random.below(8)) {
    case 0:
      return `${source.name} | Format-Table ${properties(random, source)}${random.pick(['', ' -AutoSize', ' -HideTableHeaders', ' -Wrap'])}`;
    case 1:
      return `${source.name} | Format-List ${properties(random, source)}`;
    case 2:
      return chosen;
    case 3:
      return `${chosen} | ${random.pick(['Format-Table', 'ft', 'fl', 'Format-List', 'ft -AutoSize', 'Format-Table *', 'fl *'])}`;
    case 4:
      return `${source.name} | ft ${plainName(random, source)} -GroupBy ${plainName(random, source)}`;
    case 5:
      return `${chosen} | ConvertTo-Csv${random.pick(['', ' -NoTypeInformation', " -Delimiter ';'"])}`;
    case 6:
      return `${chosen} | ConvertTo-Json${random.pick(['', ' -Compress'])}`;
    default:
      return `${source.name} | ForEach-Object { ${blockExpression(random, source)} }`;
  }
}
