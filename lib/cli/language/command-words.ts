import { isOptionName } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { NumberValue } from '../values/number-value.js';
import { isDash, isNameStart } from './command-line-characters.js';
import { parseArgumentValue, parseCommandLine } from './parse-line.js';
import { isSecretParameterName } from './secret-parameter-name.js';
import type { Command, CommandElement, CommandLine, LineExpression } from './syntax.js';

/** A string whose quotes the user's shell has left (`cmd.exe` leaves single ones), or quoted once more. */
const QUOTED = /^(?:'(?:[^']|'')*'|"(?:[^"`]|""|`.)*")$/s;

/** An array, and what PowerShell would evaluate: a variable, a sub-expression, a script block, a hash table. */
const BEYOND_TEXT =
  /^(?:@\(.*\)|\$[\p{L}_][\p{L}\p{Nd}_:]*|\$[({].*|\{(?:\s.*|)|\{.*\$_.*|\(\s*\p{L}+-\p{L}.*|@\{.*)$/su;

/** The first word of a hash table or of a script block, not of a text in braces. */
const OPENS_BRACE = /^(?:@\{|\{(?:\s|$|.*\$_))/s;

/**
 * Reads PowerShell pipelines as the user's shell hands them over: one word means the whole line, several are their words, with their
 * quotes already taken away. A word that begins with a dash and a letter is a parameter; to give such a text as a value, write
 * `-Name:-text`. Throws a {@link UsageError} for what cannot be read.
 */
export function parseCommandWords(words: readonly string[]): CommandLine {
  const body = withoutPrompt(words);
  const [only] = body;
  if (body.length <= 1) return parseCommandLine(only ?? '');
  const statements = splitAt(body, ';').filter((statement) => statement.length > 0);
  return {
    statements: statements.map((statement) => ({ pipeline: { commands: splitAt(statement, '|').map(parseCommand) } })),
  };
}

function splitAt(words: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

/** Drops `PS` and `C:\>` at the beginning. */
function withoutPrompt(words: readonly string[]): readonly string[] {
  if (words[0] !== 'PS') return words;
  const end = words.findIndex((word) => word.endsWith('>'));
  return end < 0 ? words : words.slice(end + 1);
}

function parseCommand(words: readonly string[]): Command {
  const [name, ...rest] = words;
  if (name === undefined) throw new UsageError('Nothing stands before or after a |.', 'Write a cmdlet there.');
  if (name.startsWith('$')) {
    throw new UsageError(
      'A line with variables is given word by word.',
      'Give the whole PowerShell line as one argument, between single quotes (in cmd.exe between double ones).',
    );
  }
  if (/\s/.test(name)) {
    throw new UsageError(
      'The line is given partly as one argument and partly as words.',
      'Give the whole PowerShell line as one argument, between single quotes, or word by word without them.',
    );
  }
  const elements: CommandElement[] = [];
  let parameter = '';
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    const isParameter = isDash(word.charAt(0)) && isNameStart(word.charAt(1));
    const colon = isParameter ? word.indexOf(':') : -1;
    if (isParameter) parameter = colon < 0 ? word.slice(1) : word.slice(1, colon);
    if (isParameter && colon < 0) {
      elements.push({ kind: 'parameter', name: parameter });
      continue;
    }
    let text = isParameter ? word.slice(colon + 1) : word;
    if (isParameter && text === '') text = rest[++at] ?? missingAfterColon(parameter);
    while (OPENS_BRACE.test(text) && !isClosed(text) && rest[at + 1] !== undefined) text += ` ${rest[++at]}`;
    while (rest[at + 1] !== undefined && (text.endsWith(',') || rest[at + 1]?.startsWith(','))) text += rest[++at];
    const value = wordValue(text, parameter);
    elements.push(isParameter ? { kind: 'parameter', name: parameter, value } : { kind: 'value', value });
    parameter = '';
  }
  return { kind: 'command', name, elements, redirections: [], at: 0 };
}

/** The braces of a hash table or a script block are closed; braces in quotes do not count. */
function isClosed(text: string): boolean {
  const bare = text.replace(/'(?:[^']|'')*'|"(?:[^"`]|`.)*"/gs, '');
  return bare.split('{').length <= bare.split('}').length;
}

function missingAfterColon(name: string): never {
  throw new UsageError(`-${name}: has no value after its colon.`, `Write -${name}:value.`);
}

function wordValue(word: string, parameter: string): LineExpression {
  const secret = isSecretParameterName(parameter);
  if (/^\$(?:true|false|null)$/i.test(word)) return parseArgumentValue(word);
  const array = /^@\(([^'"$(){}]+)\)$/.exec(word)?.[1];
  if (!secret && array !== undefined) return splitArray(array);
  if (!secret && (QUOTED.test(word) || BEYOND_TEXT.test(word))) return parseArgumentValue(word);
  if (!secret && isOptionName(word)) throw misplacedOption(word);
  return word.includes(',') ? { kind: 'literal', value: word, parts: splitArray(word) } : plainWord(word);
}

function misplacedOption(word: string): UsageError {
  return new UsageError(
    `${word.replace(/[=:].*$/s, '')} stands after the cmdlet's name.`,
    "cimlet's own options come before the PowerShell line: cimlet --json Get-DhcpServerv4Failover …",
  );
}

function splitArray(word: string): LineExpression {
  const elements = word.split(',').map((piece): LineExpression => {
    const text = piece.trim();
    return /^\$(?:true|false|null)$/i.test(text) ? parseArgumentValue(text) : plainWord(text);
  });
  return { kind: 'array', elements };
}

/** A text, or a number as it was written. */
function plainWord(text: string): LineExpression {
  const number = /^[-+]/.test(text) ? undefined : NumberValue.ofWord(text);
  return number === undefined ? { kind: 'literal', value: text } : { kind: 'literal', value: number, written: text };
}
