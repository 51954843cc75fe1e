import { isSecretParameterName } from '../../language/secret-parameter-name.js';
import type { CommandElement, LineExpression, Pipeline, Statement } from '../../language/syntax.js';
import { NumberValue } from '../../values/number-value.js';
import { valueText } from '../../values/value-text.js';

/** An expression as a line has it, written anew from what was read of it. */
export function expressionSource(expression: LineExpression): string {
  switch (expression.kind) {
    case 'literal':
      return literalSource(expression);
    case 'text':
      return `"${expression.parts.map((part) => (typeof part === 'string' ? part.replace(/["`$]/g, '`$&') : inText(part))).join('')}"`;
    case 'variable':
      return `$${expression.name}`;
    case 'member':
      return `${expressionSource(expression.target)}.${expression.name}`;
    case 'call':
      return `${expressionSource(expression.target)}.${expression.name}${argumentsSource(expression.arguments)}`;
    case 'static':
      return `[${expression.type.toLowerCase()}]::${expression.name}${argumentsSource(expression.arguments)}`;
    case 'index':
      return `${expressionSource(expression.target)}[${expressionSource(expression.index)}]`;
    case 'array':
      return expression.elements.map(expressionSource).join(',');
    case 'nested':
      return `${expression.form}${statementsSource(expression.statements)})`;
    case 'block':
      return `{ ${statementsSource(expression.statements)} }`;
    case 'table':
      return `@{ ${expression.entries.map(({ key, value }) => `${key} = ${isSecretParameterName(key) ? '[secret]' : statementsSource([value])}`).join('; ')} }`;
    case 'cast':
      return `[${expression.type.toLowerCase()}]${expressionSource(expression.operand)}`;
    case 'unary':
      return `-${expression.operator === '-' ? '' : `${expression.operator} `}${expressionSource(expression.operand)}`;
    default:
      return `${expressionSource(expression.left)} -${expression.operator} ${expressionSource(expression.right)}`;
  }
}

function argumentsSource(values: readonly LineExpression[] | undefined): string {
  return values === undefined ? '' : `(${values.map(expressionSource).join(', ')})`;
}

function inText(part: LineExpression): string {
  return part.kind === 'variable' || part.kind === 'nested' ? expressionSource(part) : `$(${expressionSource(part)})`;
}

function literalSource({ value, written }: Extract<LineExpression, { kind: 'literal' }>): string {
  if (written !== undefined) return written;
  if (value === null) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  const text = valueText(value);
  return value instanceof NumberValue || /^[\w.:*\\/-]+$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

function statementsSource(statements: readonly Statement[]): string {
  return statements.map(({ pipeline }) => pipelineSource(pipeline)).join('; ');
}

function pipelineSource({ head, commands }: Pipeline): string {
  const all = commands.map(({ name, elements }) => [name, ...elementsSource(elements)].join(' '));
  return [...(head === undefined ? [] : [expressionSource(head.expression)]), ...all].join(' | ');
}

/** A value that may be a secret is not written. */
function elementsSource(elements: readonly CommandElement[]): string[] {
  let named = '';
  return elements.map((element) => {
    if (element.kind === 'splat') return `@${element.variable.name}`;
    const name = element.kind === 'parameter' ? element.name : named;
    named = element.kind === 'parameter' && element.value === undefined ? element.name : '';
    const value =
      element.value === undefined ? '' : isSecretParameterName(name) ? '[secret]' : expressionSource(element.value);
    if (element.kind === 'value') return value;
    return element.value === undefined ? `-${element.name}` : `-${element.name}:${value}`;
  });
}
