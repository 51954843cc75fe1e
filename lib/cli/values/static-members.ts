import { TimeSpan } from '../../cim/value/time-span.js';
import { convertValue } from './convert.js';
import { GivenArguments, type Method, one } from './given-arguments.js';
import { LanguageError } from './language-error.js';
import type { LineValue } from './line-value.js';

const SECOND = 10_000_000;

/** `[timespan]::From…`: ticks beyond the last are cut off. */
function fromUnits(seconds: number): Method<null> {
  return one((_, given) => {
    const ticks = given.real(0) * seconds * SECOND;
    if (Math.abs(ticks) < 2 ** 63) return TimeSpan.fromTicks(BigInt(Math.trunc(ticks)));
    throw given.failure('OverflowException', 'that is too long for a time span', 'Write a smaller number.');
  });
}

function parsed(type: 'TimeSpan' | 'IPAddress' | 'Version'): Method<null> {
  return one((_, given) => {
    const value = convertValue(given.text(0), type);
    if (value !== undefined) return value;
    throw given.failure('FormatException', `${JSON.stringify(given.text(0))} is none`, 'Correct the text.');
  });
}

const isEmpty = (trims: boolean): Method<null> => ({
  counts: [1],
  call: (_, given) => given.isNothing(0, trims),
});

/** What stands behind `::`, by .NET's type; a value is no method. */
const STATIC: Readonly<Record<string, Readonly<Record<string, Method<null> | TimeSpan>>>> = {
  TimeSpan: {
    fromdays: fromUnits(86_400),
    fromhours: fromUnits(3600),
    fromminutes: fromUnits(60),
    fromseconds: fromUnits(1),
    frommilliseconds: fromUnits(0.001),
    parse: parsed('TimeSpan'),
    zero: TimeSpan.zero,
    maxvalue: TimeSpan.maxValue,
  },
  String: { isnullorempty: isEmpty(false), isnullorwhitespace: isEmpty(true) },
  IPAddress: { parse: parsed('IPAddress') },
  Version: { parse: parsed('Version') },
};

/** Whether a type has that member here: a method, or a value. */
export function staticKind(type: string, name: string): 'method' | 'value' | undefined {
  const members = STATIC[type] ?? {};
  const member = Object.hasOwn(members, name.toLowerCase()) ? members[name.toLowerCase()] : undefined;
  return member === undefined ? undefined : member instanceof TimeSpan ? 'value' : 'method';
}

/** The value of `[type]::Name` or `[type]::Name(…)`, which {@link staticKind} knows. @throws LanguageError for what does not fit. */
export function staticMember(type: string, name: string, values: readonly LineValue[]): LineValue {
  const member = STATIC[type]?.[name.toLowerCase()];
  if (member === undefined || member instanceof TimeSpan) return member ?? null;
  if (member.counts.includes(values.length)) return member.call(null, new GivenArguments(name, values));
  throw new LanguageError(
    'MethodCountCouldNotFindBest',
    `[${type.toLowerCase()}]::${name}() does not take ${values.length} values.`,
    `It takes ${member.counts.join(' or ')}.`,
  );
}
