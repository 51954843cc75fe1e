/** A text in PowerShell's single quotes. Typographic ones end such a text, too, and are doubled like the plain one. */
export function quotedText(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** Texts as a PowerShell array. */
export function quotedList(texts: readonly string[]): string {
  return `@(${texts.map(quotedText).join(', ')})`;
}

/** Text for an XML file. */
export function escapedXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
