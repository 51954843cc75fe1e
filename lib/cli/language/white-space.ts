import { isBlank, isNewline } from './command-line-characters.js';
import type { LineReader } from './line-reader.js';

/**
 * Steps over what separates words and means nothing: blanks, comments, a backtick before a blank or a line break, and with `newlines` the other
 * line breaks too. @throws UsageError for a comment without an end.
 */
export function skipWhiteSpace(reader: LineReader, newlines = false): void {
  for (;;) {
    const c = reader.peek();
    if (c === '') return;
    const next = reader.peek(1);
    if (isBlank(c) || (newlines && isNewline(c))) reader.at += 1;
    else if (c === '`' && isNewline(next)) {
      reader.at += next === '\r' && reader.peek(2) === '\n' ? 3 : 2;
      skipContinuationPrompt(reader);
    } else if (c === '`' && next !== '' && isBlank(next)) reader.at += 2;
    else if (c === '#') {
      while (!reader.isAtEnd && !isNewline(reader.peek())) reader.at += 1;
    } else if (c === '<' && next === '#') {
      const close = reader.line.indexOf('#>', reader.at + 2);
      if (close < 0) throw reader.error('The comment that begins with <# has no end', 'Close it with #>.');
      reader.at = close + 2;
    } else return;
  }
}

/** The `>> ` that a console shows before a continued line, and that is copied along with it. */
export function skipContinuationPrompt(reader: LineReader): void {
  const prompt = /^>> ?/.exec(reader.line.slice(reader.at, reader.at + 3));
  if (prompt) reader.at += prompt[0].length;
}
