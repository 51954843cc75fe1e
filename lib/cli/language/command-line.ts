import type { TableValue } from './hash-table.js';

/** A value as it was written, before a parameter's type gives it meaning. */
export type ArgumentValue =
  | TextValue
  | { readonly kind: 'literal'; readonly value: boolean | null }
  | ArrayValue
  | VariableValue
  | { readonly kind: 'table'; readonly table: Readonly<Record<string, TableValue>> }
  | BlockValue;

export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
}

/** What a statement before has assigned, or a property of it. */
export interface VariableValue {
  readonly kind: 'variable';
  /** As it is written; its case does not matter. */
  readonly name: string;
  readonly member?: string;
}

/** A script block: what stands between its braces, from offset `start` of the line on. */
export interface BlockValue {
  readonly kind: 'block';
  readonly text: string;
  readonly start: number;
}

export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: readonly (
    | TextValue
    | { readonly kind: 'literal'; readonly value: boolean | null }
    | VariableValue
  )[];
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

/** Commands of which each takes the results of the one before it. */
export interface Pipeline {
  /** `$name =` before it: its results are kept instead of printed. */
  readonly assignTo?: string;
  /** The variable at its head, whose objects the first stage takes. */
  readonly source?: VariableValue;
  readonly stages: readonly CommandStage[];
}

/** A PowerShell command line: pipelines that run one after the other. */
export interface CommandLine {
  readonly pipelines: readonly Pipeline[];
}
