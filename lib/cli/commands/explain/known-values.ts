import { castValue, type EvaluationScope, evaluate } from '../../language/evaluate.js';
import type { LineExpression, Statement } from '../../language/syntax.js';
import { LanguageError } from '../../values/language-error.js';
import type { LineValue } from '../../values/line-value.js';

/** What is known of a line's values before it runs: literals, what is made of them, and the variables that hold such. */
export class KnownValues {
  readonly #variables = new Map<string, LineValue>();

  readonly scope: EvaluationScope = {
    variable: (name) => this.#variables.get(name.toLowerCase()),
    // A pipeline is never known, so none is run.
    run: () => {
      throw new TypeError('An explained line runs no cmdlet.');
    },
  };

  /** The value of an expression does not depend on a cmdlet. */
  has(expression: LineExpression): boolean {
    switch (expression.kind) {
      case 'literal':
      case 'block':
        return true;
      case 'variable':
        return this.#variables.has(expression.name.toLowerCase());
      case 'text':
        return expression.parts.every((part) => typeof part === 'string' || this.has(part));
      case 'member':
        return this.has(expression.target);
      case 'index':
        return this.has(expression.target) && this.has(expression.index);
      case 'array':
        return expression.elements.every((element) => this.has(element));
      case 'nested':
        return expression.statements.every((statement) => this.#hasStatement(statement));
      case 'table':
        return expression.entries.every(({ value }) => this.#hasStatement(value));
      case 'cast':
      case 'unary':
        return this.has(expression.operand);
      default:
        return this.has(expression.left) && this.has(expression.right);
    }
  }

  /** Keeps what a statement assigns, where that is known. */
  async assign({ assignTo, cast, pipeline: { head, commands } }: Statement): Promise<void> {
    if (assignTo === undefined) return;
    const name = assignTo.name.toLowerCase();
    this.#variables.delete(name);
    if (head === undefined || commands.length > 0 || !this.has(head.expression)) return;
    try {
      const value = await evaluate(head.expression, this.scope);
      this.#variables.set(name, cast === undefined ? value : castValue(value, cast));
    } catch (error) {
      // The statement fails when it runs; what needs its value is not known.
      if (!(error instanceof LanguageError)) throw error;
    }
  }

  #hasStatement({ pipeline: { head, commands } }: Statement): boolean {
    return head !== undefined && commands.length === 0 && this.has(head.expression);
  }
}
