import type { CmdletParameter } from './cmdlet-definition.js';

export function isNumberType(type: string): boolean {
  return /^(?:U?Int\d\d|S?Byte|Single|Double)$/.test(type);
}

/**
 * True where a caller in code may give null: for what may be null in .NET, and for texts and arrays that AllowNull lets be none. Of a number AllowNull
 * makes 0, which nobody means who has null in code.
 */
export function takesNull({ allowNull, nullable, type, isArray }: CmdletParameter): boolean {
  return nullable === true || (allowNull && (isArray || !isNumberType(type)));
}
