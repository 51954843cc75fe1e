/** A documentation comment; an empty string makes an empty line. Words that would end the comment are broken up. */
export function docComment(lines: readonly string[], indent = 0): string {
  const pad = ' '.repeat(indent);
  const safe = lines.map((line) => line.replaceAll('*/', '*\u200b/'));
  const [only] = safe;
  if (safe.length === 1 && only !== undefined && pad.length + only.length <= 112) return `${pad}/** ${only} */\n`;
  const body = safe.flatMap((line) => wrap(line, 116 - pad.length));
  return `${pad}/**\n${body.map((line) => `${pad} *${line === '' ? '' : ` ${line}`}\n`).join('')}${pad} */\n`;
}

/** Breaks text at spaces; code lines (of an example) stay whole, since they begin with a space or a fence. */
function wrap(line: string, width: number): string[] {
  if (line.length <= width || /^(?: |```|@see)/.test(line)) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
