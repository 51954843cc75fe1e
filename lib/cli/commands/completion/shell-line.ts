/** A line of the Bourne shell up to the cursor, taken apart. */
export interface ShellLine {
  /** The words without their quotes; the last one is being written. */
  readonly words: readonly string[];
  /** The quotation mark that is still open in the last word. */
  readonly quote: '' | "'" | '"';
  /** How much of the last word stands before that mark. */
  readonly unquoted: number;
  /** What the line has of the last word, as it is written there. */
  readonly written: string;
}

/** Reads quotes and backslashes as the shell does (POSIX 2.2); what it would put in the place of a `$` stays as it is written. */
export function readShellLine(line: string): ShellLine {
  const words: string[] = [];
  let word: string | undefined;
  let start = line.length;
  let quote: ShellLine['quote'] = '';
  let unquoted = 0;
  const add = (text: string, at: number) => {
    if (word === undefined) start = at;
    word = (word ?? '') + text;
  };
  for (let at = 0; at < line.length; at += 1) {
    const c = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote === "'") {
      if (c === quote) quote = '';
      else add(c, at);
    } else if (c === '\\' && (quote === '' || /["$\\`]/.test(next))) {
      add(next, at);
      at += 1;
    } else if (quote === '"') {
      if (c === quote) quote = '';
      else add(c, at);
    } else if (c === "'" || c === '"') {
      add('', at);
      quote = c;
      unquoted = word?.length ?? 0;
    } else if (/\s/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else add(c, at);
  }
  return { words: [...words, word ?? ''], quote, unquoted, written: word === undefined ? '' : line.slice(start) };
}
