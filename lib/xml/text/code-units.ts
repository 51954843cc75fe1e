/** The code units that mean something in markup. */
export const TAB = 0x09;
export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const EXCLAMATION = 0x21;
export const QUOTATION = 0x22;
export const NUMBER_SIGN = 0x23;
export const AMPERSAND = 0x26;
export const APOSTROPHE = 0x27;
export const HYPHEN = 0x2d;
export const SLASH = 0x2f;
export const SEMICOLON = 0x3b;
export const LESS = 0x3c;
export const EQUALS = 0x3d;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const BRACKET = 0x5d;
export const BYTE_ORDER_MARK = 0xfeff;

/** What a code unit may be passed over in. A unit of no kind, such as 0, stops every scan. */
export const TEXT = 1;
export const VALUE = 2;
export const COMMENT = 4;
export const CDATA = 8;
/** Of a name, as far as ASCII goes; what lies beyond is looked at when a name is met for the first time. */
export const NAME = 16;
export const WHITE_SPACE = 32;

const KINDS = kindsOfCodeUnits();

function kindsOfCodeUnits(): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  const everywhere = TEXT | VALUE | COMMENT | CDATA;
  // Char of XML 1.0 (2.2). Surrogates are of no kind here: they are looked at in pairs.
  kinds.fill(everywhere, 0x20, 0x80);
  kinds.fill(everywhere | NAME, 0x80, 0xd800);
  kinds.fill(NAME, 0xd800, 0xe000);
  kinds.fill(everywhere | NAME, 0xe000, 0xfffe);
  kinds[TAB] = kinds[LINE_FEED] = TEXT | COMMENT | CDATA | WHITE_SPACE;
  kinds[CARRIAGE_RETURN] = COMMENT | WHITE_SPACE;
  kinds[0x20] = everywhere | WHITE_SPACE;
  for (const unit of [LESS, AMPERSAND]) kinds[unit] = COMMENT | CDATA;
  for (const unit of [QUOTATION, APOSTROPHE]) kinds[unit] = everywhere & ~VALUE;
  kinds[BRACKET] = VALUE | COMMENT;
  kinds[HYPHEN] = everywhere & ~COMMENT;
  for (const unit of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:.-')) {
    kinds[unit] = (kinds[unit] ?? 0) | NAME;
  }
  return kinds;
}

export function isOf(unit: number, kind: number): boolean {
  return ((KINDS[unit] ?? 0) & kind) !== 0;
}

/** The first place from `from` on that is not of the kind. */
export function passOver(units: Uint16Array, from: number, kind: number): number {
  let at = from;
  while (((KINDS[units[at] ?? 0] ?? 0) & kind) !== 0) at++;
  return at;
}
