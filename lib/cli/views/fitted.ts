import { linesOf, wrapped } from './wrapped.js';

/**
 * The lines of a text on a terminal of this width, broken between words. What goes on stands below the last column of a line in columns, else as far
 * in as the line. A word that no line has room for, such as an address, stays whole, so that it can be copied. Undefined, for what is
 * no terminal, breaks nothing: programs read whole lines there.
 */
export function fitted(text: string, width: number | undefined): string[] {
  const lines = linesOf(text);
  return width === undefined ? lines : lines.flatMap((line) => fittedLine(line, width));
}

function fittedLine(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const begin = line.length - line.trimStart().length;
  const columns = columnsOf(line, begin);
  const column = columns.findLast((at) => at <= width / 2);
  if (column !== undefined) return hanging(line, column, width);
  const [wide] = columns;
  if (begin === 0 || wide === undefined) return hanging(line, begin, width);
  // The left column leaves no room: the right one goes below it.
  const below = `${' '.repeat(begin + 4)}${line.slice(wide)}`;
  return [...hanging(line.slice(0, wide).trimEnd(), begin, width), ...fittedLine(below, width)];
}

/** Where columns begin: behind two blanks or more, and behind the colon of a label (`+ Hint   : `). */
function columnsOf(line: string, begin: number): number[] {
  const label = line.startsWith('+ ', begin) ? line.indexOf(' : ', begin) : -1;
  if (label >= 0) return [label + 3];
  const found: number[] = [];
  for (let at = line.indexOf('  ', begin); at >= 0; at = line.indexOf('  ', at)) {
    while (line[at] === ' ') at += 1;
    if (at < line.length) found.push(at);
  }
  return found;
}

/** The rest of the line below `column`, or further to the left where that keeps a word whole. */
function hanging(line: string, column: number, width: number): string[] {
  const begin = line.length - line.trimStart().length;
  const isRoom = (at: number) =>
    line
      .slice(at)
      .split(' ')
      .every((word) => word.length <= width - at);
  const lefts = [column, Math.min(column, begin + 2), 0];
  const indent = lefts.find(isRoom) ?? Math.min(column, begin + 2);
  const pieces = wrapped(line.slice(indent), Math.max(1, width - indent), true);
  return pieces.map((piece, at) => `${at === 0 ? line.slice(0, indent) : ' '.repeat(indent)}${piece}`.trimEnd());
}
