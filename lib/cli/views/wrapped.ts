const LINE_BREAK = /\r\n|\r|\n/;

export const linesOf = (text: string): string[] => text.split(LINE_BREAK);

/** Words with the blank behind each. */
const WORD = /[^ \t]*[ \t]|[^ \t]+$/g;

/**
 * The lines that a text takes where it has so many characters of width, as PowerShell breaks them: between words, each of which keeps the blank behind
 * it; a word that is longer than a line goes on in the next one, or, with `wholeWords`, stands alone in a line that is too long.
 */
export function wrapped(text: string, width: number, wholeWords = false): string[] {
  return linesOf(text).flatMap((line) => {
    if (line.length <= width || width < 1) return [line];
    const done: string[] = [];
    let current = '';
    for (const word of line.match(WORD) ?? []) {
      const mayBreak = !wholeWords && word.length > width;
      if (!mayBreak && current !== '' && current.length + word.length > width) {
        done.push(current);
        current = '';
      }
      current += word;
      for (; !wholeWords && current.length > width; current = current.slice(width)) done.push(current.slice(0, width));
    }
    return [...done, current];
  });
}
