import { NS } from '../../wsman/envelope/namespaces.js';
import type { NamespaceScope, XmlAttribute, XmlElement } from '../../xml/tree/element.js';
import type { CimType } from '../value/cim-type.js';

/** The types of DSP0230's common.xsd. */
export const XSI_TYPE: Readonly<Record<Exclude<CimType, 'instance'>, string>> = {
  boolean: 'cim:cimBoolean',
  uint8: 'cim:cimUnsignedByte',
  sint8: 'cim:cimByte',
  uint16: 'cim:cimUnsignedShort',
  sint16: 'cim:cimShort',
  uint32: 'cim:cimUnsignedInt',
  sint32: 'cim:cimInt',
  uint64: 'cim:cimUnsignedLong',
  sint64: 'cim:cimLong',
  real32: 'cim:cimFloat',
  real64: 'cim:cimDouble',
  char16: 'cim:cimChar16',
  string: 'cim:cimString',
  datetime: 'cim:cimDateTime',
  reference: 'cim:cimReference',
};

// Keys are lower case: servers write cimUnsignedInt and cimunsignedInt (MS-WSMV 3.2.4.2.2). The second half is XML Schema's own.
const CIM_TYPES: ReadonlyMap<string, CimType> = new Map<string, CimType>([
  ...Object.entries(XSI_TYPE).map(([type, name]): [string, CimType] => [name.slice(4).toLowerCase(), type as CimType]),
  ['cimbase64binary', 'uint8'],
  ['boolean', 'boolean'],
  ['unsignedbyte', 'uint8'],
  ['byte', 'sint8'],
  ['unsignedshort', 'uint16'],
  ['short', 'sint16'],
  ['unsignedint', 'uint32'],
  ['int', 'sint32'],
  ['unsignedlong', 'uint64'],
  ['long', 'sint64'],
  ['float', 'real32'],
  ['double', 'real64'],
  ['string', 'string'],
  ['datetime', 'datetime'],
  ['duration', 'datetime'],
  ['date', 'datetime'],
  ['base64binary', 'uint8'],
  ['endpointreferencetype', 'reference'],
]);

/** What `xsi:type` says. */
export type XsiType =
  | { readonly kind: 'scalar'; readonly type: CimType; readonly base64: boolean }
  | { readonly kind: 'class'; readonly className: string; readonly namespaceUri: string | undefined };

/** What was read last: neighbours in an enumeration mostly are of one type. */
let latest: { readonly text: string; readonly scope: NamespaceScope | undefined; readonly type: XsiType | undefined } =
  {
    text: '',
    scope: undefined,
    type: undefined,
  };

/** Reads `xsi:type`, by local name for CIM's types; `ns:CLASS_Type` names a class. */
export function readXsiType(element: XmlElement): XsiType | undefined {
  const text = element.attributes.length === 0 ? undefined : element.attribute('type', NS.xsi);
  if (text === undefined) return undefined;
  const { scope } = element;
  if (latest.text === text && latest.scope === scope) return latest.type;
  const type = typeNamed(text.trim(), element);
  latest = { text, scope, type };
  return type;
}

function typeNamed(qualified: string, element: XmlElement): XsiType | undefined {
  if (qualified === '') return undefined;
  const colon = qualified.indexOf(':');
  const local = qualified.slice(colon + 1);
  const type = CIM_TYPES.get(local.toLowerCase());
  if (type !== undefined) return { kind: 'scalar', type, base64: local.toLowerCase().endsWith('base64binary') };
  if (!/_type$/i.test(local)) return undefined;
  const namespaceUri = element.resolvePrefix(colon < 0 ? '' : qualified.slice(0, colon));
  return { kind: 'class', className: local.slice(0, -'_Type'.length), namespaceUri };
}

/** The element has no value: `xsi:nil`. */
export function isNil({ attributes }: { readonly attributes: readonly XmlAttribute[] }): boolean {
  for (const { name, namespace, value } of attributes) if (name === 'nil' && namespace === NS.xsi) return isTrue(value);
  return false;
}

/** `m:IsNullArray` beside `xsi:nil` (MS-WSMV 4.11.1): true, false, or undefined when absent. */
export function isNullArray(element: XmlElement): boolean | undefined {
  const value = element.attribute('IsNullArray', NS.wsmv);
  return value === undefined ? undefined : isTrue(value);
}

function isTrue(value: string | undefined): boolean {
  const text = value?.trim().toLowerCase();
  return text === 'true' || text === '1';
}
