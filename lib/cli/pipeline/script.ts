import { basename } from 'node:path';
import { parseCommandLine } from '../language/parse-line.js';
import type { CommandLine, Statement } from '../language/syntax.js';
import type { CommandIo } from '../terminal/command-io.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import { systemErrorCode } from '../usage/system-error-code.js';
import { UsageError } from '../usage/usage-error.js';

/** Lines that a file or standard input holds. */
export interface Script {
  readonly line: CommandLine;
  /** Where a statement stands, as `name:line`. */
  readonly placeOf: (statement: Statement) => string | undefined;
}

/** The lines of `--file FILE`, or of standard input (`-`); undefined where the command line holds the line itself. @throws UsageError */
export async function readScript(
  { file, rest }: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
): Promise<Script | undefined> {
  const isInput = file === '-' || (file === undefined && rest[0] === '-');
  const [unexpected] = file === undefined ? rest.slice(1) : rest;
  if (file === undefined && !isInput) return undefined;
  if (unexpected !== undefined) {
    throw new UsageError(
      `${JSON.stringify(unexpected)} stands behind ${file === undefined ? '-' : '--file'}, which holds all lines.`,
      'Give the lines in one place; they take no arguments.',
    );
  }
  const name = isInput ? 'standard input' : basename(file ?? '');
  const text = isInput ? await textOfInput(io, input) : await textOfFile(file ?? '');
  return { line: parsed(text, name), placeOf: (statement) => placeOf(statement, text, name) };
}

async function textOfInput(io: CommandIo, input: TerminalInput): Promise<string> {
  const lines: string[] = [];
  // The line before may have been a password.
  for (let line = await input.readLine(io.signal); line !== undefined; line = await input.readLine(io.signal))
    lines.push(line);
  return lines.join('\n').replace(/^\uFEFF/, '');
}

/** UTF-8, or UTF-16 of either order with a byte order mark, as Windows PowerShell writes files. */
async function textOfFile(path: string): Promise<string> {
  try {
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(path);
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
      // Only whole characters can be turned round.
      return bytes
        .subarray(2, bytes.length - (bytes.length % 2))
        .swap16()
        .toString('utf16le');
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unreadable';
    throw new UsageError(
      `--file: ${JSON.stringify(path)} cannot be read (${code}).`,
      'Give the path of a file with PowerShell lines.',
    );
  }
}

function parsed(text: string, name: string): CommandLine {
  // A file of comments alone does nothing.
  if (text.split(/\r\n|\r|\n/).every((one) => /^\s*(?:#|$)/.test(one))) return { statements: [] };
  try {
    return parseCommandLine(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [whole = '', column = ''] = / \(at column (\d{1,15}) of the PowerShell line\)/.exec(error.message) ?? [];
    if (whole === '') throw new UsageError(`${name}: ${error.message}`, error.hint);
    throw new UsageError(
      `${name}:${lineAt(text, Number(column) - 1)}: ${error.message.replace(whole, '')}`,
      error.hint,
    );
  }
}

function placeOf({ assignTo, pipeline: { commands } }: Statement, text: string, name: string): string | undefined {
  const at = assignTo?.at ?? commands[0]?.at;
  return at === undefined ? undefined : `${name}:${lineAt(text, at)}`;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split(/\r\n|\r|\n/).length;
