/** What a line would do, as far as it can be told without running any of it. */
export interface ExplainedLine {
  readonly statements: readonly ExplainedStatement[];
  /** What does not fit; the statements beside it would run. */
  readonly refusals: readonly Error[];
}

export interface ExplainedStatement {
  /** The variable that keeps its results. */
  readonly variable?: string;
  /** It runs only where the one before has succeeded, or has failed. */
  readonly chain?: '&&' | '||';
  /** The value at its head, as it is written; `[hidden]` where it may be a secret. */
  readonly head?: string;
  readonly stages: readonly ExplainedStage[];
  /** What runs inside of its values and script blocks; in a script block once for each object. */
  readonly inner: readonly ExplainedStatement[];
}

export type ExplainedStage = ExplainedCmdlet | ExplainedPlain;

/** A cmdlet that calls servers. */
export interface ExplainedCmdlet {
  readonly kind: 'cmdlet';
  readonly name: string;
  /** The parameter set that it is bound to; several where a piped object, or a value that is not known yet, decides. */
  readonly parameterSets: readonly string[];
  readonly parameters: readonly ExplainedParameter[];
  /** Parameters that a piped object's properties may give. */
  readonly fromPipeline: readonly string[];
  /** What is sent where nothing is given for it, by the method's parameter. */
  readonly defaults: Readonly<Record<string, string | number | boolean>>;
  /** Switches that go with the call when what it asks is answered with yes. */
  readonly approves: readonly string[];
  /** What is sent, for each parameter set: `method root/…/Class.Name`. */
  readonly sends: readonly string[];
  /** Computers; where only a variable or a piped object tells, what is written. */
  readonly targets: readonly string[];
  /** It asks before it sends. */
  readonly asks: boolean;
  /** -WhatIf: nothing is sent. */
  readonly whatIf: boolean;
  /** Why it would not run: the sentence of the error. It is bound to no set then. */
  readonly refused?: string;
}

export interface ExplainedParameter {
  readonly name: string;
  /** .NET's type, with `[]` for an array. */
  readonly type: string;
  /** As it is bound; `[secret]` for a secret. */
  readonly value?: unknown;
  /** As it is written, where the value is known only when the line runs. */
  readonly expression?: string;
}

/** One of PowerShell's own cmdlets, which works here. */
export interface ExplainedPlain {
  readonly kind: 'stage';
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}
