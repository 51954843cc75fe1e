// Calls of one cmdlet, and of two with a pipe between them, out of what the CDXML files declare.
import type { DeclaredCmdlet, DeclaredMembership, DeclaredParameter } from '../stub/cdxml-cmdlets.js';
import type { Random } from './random.js';
import { fittingValue, oddValue, parameterValue } from './value-texts.js';

const ENGINE = [
  '-WhatIf',
  '-Confirm:$false',
  '-Verbose',
  '-ErrorAction Stop',
  '-ea SilentlyContinue',
  '-ThrottleLimit 5',
  '-Confirm',
  '-wa ignore',
  '-OutVariable v',
];

const isSwitch = ({ type }: DeclaredParameter): boolean => type.endsWith('SwitchParameter');

const membershipIn = ({ memberships }: DeclaredParameter, set: string | undefined): DeclaredMembership | undefined =>
  memberships.find((membership) => membership.set === set || membership.set === undefined);

/** One cmdlet with parameters of one set, now and then with one that does not belong to it, one too few or one too many. */
export function cmdletCall(random: Random, cmdlet: DeclaredCmdlet, density = 3): string {
  const set = cmdlet.sets.length === 0 ? undefined : random.pick(cmdlet.sets);
  const own = cmdlet.parameters.filter((parameter) => membershipIn(parameter, set) !== undefined);
  const isMandatory = (parameter: DeclaredParameter) => membershipIn(parameter, set)?.mandatory === true;
  const chosen = [
    ...own.filter((parameter) => isMandatory(parameter) && !random.once(12)),
    ...random.some(
      own.filter((parameter) => !isMandatory(parameter)),
      density,
    ),
    ...(random.once(10) ? [random.pick(cmdlet.parameters)] : []),
  ];
  const positional = chosen
    .filter(
      (parameter) => membershipIn(parameter, set)?.position !== undefined && !isSwitch(parameter) && random.once(2),
    )
    .sort((left, right) => (membershipIn(left, set)?.position ?? 0) - (membershipIn(right, set)?.position ?? 0));
  const named = chosen
    .filter((parameter) => !positional.includes(parameter))
    .map((one) => namedParameter(random, cmdlet, one));
  const words = [
    ...positional.map((parameter) => parameterValue(random, parameter)),
    ...(random.once(15) ? [oddValue(random)] : []),
  ];
  const pieces = random.once(2) ? [...words, ...random.shuffled(named)] : merged(random, words, random.shuffled(named));
  if (random.once(6)) pieces.push(random.pick(ENGINE));
  return [spelled(random, cmdlet.name), ...pieces].join(random.once(20) ? '  ' : ' ');
}

/** Words by position keep their order. */
function merged(random: Random, words: readonly string[], named: readonly string[]): string[] {
  const rest = [...words];
  const result: string[] = [];
  for (const one of named) {
    while (rest.length > 0 && random.once(2)) result.push(rest.shift() ?? '');
    result.push(one);
  }
  return [...result, ...rest];
}

function namedParameter(random: Random, cmdlet: DeclaredCmdlet, parameter: DeclaredParameter): string {
  const name = `-${writtenName(random, cmdlet, parameter)}`;
  if (isSwitch(parameter))
    return `${name}${random.once(4) ? random.pick([':$true', ':$false', ': $true', ':0', ':1', ' $true', ':$null', ":'x'"]) : ''}`;
  const value = parameterValue(random, parameter);
  return random.once(6) ? `${name}:${random.once(3) ? ' ' : ''}${value}` : `${name} ${value}`;
}

function writtenName(random: Random, cmdlet: DeclaredCmdlet, { name, aliases }: DeclaredParameter): string {
  switch (random.below(6)) {
    case 0:
      return name.slice(0, 1 + random.below(name.length));
    case 1:
      return aliases.length > 0 ? random.pick(aliases) : name.toLowerCase();
    case 2:
      return random.once(6) ? `${name}x` : name.toUpperCase();
    case 3:
      return random.once(8) ? random.pick(cmdlet.parameters).name : name;
    default:
      return name;
  }
}

function spelled(random: Random, name: string): string {
  switch (random.below(12)) {
    case 0:
      return name.toLowerCase();
    case 1:
      return `DhcpServer\\${name}`;
    case 2:
      return name.startsWith('Get-') ? name.slice(4) : name;
    default:
      return name;
  }
}

/** What a reading cmdlet gives, piped to a cmdlet, with some of its parameters given. */
export function pipedCall(random: Random, cmdlets: readonly DeclaredCmdlet[]): string {
  const readers = cmdlets.filter(({ verb, output }) => verb === 'Get' && output !== undefined);
  const source = random.pick(readers);
  const takers = cmdlets.filter(
    ({ noun, parameters }) =>
      noun === source.noun || parameters.some(({ memberships }) => memberships.some(({ byName }) => byName)),
  );
  const near = takers.filter(({ noun }) => noun === source.noun);
  const target = random.pick(near.length > 0 && !random.once(3) ? near : takers);
  const given = random.some(target.parameters, 6).map((parameter) => {
    if (isSwitch(parameter)) return `-${parameter.name}`;
    return `-${parameter.name} ${random.once(8) ? oddValue(random) : fittingValue(random, parameter)}`;
  });
  const word = random.once(6) ? [oddValue(random)] : [];
  const middle = random.pick([
    '',
    '',
    '',
    ' | Select-Object -First 1',
    ' | select *',
    ' | Where-Object Name -ne x',
    ' | Sort-Object Name',
    ' | select -Last 2',
  ]);
  const after = random.pick(['', '', '', '', ' -PassThru | select Name', ' | Out-Null']);
  return `${source.name}${middle} | ${[target.name, ...word, ...given].join(' ')}${after}`;
}
