/** A value as it was written, before a parameter's type gives it meaning. */
export type ArgumentValue = TextValue | { readonly kind: 'literal'; readonly value: boolean | null } | ArrayValue;

export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: readonly (TextValue | { readonly kind: 'literal'; readonly value: boolean | null })[];
  /**
   * The whole word, where the user's shell may have taken quotes away: `Floor 1, east` is an array or one text,
   * and only the parameter's type tells.
   */
  readonly word?: string;
}

export type CommandElement =
  | { readonly kind: 'parameter'; readonly name: string /** From `-Name:value`. */; readonly value?: ArgumentValue }
  | { readonly kind: 'value'; readonly value: ArgumentValue };

/** One command of a pipeline: `Name element element …`. */
export interface CommandStage {
  readonly name: string;
  readonly elements: readonly CommandElement[];
}

/** A PowerShell command line: one pipeline of at least one stage. */
export interface CommandLine {
  readonly stages: readonly CommandStage[];
}
