/** How long a setting lasts, whole: `8 d`, `1 h 30 min`, `1 min 30 s`. Settings may differ in a second. */
export function spanWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return said.length === 0 ? '0 s' : said.join(' ');
}

/** The same of a TimeSpan's text: `2:00:00`, `8.00:00:00`. What is none, or has parts of a second, stays as it is. */
export function spanTextWords(text: string): string {
  const found = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d\d):(\d\d)$/.exec(text);
  if (found === null) return text;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found;
  return spanWords(Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
