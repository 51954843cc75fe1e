import type { LineExpression, Pipeline, Statement } from '../language/syntax.js';

/** The statements that stand inside of a pipeline's expressions: in parentheses, sub-expressions, hash tables and script blocks. */
export function* innerStatements({ head, commands }: Pipeline): Generator<Statement> {
  if (head !== undefined) yield* statementsOf(head.expression);
  for (const { elements, redirections } of commands) {
    for (const element of elements)
      if (element.kind !== 'splat' && element.value !== undefined) yield* statementsOf(element.value);
    for (const { file } of redirections) if (file !== undefined) yield* statementsOf(file);
  }
}

function* statementsOf(expression: LineExpression): Generator<Statement> {
  switch (expression.kind) {
    case 'text':
      for (const part of expression.parts) if (typeof part !== 'string') yield* statementsOf(part);
      break;
    case 'member':
      yield* statementsOf(expression.target);
      break;
    case 'index':
      yield* statementsOf(expression.target);
      yield* statementsOf(expression.index);
      break;
    case 'array':
      for (const element of expression.elements) yield* statementsOf(element);
      break;
    case 'table':
      for (const { value } of expression.entries) yield value;
      break;
    case 'nested':
    case 'block':
      yield* expression.statements;
      break;
    case 'cast':
    case 'unary':
      yield* statementsOf(expression.operand);
      break;
    case 'binary':
      yield* statementsOf(expression.left);
      yield* statementsOf(expression.right);
      break;
    default:
  }
}
