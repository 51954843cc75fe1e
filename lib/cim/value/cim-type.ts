/** The data types whose values are JavaScript's numbers; those of `uint64` and `sint64` are bigints. */
export const CIM_NUMBER_TYPES = ['uint8', 'sint8', 'uint16', 'sint16', 'uint32', 'sint32', 'real32', 'real64'] as const;

/** The data types of DSP0004 5.2, as MOF spells them. */
export const CIM_DATA_TYPES = [
  ...CIM_NUMBER_TYPES,
  'uint64',
  'sint64',
  'boolean',
  'char16',
  'string',
  'datetime',
] as const;

/** The CIM data types, plus `reference` and `instance` (an embedded instance). */
export type CimType = (typeof CIM_DATA_TYPES)[number] | 'reference' | 'instance';
