/** CIM type of a streamed value. */
export interface StreamedType {
  /** As CIM names it. */
  readonly cimType: StreamedTypeName;
  readonly isArray: boolean;
}

/** In the order of the codes of MS-WSMV 2.2.5.16, from 0 on; an array's code is 16 more. */
const TYPES = [
  'boolean',
  'uint8',
  'sint8',
  'uint16',
  'sint16',
  'uint32',
  'sint32',
  'uint64',
  'sint64',
  'real32',
  'real64',
  'char16',
  'datetime',
  'string',
  'reference',
  'instance',
] as const;

export type StreamedTypeName = (typeof TYPES)[number];

/** Undefined for a code that the specification does not have. */
export function streamedTypeOf(code: number): StreamedType | undefined {
  const cimType =
    Number.isInteger(code) && code >= 0 && code < 2 * TYPES.length ? TYPES[code % TYPES.length] : undefined;
  return cimType === undefined ? undefined : { cimType, isArray: code >= TYPES.length };
}

export function streamedTypeCode({ cimType, isArray }: StreamedType): number {
  return TYPES.indexOf(cimType) + (isArray ? TYPES.length : 0);
}
