import { isDoubleQuote, isNewline, isSingleQuote } from '../../language/command-line-characters.js';

/** Where the cursor stands in a PowerShell line: at its end. */
export interface LineCursor {
  /** The commands of the pipeline up to there, each its words without their quotes; the last one is being written. */
  readonly commands: readonly (readonly string[])[];
  /** Of the pipeline whose objects are `$_` there. */
  readonly enclosing: readonly (readonly string[])[];
  /** What there is of the last word, or of its last element where it is a list. */
  readonly current: string;
  /** What stands before that, and stays as it is. */
  readonly head: string;
}

/** Statements within one pair of brackets. */
interface Level {
  /** Commands of the pipeline that are whole. */
  whole: string[][];
  words: string[];
  /** The word that the bracket stands in. */
  readonly opener: string;
}

/** Reads a line up to its end, however unfinished it is. */
export function cursorInLine(line: string): LineCursor {
  const levels: Level[] = [{ whole: [], words: [], opener: '' }];
  let word: string | undefined;
  let start = 0;
  const level = (): Level => levels.at(-1) as Level;
  const endWord = () => {
    if (word !== undefined) level().words.push(word);
    word = undefined;
  };
  const endCommand = (goesOn: boolean) => {
    endWord();
    level().whole = goesOn ? [...level().whole, level().words] : [];
    level().words = [];
  };
  const add = (text: string, at: number) => {
    if (word === undefined) start = at;
    word = (word ?? '') + text;
  };
  for (let at = 0; at < line.length; at += 1) {
    const c = line.charAt(at);
    if (isSingleQuote(c) || isDoubleQuote(c)) {
      const isQuote = isSingleQuote(c) ? isSingleQuote : isDoubleQuote;
      let end = at + 1;
      while (end < line.length && !isQuote(line.charAt(end))) end += 1;
      add(line.slice(at + 1, end), at);
      if (end === line.length) start = at + 1;
      at = end;
    } else if (c === '`') {
      add(line.charAt(at + 1), at);
      at += 1;
    } else if (c === '|' || c === ';' || c === '&' || isNewline(c)) {
      const isDouble = line.charAt(at + 1) === c;
      endCommand(c === '|' && !isDouble);
      if (isDouble) at += 1;
    } else if (c === '(' || c === '{') {
      levels.push({ whole: [], words: [], opener: `${word ?? ''}${c}` });
      word = undefined;
    } else if (c === ')' || c === '}') {
      endWord();
      const inner = levels.length > 1 ? levels.pop() : undefined;
      word = `${inner?.opener ?? ''}${c}`;
      start = at + 1;
    } else if (/\s/.test(c)) {
      if (word?.endsWith(',')) start = at + 1;
      else endWord();
    } else if (c === '=' && isAssignment(level().words, word)) {
      level().words = [];
      word = undefined;
    } else if (c === ':' && /^-\p{L}+$/u.test(word ?? '')) {
      endWord();
      add('', at + 1);
    } else {
      add(c, at);
      if (c === ',') start = at + 1;
    }
  }
  if (word === undefined) start = line.length;
  const opened = levels.map(({ opener }) => opener).lastIndexOf('{');
  const { whole, words } = level();
  return {
    commands: [...whole, words],
    enclosing: opened < 1 ? [] : (levels[opened - 1]?.whole ?? []),
    current: line.slice(start),
    head: line.slice(0, start),
  };
}

/** The same for the words of a line that the user's shell has taken apart; the last one is being written. */
export function cursorInWords(before: readonly string[], last: string): LineCursor {
  let whole: string[][] = [];
  let words: string[] = [];
  let isOpen = false;
  for (const word of before) {
    if (word === '|' || word === ';' || word === '&&' || word === '||') {
      whole = word === '|' ? [...whole, words] : [];
      words = [];
    } else if (isOpen) words.push(`${words.pop() ?? ''}${word}`);
    else words.push(word);
    isOpen = word.endsWith(',');
  }
  if (isOpen) words.pop();
  const [attached = '', name] = /^(-\p{L}+):/u.exec(last) ?? [];
  if (name !== undefined) words.push(name);
  const start = Math.max(attached.length, last.lastIndexOf(',') + 1);
  return { commands: [...whole, words], enclosing: [], current: last.slice(start), head: last.slice(0, start) };
}

const isAssignment = (words: readonly string[], word: string | undefined): boolean =>
  [...words, ...(word === undefined ? [] : [word])].length === 1 && (words[0] ?? word ?? '').startsWith('$');
