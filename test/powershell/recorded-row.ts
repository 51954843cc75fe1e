// Rows that a recorder made from real PowerShell: what a line calls, gives and refuses there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordedCall {
  readonly cmdlet: string;
  readonly set?: string;
  readonly params: Readonly<Record<string, RecordedValue>>;
}

export type RecordedValue = string | null | readonly (string | null)[];

export interface RecordedRow {
  readonly id: string;
  readonly about?: string;
  readonly line: string;
  /** What is kept of the output: objects as texts, their properties as texts, or the text at a width. */
  readonly show?: 'text' | 'properties' | number;
  readonly only?: 'powershell';
  readonly expected: {
    readonly calls?: readonly RecordedCall[];
    readonly errors?: readonly string[];
    readonly out?: string | readonly unknown[];
    readonly parse?: readonly string[];
    readonly notRun?: string;
  };
}

/** Those of the module were recorded for all of its cmdlets, with {@link ModuleSession}'s objects. */
export const KINDS = [
  'lines',
  'pipelines',
  'lexing',
  'conversions',
  'comparisons',
  'formats',
  'module-lines',
  'module-rows',
] as const;
export type Kind = (typeof KINDS)[number];

export const isOfModule = (kind: Kind): boolean => kind.startsWith('module-');

export function readRows(folder: string, kind: Kind): RecordedRow[] {
  return readFileSync(join(folder, isOfModule(kind) ? 'module' : '', `${kind}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedRow);
}

/** The description of the lab that the rows of a kind were recorded with. */
export function labFileOf(kind: Kind): string {
  return kind === 'comparisons' || kind === 'formats' ? 'comparison-lab.json' : 'lab.json';
}

/** What the recorder can decide: lines that it ran, with cmdlets and modules that it has. */
export function isDecidable({ id, line, only, expected }: RecordedRow): boolean {
  if (only === 'powershell' || id.endsWith('o') || expected.notRun !== undefined) return false;
  const lacks =
    expected.errors?.some((error) => /^(?:CommandNotFoundException|ErrorLoadingAssembly)/.test(error)) ?? false;
  return !(lacks && /CimMethod|CimClass|CimSession|\[System\.|Add-Type/i.test(line));
}
