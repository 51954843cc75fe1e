import type { LineExpression, Pipeline, Statement } from './syntax.js';

/** What stands directly in an expression. */
export interface InnerParts {
  readonly expressions: readonly LineExpression[];
  /** In parentheses, sub-expressions, hash tables and script blocks. */
  readonly statements: readonly Statement[];
}

const none: readonly never[] = [];

const ofExpressions = (...expressions: readonly LineExpression[]): InnerParts => ({ expressions, statements: none });

/** The one place that knows what expressions are made of; all that look through a line go by it. */
export function innerParts(expression: LineExpression): InnerParts {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
      return ofExpressions();
    case 'text':
      return ofExpressions(...expression.parts.filter((part) => typeof part !== 'string'));
    case 'member':
      return ofExpressions(expression.target);
    case 'call':
      return ofExpressions(expression.target, ...expression.arguments);
    case 'static':
      return ofExpressions(...(expression.arguments ?? none));
    case 'index':
      return ofExpressions(expression.target, expression.index);
    case 'array':
      return ofExpressions(...expression.elements);
    case 'cast':
    case 'unary':
      return ofExpressions(expression.operand);
    case 'binary':
      return ofExpressions(expression.left, expression.right);
    case 'table':
      return { expressions: none, statements: expression.entries.map(({ value }) => value) };
    case 'nested':
    case 'block':
      return { expressions: none, statements: expression.statements };
  }
}

/** The statements that stand inside of a pipeline's expressions. */
export function* innerStatements({ head, commands }: Pipeline): Generator<Statement> {
  if (head !== undefined) yield* statementsIn(head.expression);
  for (const { elements, redirections } of commands) {
    for (const element of elements)
      if (element.kind !== 'splat' && element.value !== undefined) yield* statementsIn(element.value);
    for (const { file } of redirections) if (file !== undefined) yield* statementsIn(file);
  }
}

function* statementsIn(expression: LineExpression): Generator<Statement> {
  const { expressions, statements } = innerParts(expression);
  yield* statements;
  for (const inner of expressions) yield* statementsIn(inner);
}
