import { isIpv6, parseIpv4 } from '../../../base/network/ip-address.js';
import type { DhcpOptionDefinition, OptionType } from '../state/option-definition.js';

const LARGEST: Partial<Record<OptionType, bigint>> = {
  Byte: 0xffn,
  Word: 0xffffn,
  DWord: 0xffff_ffffn,
  DWordDWord: 0xffff_ffff_ffff_ffffn,
};

/** One element as the server keeps it: numbers decimal, bytes as `0x..`; undefined for text that does not fit the type. */
function element(type: OptionType, text: string): string | undefined {
  const largest = LARGEST[type];
  if (largest !== undefined) {
    if (!/^(?:\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text)) return undefined;
    const value = BigInt(text);
    return value > largest ? undefined : String(value);
  }
  switch (type) {
    case 'IPv4Address':
      return parseIpv4(text) === undefined ? undefined : text;
    case 'IPv6Address':
      return isIpv6(text) ? text.toLowerCase() : undefined;
    case 'String':
      return text;
    default:
      return byte(text);
  }
}

/** A byte, decimal or hexadecimal. A longer text of digits is refused, as Windows refuses the one of its own help. */
function byte(text: string): string | undefined {
  const value = /^\d{1,3}$/.test(text)
    ? Number(text)
    : /^(?:0x)?[0-9a-f]{1,2}$/i.test(text)
      ? Number.parseInt(text.replace(/^0x/i, ''), 16)
      : 256;
  return value > 255 ? undefined : `0x${value.toString(16).padStart(2, '0')}`;
}

/** A value as the server keeps it; undefined when it does not fit the definition. */
export function optionText(
  { type, multiValued }: Pick<DhcpOptionDefinition, 'type' | 'multiValued'>,
  value: readonly string[],
): readonly string[] | undefined {
  const isBytes = type === 'BinaryData' || type === 'EncapsulatedData';
  if (value.length > 1 && !multiValued && !isBytes) return undefined;
  const elements = value.map((text) => element(type, text));
  return elements.every((one) => one !== undefined) ? elements : undefined;
}
