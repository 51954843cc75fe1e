import { UsageError } from '../usage/usage-error.js';

/** What stands after `cimlet generate`. */
export interface GenerateArguments {
  readonly fromServer: string | undefined;
  readonly mof: readonly string[];
  readonly namespace: string | undefined;
  /** File that is written; standard output without one. */
  readonly out: string | undefined;
  /** Class names; `*` and `?` stand for any characters. */
  readonly classes: readonly string[];
}

const OPTIONS = ['--from-server', '--mof', '--namespace', '--out'] as const;
const USAGE =
  'Write cimlet [options] generate --from-server HOST --namespace NAMESPACE CLASS…, or cimlet generate --mof FILE.';

/** @throws UsageError */
export function parseGenerateArguments(words: readonly string[]): GenerateArguments {
  const given = new Map<string, string[]>();
  const classes: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      classes.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = (equals < 0 ? word : word.slice(0, equals)).toLowerCase();
    if (!OPTIONS.some((option) => option === name)) {
      throw new UsageError(`${name} is not an option of cimlet generate.`, USAGE);
    }
    if (equals < 0) at += 1;
    const value = equals < 0 ? words[at] : word.slice(equals + 1);
    if (value === undefined || value === '') throw new UsageError(`${name} has no value.`, USAGE);
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  const single = (name: string): string | undefined => {
    const values = given.get(name) ?? [];
    if (values.length > 1) throw new UsageError(`${name} is given twice.`, USAGE);
    return values[0];
  };
  const fromServer = single('--from-server');
  const mof = given.get('--mof') ?? [];
  if ((fromServer === undefined) === (mof.length === 0)) {
    throw new UsageError('cimlet generate takes its classes from a server or from MOF files.', USAGE);
  }
  const namespace = single('--namespace');
  if (fromServer !== undefined && (namespace === undefined || classes.length === 0)) {
    throw new UsageError('--from-server needs --namespace and at least one class.', USAGE);
  }
  return { fromServer, mof, namespace, out: single('--out'), classes };
}

/** A test of names without case, for a pattern with `*` and `?`. */
export function namePattern(pattern: string): {
  readonly isExact: boolean;
  readonly matches: (name: string) => boolean;
} {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
  return { isExact: !/[*?]/.test(pattern), matches: (name) => expression.test(name) };
}
