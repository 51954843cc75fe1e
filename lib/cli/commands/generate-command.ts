import { readFile, writeFile } from 'node:fs/promises';
import type { CimClassDeclaration } from '../../cim/value/class-declaration.js';
import { classesModule } from '../../schema/generator/classes-module.js';
import { readMof } from '../../schema/mof/mof-reader.js';
import type { OpenSession } from '../sessions/open-session.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import { systemErrorCode } from '../usage/system-error-code.js';
import { UsageError } from '../usage/usage-error.js';
import { type GenerateArguments, namePattern, parseGenerateArguments } from './generate-arguments.js';

/** Gives what `use` finds on servers, whose sessions live until then. */
type UseServer = <T>(use: (open: OpenSession) => Promise<T>) => Promise<T>;

/** `cimlet generate`: TypeScript interfaces and declarations of CIM classes, from a server's metadata or from MOF. */
export async function runGenerate(given: readonly string[], io: CommandIo, withServer: UseServer): Promise<number> {
  const words = parseGenerateArguments(given);
  const { fromServer, out } = words;
  const declarations =
    fromServer === undefined
      ? await classesOfMof(words)
      : await withServer((open) => classesOfServer(open, fromServer, words, io.signal));
  const source = fromServer === undefined ? words.mof.join(', ') : `${fromServer}, namespace ${words.namespace ?? ''}`;
  const text = classesModule(declarations, { source });
  if (out === undefined) {
    await writeText(io.stdout, text);
    return 0;
  }
  try {
    await writeFile(out, text);
  } catch (cause) {
    throw fileError('--out', out, 'written', cause);
  }
  await writeText(io.stderr, `${out}: ${declarations.length} ${declarations.length === 1 ? 'class' : 'classes'}\n`);
  return 0;
}

async function classesOfMof({ mof, namespace, classes }: GenerateArguments): Promise<CimClassDeclaration[]> {
  const all: CimClassDeclaration[] = [];
  for (const fileName of mof) {
    const text = await readFile(fileName, 'utf8').catch((cause: unknown) => {
      throw fileError('--mof', fileName, 'read', cause);
    });
    all.push(...readMof(text, { fileName, ...(namespace === undefined ? {} : { namespace }) }));
  }
  return classes.length === 0 ? all : chosen(all, classes);
}

async function classesOfServer(
  open: OpenSession,
  computerName: string,
  { namespace = '', classes }: GenerateArguments,
  signal: AbortSignal,
): Promise<CimClassDeclaration[]> {
  await using session = await open(computerName);
  if (classes.every((name) => namePattern(name).isExact)) {
    const found = await Promise.all(classes.map((className) => session.getClass({ namespace, className, signal })));
    return found.map((cimClass) => cimClass.toDeclaration());
  }
  const all: CimClassDeclaration[] = [];
  for await (const cimClass of session.enumerateClasses({ namespace, signal })) all.push(cimClass.toDeclaration());
  return chosen(all, classes);
}

/** The classes that the names fit, each once. @throws UsageError for a name that fits none. */
function chosen(all: readonly CimClassDeclaration[], names: readonly string[]): CimClassDeclaration[] {
  const patterns = names.map((name) => ({ name, ...namePattern(name) }));
  for (const { name, matches } of patterns) {
    if (!all.some(({ className }) => matches(className))) {
      throw new UsageError(`There is no class ${JSON.stringify(name)}.`, 'Look at the name and the namespace.');
    }
  }
  return all.filter(({ className }) => patterns.some(({ matches }) => matches(className)));
}

function fileError(option: string, path: string, done: string, cause: unknown): unknown {
  const code = systemErrorCode(cause);
  if (code === undefined) return cause;
  return new UsageError(`${option}: ${JSON.stringify(path)} cannot be ${done} (${code}).`, 'Give the path of a file.');
}
