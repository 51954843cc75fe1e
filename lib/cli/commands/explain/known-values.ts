import { castValue, type EvaluationScope, evaluate, soleExpression } from '../../language/evaluate.js';
import { innerParts } from '../../language/inner-parts.js';
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
    if (expression.kind === 'block') return true;
    if (expression.kind === 'variable') return this.#variables.has(expression.name.toLowerCase());
    const { expressions, statements } = innerParts(expression);
    return (
      expressions.every((inner) => this.has(inner)) && statements.every((statement) => this.#hasStatement(statement))
    );
  }

  /** Keeps what a statement assigns, where that is known. */
  async assign({ assignTo, cast, pipeline }: Statement): Promise<void> {
    if (assignTo === undefined) return;
    const name = assignTo.name.toLowerCase();
    this.#variables.delete(name);
    const alone = soleExpression(pipeline);
    if (alone === undefined || !this.has(alone)) return;
    try {
      const value = await evaluate(alone, this.scope);
      this.#variables.set(name, cast === undefined ? value : castValue(value, cast));
    } catch (error) {
      // The statement fails when it runs; what needs its value is not known.
      if (!(error instanceof LanguageError)) throw error;
    }
  }

  #hasStatement({ pipeline }: Statement): boolean {
    const alone = soleExpression(pipeline);
    return alone !== undefined && this.has(alone);
  }
}
