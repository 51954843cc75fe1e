// What XML 1.0 (2.2) lets through as a character of its own, one UTF-16 unit wide, and that no reader normalizes away.
const PLAIN = /^[\u0021-\uD7FF\uE000-\uFFFD]$/;

/**
 * A char16 as text: the character (DSP0230 8.1). A space, a control character and half a surrogate pair cannot travel like that and go as
 * their code, `0x000D`, which OMI's reader takes (strtoul with base 0).
 */
export function formatChar16(value: string): string | undefined {
  if (value.length !== 1) return undefined;
  return PLAIN.test(value) ? value : `0x${value.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The character from its text: itself, or its code in decimal (two digits or more: a single digit is itself) or hexadecimal. */
export function parseChar16(text: string): string | undefined {
  if (text.length === 1) return text;
  const trimmed = text.trim();
  if (trimmed.length === 1) return trimmed;
  if (!/^(?:\d{1,5}|0x[0-9a-f]{1,4})$/i.test(trimmed)) return undefined;
  const code = Number(trimmed);
  return code <= 0xffff ? String.fromCharCode(code) : undefined;
}
