/**
 * What a terminal takes for an order, or for a change of direction, and is no text: C0 but line feed and tab, DEL, C1, and the controls of
 * the bidirectional algorithm (UAX #9), which show a line in another order than it has.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text whose controls are shown, as `\u001b`, instead of obeyed. All that is printed goes through here, whoever wrote it; in JSON, where
 * they can only stand within texts, it is the same text written otherwise.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
