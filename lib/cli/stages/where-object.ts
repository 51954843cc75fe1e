import { castType } from '../language/cast-types.js';
import type { EvaluationScope } from '../language/evaluate.js';
import { isOfType } from '../language/is-of-type.js';
import { isTrue } from '../values/convert.js';
import { LanguageError } from '../values/language-error.js';
import { isArrayValue, type LineValue } from '../values/line-value.js';
import { namedMember } from '../values/members.js';
import { applyComparison, COMPARISONS } from '../values/operators.js';
import { valueText } from '../values/value-text.js';
import { blockValue, isBlock, propertiesLike } from './item-expression.js';
import { commandClass, type Stage, type StageDefinition } from './stage.js';
import type { StageCall } from './stage-call.js';

const OPERATORS: ReadonlySet<string> = new Set([...COMPARISONS, 'is', 'isnot']);

type Test = (item: LineValue, scope: EvaluationScope) => Promise<boolean> | boolean;

export const WHERE_OBJECT: StageDefinition = {
  name: 'Where-Object',
  aliases: ['where', '?'],
  parameters: {
    Property: 'text',
    Value: 'value',
    FilterScript: 'block',
    Not: 'switch',
    ...Object.fromEntries([...OPERATORS].map((name) => [name, 'switch' as const])),
  },
  positional: ['Property', 'Value'],
  prepare: (call) => {
    const block = call.value('FilterScript');
    if (block === undefined) return filter(propertyTest(call), commandClass('Where-Object'));
    if (!isBlock(block) || block.statements.length === 0)
      throw call.refusal('-FilterScript wants a script block', 'Write { $_.State -eq "Normal" }.');
    if (call.given.some((name) => name !== 'FilterScript'))
      throw call.refusal('there is a script block and more', 'Give the script block alone.');
    return filter(async (item, scope) => isTrue(await blockValue(block, item, scope)), undefined);
  },
};

/** An item for which the test fails does not pass, and is reported. */
function filter(test: Test, commandName: string | undefined): Stage {
  return async function* (input, context) {
    for await (const item of input) {
      try {
        if (await test(item, context.scope)) yield item;
      } catch (error) {
        if (!(error instanceof LanguageError)) throw error;
        context.report(error, commandName === undefined ? error.id : `${idOf(error)},${commandName}`, item);
      }
    }
  };
}

function idOf({ id }: LanguageError): string {
  if (id === 'AmbiguousPropertyName') return id;
  return id.includes('Regex') ? 'BadOperatorArgument' : 'OperatorFailed';
}

/** `Where-Object State -eq Normal`, `Where-Object State`. */
function propertyTest(call: StageCall): Test {
  const [property, another] = call.texts('Property') ?? [];
  const operators = call.given.filter((name) => OPERATORS.has(name) && call.isOn(name));
  const [operator, second] = operators;
  if (property === undefined || property === '')
    throw call.refusal('a property is missing', 'Write for example Where-Object State -eq Normal.');
  if (another !== undefined || isArrayValue(call.value('Property') ?? null))
    throw call.refusal('there are several properties', 'Give one, or a script block.');
  if (second !== undefined)
    throw call.refusal(
      `there are both -${operators.join(' and -')}`,
      'Give one comparison, or a script block with several.',
    );
  if (operator !== undefined && call.has('Not'))
    throw call.refusal(`-Not stands beside -${operator}`, 'Write -ne, -notlike, … instead, or a script block.');
  const value = call.value('Value');
  if (operator === undefined) {
    if (value !== undefined)
      throw call.refusal('there is a value and no comparison', `Write for example Where-Object ${property} -eq Value.`);
    const wanted = !call.isOn('Not');
    return (item) => isTrue(memberLike(item, property)) === wanted;
  }
  if (value === undefined)
    throw call.refusal(`-${operator} has no value`, 'Write the value after it; $null stands for none.');
  if (/^is/.test(operator)) {
    const type = castType(valueText(value).replace(/^\[|\]$/g, ''));
    if (type === undefined)
      throw call.refusal(`the type ${valueText(value)} is not there`, 'Write for example -is [string].');
    return (item) => isOfType(memberLike(item, property), type) === (operator === 'is');
  }
  // A pattern is the text that stands in the line, a number otherwise is one.
  const right = /(?:like|match)$/.test(operator) ? (call.written('Value') ?? value) : value;
  checkPattern(call, operator, right);
  return (item) => isTrue(applyComparison(operator, memberLike(item, property), right));
}

/** An invalid pattern is told before anything runs. */
function checkPattern(call: StageCall, operator: string, right: LineValue): void {
  try {
    if (/(?:like|match)$/.test(operator)) applyComparison(operator, '', right);
  } catch (error) {
    if (!(error instanceof LanguageError)) throw error;
    throw call.refusal(
      `-${operator}: ${JSON.stringify(valueText(right))} is not a pattern (${error.message})`,
      'Correct it.',
    );
  }
}

/** Of a name with wildcards the one property that it fits. */
function memberLike(item: LineValue, name: string): LineValue {
  const own = namedMember(item, name);
  if (own !== undefined) return own;
  const found = propertiesLike(item, name);
  const [only, ...more] = found;
  if (more.length > 0)
    throw new LanguageError(
      'AmbiguousPropertyName',
      `"${name}" is ambiguous: it fits ${found.join(', ')}.`,
      'Write the name in full.',
    );
  return only === undefined ? null : (namedMember(item, only) ?? null);
}
