import type { ValueType } from '../values/convert.js';
import type { BlockValue, LineValue } from '../values/line-value.js';

/** What a line is, before anything of it is evaluated. `at` is an offset into the line. */

export type LineExpression =
  | Literal
  | { readonly kind: 'text'; readonly parts: readonly (string | LineExpression)[] }
  | Variable
  | { readonly kind: 'member'; readonly target: LineExpression; readonly name: string }
  | {
      /** `target.Name(…)`. */
      readonly kind: 'call';
      readonly target: LineExpression;
      readonly name: string;
      readonly arguments: readonly LineExpression[];
    }
  | {
      /** `[type]::Name`, and with arguments `[type]::Name(…)`. */
      readonly kind: 'static';
      readonly type: CastType;
      readonly name: string;
      readonly arguments?: readonly LineExpression[];
    }
  | { readonly kind: 'index'; readonly target: LineExpression; readonly index: LineExpression }
  | { readonly kind: 'array'; readonly elements: readonly LineExpression[] }
  | Nested
  | { readonly kind: 'table'; readonly entries: readonly TableEntry[]; readonly ordered?: boolean }
  | Block
  | { readonly kind: 'cast'; readonly type: CastType; readonly operand: LineExpression }
  | { readonly kind: 'unary'; readonly operator: 'not' | '-' | 'join'; readonly operand: LineExpression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: LineExpression;
      readonly right: LineExpression;
    };

/** Values with commas between them are an array, and one alone is itself. */
export function listOrOnly(elements: readonly LineExpression[]): LineExpression {
  const [only] = elements;
  return elements.length === 1 && only !== undefined ? only : { kind: 'array', elements };
}

/** A value that stands in the line: a number, a text in quotes, a bare word, `$true`. */
export interface Literal {
  readonly kind: 'literal';
  readonly value: LineValue;
  /** A bare number as it was written, which a parameter that takes text gets. */
  readonly written?: string;
  /** Of a word whose quotes the user's shell may have taken away the array that it may be: only a parameter's type tells whether its commas part values. */
  readonly parts?: LineExpression;
}

export interface Variable {
  readonly kind: 'variable';
  /** As it is written; its case does not matter. */
  readonly name: string;
  readonly at: number;
}

/** `( … )` with one pipeline, `$( … )` and `@( … )` with statements. */
export interface Nested {
  readonly kind: 'nested';
  readonly form: '(' | '$(' | '@(';
  readonly statements: readonly Statement[];
}

export interface TableEntry {
  readonly key: string;
  readonly value: Statement;
}

/** `{ … }`; it is a value, too. */
export interface Block extends BlockValue {
  readonly statements: readonly Statement[];
  readonly at: number;
}

export type CastType =
  | ValueType
  | 'Object'
  | 'Array'
  | 'Hashtable'
  | 'PSCustomObject'
  | 'Ordered'
  | 'Null'
  | `${ValueType | 'Object'}[]`;

/** One command with what stands behind it, as it was written. */
export interface Command {
  readonly kind: 'command';
  readonly name: string;
  readonly elements: readonly CommandElement[];
  readonly redirections: readonly Redirection[];
  readonly at: number;
}

export type CommandElement =
  | {
      readonly kind: 'parameter';
      readonly name: string;
      /** With its dash, as it stands in the line. */
      readonly written?: string;
      /** From `-Name:value`. */
      readonly value?: LineExpression;
    }
  | { readonly kind: 'value'; readonly value: LineExpression }
  /** `@name`: the entries of a hash table as parameters. */
  | { readonly kind: 'splat'; readonly variable: Variable };

/** `> file`, `>> file`, `2>$null`. */
export interface Redirection {
  /** 1 is output, 2 errors, 3 warnings, `*` all of them. */
  readonly stream: string;
  readonly append: boolean;
  /** Undefined: nowhere. */
  readonly file: LineExpression | undefined;
}

/** The expression that may stand at the head of a pipeline. */
export interface Head {
  readonly kind: 'head';
  readonly expression: LineExpression;
  readonly redirections: readonly Redirection[];
}

/** Commands of which each takes the results of the one before it. */
export interface Pipeline {
  readonly head?: Head;
  readonly commands: readonly Command[];
}

export interface Statement {
  /** `$name =` before it: its results are kept instead of printed. `$null =` drops them. */
  readonly assignTo?: Variable;
  /** `[type]$name =`. */
  readonly cast?: CastType;
  /** `&&` or `||` before it: it runs only where what ran before it has succeeded, or has failed. */
  readonly chain?: '&&' | '||';
  readonly pipeline: Pipeline;
}

/** A PowerShell command line: statements that run one after the other. */
export interface CommandLine {
  readonly statements: readonly Statement[];
}
