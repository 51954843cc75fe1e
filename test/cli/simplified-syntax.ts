// The syntax tree in a form that is short to write down: literals as their values, numbers as they are written, arrays as arrays, without places.
import type { CommandElement, CommandLine, LineExpression, Statement } from '../../lib/cli/language/syntax.js';
import { NumberValue } from '../../lib/cli/values/number-value.js';

export type Simple = unknown;

export function simpleExpression(expression: LineExpression): Simple {
  switch (expression.kind) {
    case 'literal':
      if (expression.written !== undefined) return expression.written;
      return expression.value instanceof NumberValue ? { number: String(expression.value) } : expression.value;
    case 'array':
      return expression.elements.map(simpleExpression);
    case 'variable':
      return { variable: expression.name };
    case 'member':
      return { of: simpleExpression(expression.target), member: expression.name };
    case 'call':
      return {
        of: simpleExpression(expression.target),
        call: expression.name,
        with: expression.arguments.map(simpleExpression),
      };
    case 'static':
      return { type: expression.type, static: expression.name, with: expression.arguments?.map(simpleExpression) };
    case 'index':
      return { of: simpleExpression(expression.target), index: simpleExpression(expression.index) };
    case 'text':
      return { text: expression.parts.map((part) => (typeof part === 'string' ? part : simpleExpression(part))) };
    case 'nested':
      return { [expression.form]: expression.statements.map(simpleStatement) };
    case 'table':
      return { table: Object.fromEntries(expression.entries.map(({ key, value }) => [key, simpleStatement(value)])) };
    case 'block':
      return { block: expression.source };
    case 'cast':
      return { cast: expression.type, operand: simpleExpression(expression.operand) };
    case 'unary':
      return { [expression.operator]: simpleExpression(expression.operand) };
    default:
      return { [expression.operator]: [simpleExpression(expression.left), simpleExpression(expression.right)] };
  }
}

export function simpleElement(element: CommandElement): Simple {
  if (element.kind === 'splat') return { splat: element.variable.name };
  if (element.kind === 'value') return { value: simpleExpression(element.value) };
  return element.value === undefined
    ? { parameter: element.name }
    : { parameter: element.name, value: simpleExpression(element.value) };
}

/** An expression alone as it is; else the names and elements of the commands, with the head before them and what is assigned. */
export function simpleStatement({ assignTo, pipeline: { head, commands } }: Statement): Simple {
  if (head !== undefined && commands.length === 0 && assignTo === undefined) return simpleExpression(head.expression);
  return {
    ...(assignTo === undefined ? {} : { assignTo: assignTo.name }),
    ...(head === undefined ? {} : { head: simpleExpression(head.expression) }),
    commands: commands.map(({ name, elements }) => ({ name, elements: elements.map(simpleElement) })),
  };
}

export function simpleLine({ statements }: CommandLine): Simple[] {
  return statements.map(simpleStatement);
}
