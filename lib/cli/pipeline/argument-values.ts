import type { ResolvedParameter } from '../../cmdlet/bind/parameter-names.js';
import { readDateText } from '../../cmdlet/convert/date-text.js';
import { hasEmptyValue } from '../../cmdlet/convert/null-value.js';
import type { NumberType } from '../../cmdlet/convert/number-literal.js';
import { isUnitless, readTimeSpanText } from '../../cmdlet/convert/time-span-text.js';
import type { CmdletParameter } from '../../schema/definition/cmdlet-definition.js';
import { type EvaluationScope, evaluate } from '../language/evaluate.js';
import type { LineExpression } from '../language/syntax.js';
import { UsageError } from '../usage/usage-error.js';
import { AddressValue } from '../values/address-value.js';
import { convertValue } from '../values/convert.js';
import { isArrayValue, isBlockValue, isScalarValue, type LineValue } from '../values/line-value.js';
import { NumberValue } from '../values/number-value.js';
import { plainValue } from '../values/typed-value.js';
import { valueText } from '../values/value-text.js';
import { isSwitch, type NamedArguments } from './bind-arguments.js';
import type { LineSecrets } from './line-secrets.js';

const NUMBER_TYPES: readonly NumberType[] = [
  'Byte',
  'SByte',
  'UInt16',
  'Int16',
  'UInt32',
  'Int32',
  'UInt64',
  'Int64',
  'Single',
  'Double',
];

/**
 * The values of a command's arguments, as the library's cmdlets take them. @throws UsageError for what is null without being written so, and for
 * script blocks; what evaluating them and asking for a secret throws.
 */
export async function argumentValues(
  named: NamedArguments,
  scope: EvaluationScope,
  secrets?: Pick<LineSecrets, 'obtain'>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [name, { parameter, value }] of named) {
    const given = value === undefined ? undefined : await argumentValue(parameter, value, scope);
    if (value === undefined) values[name] = await secrets?.obtain(name);
    // As PowerShell takes a user name for a credential, and asks for the rest.
    else if (typeof given === 'string' && secrets !== undefined && isCredential(parameter))
      values[name] = { userName: given, password: await secrets.obtain(name, given) };
    else values[name] = given;
  }
  return values;
}

function isCredential(parameter: ResolvedParameter): boolean {
  return parameter.kind === 'own' && parameter.parameter.secret === true && parameter.parameter.type !== 'String';
}

async function argumentValue(
  parameter: ResolvedParameter,
  expression: LineExpression,
  scope: EvaluationScope,
): Promise<unknown> {
  if (expression.kind === 'block') {
    throw new UsageError(
      `A script block stands at column ${expression.at + 1}, and -${parameter.name} takes none.`,
      'Put the text between single quotes if the braces belong to it.',
    );
  }
  const isArray = parameter.kind === 'own' ? parameter.parameter.isArray : parameter.name === 'CimSession';
  const takesText = parameter.kind === 'own' && parameter.parameter.type === 'String';
  if (expression.kind === 'literal' && expression.parts !== undefined) {
    return isArray ? await argumentValue(parameter, expression.parts, scope) : expression.value;
  }
  if (expression.kind === 'literal' && expression.written !== undefined && takesText) return expression.written;
  const value = await evaluate(expression, scope);
  refuseNothing(parameter, expression, value);
  if (isSwitch(parameter)) return switchValue(parameter, value);
  const type = numberTypeOf(parameter);
  if (value === null && parameter.kind === 'own') return nullFor(parameter.parameter, type);
  if (type !== undefined) return numberOf(value, type);
  if (parameter.kind === 'own' && parameter.parameter.type === 'TimeSpan') return timeSpanOf(value);
  if (parameter.kind === 'own' && parameter.parameter.type === 'IPAddress') return addressOf(value);
  if (parameter.kind === 'own' && parameter.parameter.type === 'DateTime') return timeOf(value);
  return takesText ? textOf(value) : plainValue(value);
}

/** `$null` where the line writes it: an empty text or 0, as PowerShell converts it, and null for other types, which the cmdlet judges. */
function nullFor(parameter: CmdletParameter, type: NumberType | undefined): unknown {
  if (parameter.nullable || !hasEmptyValue(parameter)) return null;
  return type === undefined ? '' : 0;
}

/** Ticks of 100 ns in a second. */
const SECOND = 10_000_000n;

/**
 * A text of days alone has quotes in the line, and so is meant. A bare number is ticks: whole seconds of them are meant, too; others would be parts of
 * one, and the cmdlet refuses them with the reason.
 */
function timeSpanOf(value: LineValue): unknown {
  if (value instanceof NumberValue) {
    const isSeconds = typeof value.value === 'bigint' && value.value % SECOND === 0n;
    return (isSeconds ? convertValue(value, 'TimeSpan') : undefined) ?? valueText(value);
  }
  return typeof value === 'string' && isUnitless(value) ? (readTimeSpanText(value) ?? value) : plainValue(value);
}

/** A time alone is today's, where CIM has a time without a day. */
function timeOf(value: LineValue): unknown {
  const isTime = typeof value === 'string' && /^\s*\d{1,2}:\d/.test(value);
  return isTime ? (readDateText(value) ?? `today ${value}`) : plainValue(value);
}

/** Texts in quotes are addresses in .NET's other forms, too, where they name all four octets; the cmdlet refuses the others. */
function addressOf(value: LineValue): unknown {
  if (isArrayValue(value)) return value.map(addressOf);
  return typeof value === 'string' ? (AddressValue.readWhole(value)?.text ?? value) : plainValue(value);
}

/** The number's type that a parameter takes. */
function numberTypeOf(parameter: ResolvedParameter): NumberType | undefined {
  if (parameter.kind === 'engine') return parameter.name === 'ThrottleLimit' ? 'Int32' : undefined;
  const { type, enumeration } = parameter.parameter;
  return enumeration === undefined ? NUMBER_TYPES.find((candidate) => candidate === type) : undefined;
}

/**
 * Numbers as PowerShell converts them: fractions rounded, half to the even neighbour, texts with suffixes and multipliers, `$true` 1, an empty text and null 0.
 * What does not convert is for the cmdlet to refuse.
 */
function numberOf(value: LineValue, type: NumberType): unknown {
  if (isArrayValue(value)) return value.map((element) => numberOf(element, type));
  return plainValue(convertValue(value, type) ?? value);
}

/** These cmdlets are functions: a switch of theirs takes a Boolean, and null for off; the engine's take numbers, too. */
function switchValue(parameter: ResolvedParameter, value: LineValue): unknown {
  if (value === null) return false;
  if (value instanceof NumberValue && parameter.kind === 'own') return valueText(value);
  return plainValue(value);
}

/**
 * Where PowerShell would take null for a value that is not there, the cmdlet would mean something else: without -CimSession this computer, without
 * -Name every relationship. `$null` and `@()` themselves may be written.
 */
function refuseNothing(parameter: ResolvedParameter, expression: LineExpression, value: LineValue): void {
  if (
    expression.kind === 'literal' ||
    (expression.kind === 'nested' && expression.form === '@(' && expression.statements.length === 0)
  )
    return;
  if (expression.kind === 'array') {
    for (const [at, element] of expression.elements.entries())
      refuseNothing(parameter, element, isArrayValue(value) ? (value[at] ?? null) : null);
    return;
  }
  if (value !== null && !(isArrayValue(value) && (value.length === 0 || value.includes(null)))) return;
  throw new UsageError(
    `${shown(expression)} is null, or holds nothing, and stands for -${parameter.name}.`,
    'Leave the parameter out where there is no value, or write $null itself. Nothing was done with it.',
  );
}

function shown(expression: LineExpression): string {
  if (expression.kind === 'variable') return `$${expression.name}`;
  return expression.kind === 'member' ? `${shown(expression.target)}.${expression.name}` : 'What is given';
}

/** What a parameter that takes text gets: of each value its text, and objects as they are, which it refuses. */
function textOf(value: LineValue): unknown {
  if (isArrayValue(value))
    return value.map((element) => (isArrayValue(element) ? valueText(element) : textOf(element)));
  if (isBlockValue(value) || !isScalarValue(value)) return plainValue(value);
  return valueText(value);
}
