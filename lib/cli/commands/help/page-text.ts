/** How wide a page is where there is no terminal. */
const USUAL_WIDTH = 120;

/** A page in Markdown as a text to read on a terminal; `width`: of its lines. */
export function pageText(markdown: string, width = USUAL_WIDTH): string {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) lines.push(...wrapped(plain(paragraph.join(' ')), width));
    paragraph = [];
  };
  let isCode = false;
  for (const line of withoutComments(markdown).split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence || isCode || line.trim() === '' || /^(?:#|\||[-*] |\d{1,3}\. )/.test(line)) endParagraph();
    if (isFence) isCode = !isCode;
    else if (isCode) lines.push(`    ${line}`.trimEnd());
    else if (line.startsWith('#')) lines.push(plain(line.replace(/^#{1,6} /, '')).toUpperCase());
    else if (line.startsWith('|')) lines.push(...wrapped(plain(tableRow(line)), width));
    else if (line.trim() === '') lines.push('');
    else paragraph.push(paragraph.length === 0 ? line.trimEnd() : line.trim());
  }
  endParagraph();
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Breaks a line at its blanks; what goes on below stands below the text of its first line, behind the mark of a list. */
function wrapped(line: string, width: number): string[] {
  const indent = ' '.repeat(/^ {0,12}(?:[-*] |\d{1,3}\. )?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' && lines.length === 0 ? word : `${current} ${word}`;
    if (longer.length > width && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = `${indent}${word}`;
    } else current = current === indent && lines.length > 0 ? `${current}${word}` : longer;
  }
  return current.trim() === '' ? lines : [...lines, current];
}

/** The cells of a row of a table, the rule below its head left out. */
function tableRow(line: string): string {
  const cells = line
    .replaceAll('\\|', '\u0000')
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\u0000', '|'));
  return cells.every((cell) => /^:?-+:?$/.test(cell)) ? '' : `- ${cells.filter((cell) => cell !== '').join(': ')}`;
}

/** Without comments and pictures, whose ends are looked for one after the other. */
function withoutComments(markdown: string): string {
  let text = '';
  let at = 0;
  for (;;) {
    const begin = markdown.indexOf('<!--', at);
    const end = begin < 0 ? -1 : markdown.indexOf('-->', begin);
    if (end < 0) return text + markdown.slice(at);
    text += markdown.slice(at, begin);
    at = end + 3;
  }
}

/** Without the marks of links, pictures, stress and code. */
const plain = (text: string): string =>
  withoutLinks(text)
    .replace(/<[a-z/][^<>]*>/g, '')
    .replaceAll('**', '')
    .replace(/`([^`]*)`/g, '$1');

/** `[text](address)` is its text. */
function withoutLinks(text: string): string {
  const [first = '', ...rest] = text.split('](');
  let done = first;
  for (const part of rest) {
    const begin = done.lastIndexOf('[');
    const end = part.indexOf(')');
    if (begin < 0 || end < 0) done += `](${part}`;
    else done = `${done.slice(0, begin).replace(/!$/, '')}${done.slice(begin + 1)}${part.slice(end + 1)}`;
  }
  return done;
}
