export const optionTypes = [
  'Byte',
  'Word',
  'DWord',
  'DWordDWord',
  'IPv4Address',
  'String',
  'BinaryData',
  'EncapsulatedData',
  'IPv6Address',
] as const;
export type OptionType = (typeof optionTypes)[number];

export interface DhcpOptionDefinition {
  readonly optionId: number;
  readonly name: string;
  readonly description: string;
  /** Empty: a standard option. */
  readonly vendorClass: string;
  readonly type: OptionType;
  readonly multiValued: boolean;
  readonly defaultValue: readonly string[];
}
