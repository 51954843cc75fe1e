import { arrayOf } from '../values/array-type.js';
import { castFailure, convertValue, isTrue, type ValueType } from '../values/convert.js';
import { LanguageError } from '../values/language-error.js';
import {
  collected,
  isArrayValue,
  itemsOf,
  type LineValue,
  NOTHING,
  type OutputObject,
  TableValue,
} from '../values/line-value.js';
import { memberOf } from '../values/members.js';
import { callMethod } from '../values/methods.js';
import { NumberValue } from '../values/number-value.js';
import { applyComparison } from '../values/operators.js';
import { staticMember } from '../values/static-members.js';
import { plainValue } from '../values/typed-value.js';
import { elementText, valueText } from '../values/value-text.js';
import { isOfType } from './is-of-type.js';
import type { CastType, LineExpression, Nested, Pipeline, Statement } from './syntax.js';

/** What an expression is evaluated in. */
export interface EvaluationScope {
  /** What a variable holds; undefined where nothing was assigned. */
  variable(name: string): LineValue | undefined;
  /** Runs the cmdlets of a pipeline. */
  run(pipeline: Pipeline, scope: EvaluationScope): AsyncIterable<LineValue>;
  /** Takes what a statement of a script block or sub-expression fails with, and the next one runs; without it the failure ends them all. */
  failed?(error: LanguageError): void;
}

/** The same, with `$_`. `isWhole`: the first failure ends a script block, as in those of calculated properties. */
export function scopeOf(item: LineValue, outer: EvaluationScope, isWhole = false): EvaluationScope {
  return {
    variable: (name) => (/^(?:_|psitem)$/i.test(name) ? item : outer.variable(name)),
    run: (pipeline, scope) => outer.run(pipeline, scope),
    ...(isWhole || outer.failed === undefined ? {} : { failed: (error) => outer.failed?.(error) }),
  };
}

/** The value of an expression (about_Operators). @throws LanguageError where its values do not fit; what a pipeline in it throws. */
export async function evaluate(expression: LineExpression, scope: EvaluationScope): Promise<LineValue> {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'block':
      return expression;
    case 'variable':
      return scope.variable(expression.name) ?? null;
    case 'text': {
      let text = '';
      for (const part of expression.parts)
        text += typeof part === 'string' ? part : valueText(await evaluate(part, scope));
      return text;
    }
    case 'member':
      return memberOf(await evaluate(expression.target, scope), expression.name) ?? null;
    case 'call':
      return callMethod(
        await evaluate(expression.target, scope),
        expression.name,
        await evaluateAll(expression.arguments, scope),
      );
    case 'static':
      return staticMember(expression.type, expression.name, await evaluateAll(expression.arguments ?? [], scope));
    case 'index':
      return elementAt(await evaluate(expression.target, scope), await evaluate(expression.index, scope));
    case 'array':
      return await evaluateAll(expression.elements, scope);
    case 'nested':
      return await nestedValue(expression, scope);
    case 'table': {
      const entries = new Map<string, LineValue>();
      for (const { key, value } of expression.entries) entries.set(key, await statementValue(value, scope));
      return new TableValue(entries);
    }
    case 'cast':
      return castValue(await evaluate(expression.operand, scope), expression.type);
    case 'unary': {
      const operand = await evaluate(expression.operand, scope);
      if (expression.operator === 'not') return !isTrue(operand);
      return expression.operator === 'join' ? itemsOf(operand).map(elementText).join('') : negative(operand);
    }
    default:
      return await binaryValue(expression, scope);
  }
}

async function evaluateAll(expressions: readonly LineExpression[], scope: EvaluationScope): Promise<LineValue[]> {
  const values: LineValue[] = [];
  for (const expression of expressions) values.push(await evaluate(expression, scope));
  return values;
}

async function binaryValue(
  { operator, left, right }: Extract<LineExpression, { kind: 'binary' }>,
  scope: EvaluationScope,
): Promise<LineValue> {
  const first = await evaluate(left, scope);
  if (operator === 'and') return isTrue(first) && isTrue(await evaluate(right, scope));
  if (operator === 'or') return isTrue(first) || isTrue(await evaluate(right, scope));
  const second = await evaluate(right, scope);
  switch (operator) {
    case 'xor':
      return isTrue(first) !== isTrue(second);
    case 'join':
      return itemsOf(first).map(elementText).join(valueText(second));
    case 'is':
    case 'isnot':
      return isOfType(first, valueText(second)) === (operator === 'is');
    default:
      return applyComparison(operator, first, second);
  }
}

async function nestedValue({ form, statements }: Nested, scope: EvaluationScope): Promise<LineValue> {
  const [only] = statements;
  if (form === '(' && only !== undefined) return await statementValue(only, scope);
  const items: LineValue[] = [];
  for await (const item of runStatements(statements, scope)) items.push(item);
  return form === '@(' ? items : collected(items);
}

/** The expression that is all of a pipeline, so that it keeps its arrays; undefined for one with cmdlets or a redirection. */
export function soleExpression({ head, commands }: Pipeline): LineExpression | undefined {
  return commands.length === 0 && head?.redirections.length === 0 ? head.expression : undefined;
}

/** What a pipeline gives as a value; an expression alone keeps its arrays. */
async function statementValue({ pipeline }: Statement, scope: EvaluationScope): Promise<LineValue> {
  const alone = soleExpression(pipeline);
  if (alone !== undefined) return await evaluate(alone, scope);
  const items: LineValue[] = [];
  for await (const item of scope.run(pipeline, scope)) items.push(item);
  return collected(items);
}

/** What the statements of a script block or of a sub-expression give, one after the other; arrays unrolled. */
export async function* runStatements(
  statements: readonly Statement[],
  scope: EvaluationScope,
): AsyncGenerator<LineValue> {
  for (const { pipeline } of statements) {
    const alone = soleExpression(pipeline);
    try {
      yield* alone === undefined ? scope.run(pipeline, scope) : expressionItems(alone, scope);
    } catch (error) {
      if (!(error instanceof LanguageError) || scope.failed === undefined) throw error;
      scope.failed(error);
    }
  }
}

/** What a pipeline gets of an expression: the elements of an array, and of parentheses in which a pipeline gives nothing, nothing. */
export async function* expressionItems(expression: LineExpression, scope: EvaluationScope): AsyncGenerator<LineValue> {
  if (expression.kind === 'nested') yield* runStatements(expression.statements, scope);
  else yield* itemsOf(await evaluate(expression, scope));
}

function negative(value: LineValue): LineValue {
  const number = convertValue(value, value instanceof NumberValue ? value.type : 'Double');
  if (number instanceof NumberValue) return new NumberValue(number.type, -number.value);
  throw new LanguageError('InvalidCastFromStringToInteger', `"${valueText(value)}" is not a number.`);
}

/** `[0]`, `[-1]`, `['key']`, and several at once (about_Arrays); null where there is no such element. */
function elementAt(target: LineValue, index: LineValue): LineValue {
  if (isArrayValue(index)) return index.map((one) => elementAt(target, one));
  if (target instanceof TableValue) return target.get(valueText(index)) ?? null;
  if (target === null || target === NOTHING) throw new LanguageError('NullArray', 'Cannot index into a null array.');
  const number = convertValue(index, 'Int32');
  if (!(number instanceof NumberValue)) {
    throw new LanguageError(
      'InvalidCastFromStringToInteger',
      `"${valueText(index)}" is not an index.`,
      'Write a number: $x[0].',
    );
  }
  if (typeof target === 'string')
    throw new LanguageError(
      'CannotIndex',
      'An index in a text gives a character, which compares as a number in PowerShell, and is not there.',
      "Take a text: .Substring(0, 1), or an element: .Split('.')[0].",
    );
  const elements = itemsOf(target);
  const at = Number(number.value);
  return elements[at < 0 ? elements.length + at : at] ?? null;
}

/** A cast. @throws LanguageError where there is no conversion. */
export function castValue(value: LineValue, type: CastType): LineValue {
  switch (type) {
    case 'Object':
    case 'Ordered':
    case 'Hashtable':
      return value;
    case 'Null':
      return null;
    case 'Array':
    case 'Object[]':
      return isArrayValue(value) ? value : [value];
    case 'PSCustomObject':
      return value instanceof TableValue ? objectOfTable(value) : value;
    default:
      if (type.endsWith('[]') && value === null) return null;
      if (type.endsWith('[]')) {
        const element = type.slice(0, -2) as ValueType;
        const isAlone = typeof value === 'string' || value instanceof TableValue;
        return arrayOf(
          element,
          itemsOf(value).map((one) =>
            (element as CastType) === 'Object'
              ? one
              : converted(one, element, isAlone ? 'InvalidCastExceptionScalarToArray' : undefined),
          ),
        );
      }
      return converted(value, type as ValueType);
  }
}

function converted(value: LineValue, type: ValueType, failure?: string): LineValue {
  // .NET's reference types have null; the others have a value for it, or none.
  if (value === null && (type === 'IPAddress' || type === 'Version')) return null;
  const result = isArrayValue(value) && type !== 'String' && type !== 'Boolean' ? undefined : convertValue(value, type);
  if (result !== undefined) return result;
  throw new LanguageError(
    failure ?? castFailure(value, type),
    `Cannot convert value "${valueText(value)}" to type "System.${type}".`,
    'Write a value of that type.',
    // .NET reads points in time that are written in many more ways.
    type === 'DateTime' && typeof value === 'string' && /\d/.test(value),
  );
}

/** An object with the entries of a hash table as its properties. */
function objectOfTable(table: TableValue): OutputObject {
  return {
    properties: table.entries,
    computerName: null,
    showsComputerName: false,
    source: plainValue(table),
  };
}
