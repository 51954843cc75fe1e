import type { EvaluationScope } from '../language/evaluate.js';
import type { LanguageError } from '../values/language-error.js';
import type { LineValue } from '../values/line-value.js';
import type { StageCall } from './stage-call.js';

/**
 * What a parameter of Where-Object, Select-Object, … takes: `switch` stands alone; `properties` are names, script blocks and hash tables of
 * calculated properties; `value` is anything.
 */
export type StageParameterKind = 'switch' | 'texts' | 'text' | 'count' | 'value' | 'block' | 'properties';

/** The files that a line names itself, and no others. */
export interface LineFiles {
  /** @throws CimletError. */
  read(path: string): Promise<string>;
  /** `create`: a file that is there is left alone, and an error. @throws CimletError. */
  write(path: string, text: string, how: 'replace' | 'append' | 'create'): Promise<void>;
}

/** What a stage runs in. */
export interface StageContext {
  readonly scope: EvaluationScope;
  readonly files: LineFiles;
  /** Characters in a line of a formatted text. */
  readonly width: number | undefined;
  /** Keeps what Tee-Object was told to. */
  assign(name: string, value: LineValue): void;
  /** A line for who sits at the terminal, on standard error. */
  say(text: string): void;
  /** An error that does not end the pipeline, `id` as PowerShell's. */
  report(error: LanguageError, id: string, target: LineValue): void;
}

/** Works on what comes through the pipeline. */
export type Stage = (input: AsyncIterable<LineValue>, context: StageContext) => AsyncIterable<LineValue>;

/** One of PowerShell's own cmdlets: its names and parameters as data. */
export interface StageDefinition {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly parameters: Readonly<Record<string, StageParameterKind>>;
  /** Parameters by position. */
  readonly positional: readonly string[];
  /** It stands at the head of a pipeline, too. */
  readonly makes?: boolean;
  /** The parameter that it needs there, where nothing comes through the pipeline. */
  readonly needs?: string;
  /** `format`: lines for people, which only the Out- cmdlets take. `text`: texts that are printed as they are, with --json, too. */
  readonly gives?: 'format' | 'text';
  /** What a call does. @throws UsageError for values that do not fit. */
  readonly prepare: (call: StageCall) => Stage;
}

/** The class that PowerShell's error ids name, such as `Microsoft.PowerShell.Commands.WhereObjectCommand`. */
export function commandClass(name: string): string {
  return `Microsoft.PowerShell.Commands.${name.replace('-', '')}Command`;
}
