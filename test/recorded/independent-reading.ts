import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';

/** A reply as another XML parser has it, read by rules that are written here and nowhere else: DSP0226, DSP0230 8 and 9, MS-WSMV 2.2.4. */

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const CIM = 'http://schemas.dmtf.org/wbem/wscim/1/common';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** A value in a form that two readings can be compared in. */
export type Plain =
  | null
  | string
  | boolean
  | bigint
  | number
  | readonly Plain[]
  | { readonly className: string; readonly properties: PlainProperties }
  | { readonly reference: string; readonly namespace: string; readonly keys: PlainProperties }
  | { readonly pointInTime: string }
  /** In microseconds. */
  | { readonly interval: bigint };
export type PlainProperties = { readonly [name: string]: Plain };
export type PlainInstance = Extract<Plain, { readonly className: string }>;

export function parseEnvelope(text: string): Element {
  const failures: string[] = [];
  const parser = new DOMParser({ onError: (level, message) => level !== 'warning' && failures.push(message) });
  const document: Document = parser.parseFromString(text.replace(/^\uFEFF/, ''), 'text/xml');
  if (failures.length > 0 || document.documentElement === null) throw new Error(failures.join('; '));
  return document.documentElement;
}

export function childrenOf(element: Element): Element[] {
  const children: Element[] = [];
  for (let node: Node | null = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 1) children.push(node as Element);
  }
  return children;
}

export function local(element: Element): string {
  return element.localName ?? element.nodeName;
}

export function child(element: Element | undefined, name: string): Element | undefined {
  return element && childrenOf(element).find((candidate) => local(candidate) === name);
}

/** Its own character data, that of its children left out. */
export function ownText(element: Element): string {
  let text = '';
  for (let node: Node | null = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? '';
  }
  return text;
}

export function bodyOf(envelope: Element): Element[] {
  return childrenOf(childrenOf(envelope).find((part) => local(part) === 'Body') ?? envelope);
}

/** Every element with namespace, name, attributes and text: a tree to compare with. */
export function treeOf(element: Element): unknown[] {
  const attributes: string[] = [];
  for (const attribute of Array.from(element.attributes)) {
    if (attribute.namespaceURI === XMLNS) continue;
    attributes.push(`{${attribute.namespaceURI ?? ''}}${attribute.localName}=${attribute.value}`);
  }
  return [
    `{${element.namespaceURI ?? ''}}${local(element)}`,
    attributes.sort(),
    ownText(element),
    childrenOf(element).map(treeOf),
  ];
}

/** The class that `xsi:type` names, else the element's own name. */
export function classNameOf(element: Element): string {
  const type = element.getAttributeNS(XSI, 'type') ?? '';
  const named = /(?:^|:)(\w+)_Type$/.exec(type.trim())?.[1];
  if (named !== undefined && !/^cim/.test(named)) return named;
  if (local(element) !== 'XmlFragment') return local(element);
  return lastSegment(childrenOf(element)[0]?.namespaceURI ?? '');
}

export function readInstance(element: Element, namespace: string): PlainInstance {
  return { className: classNameOf(element), properties: readProperties(childrenOf(element), namespace) };
}

export function readProperties(elements: readonly Element[], namespace: string): PlainProperties {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    if (local(element) === 'Location' && element.namespaceURI === CIM) continue;
    groups.set(local(element), [...(groups.get(local(element)) ?? []), element]);
  }
  const properties: Record<string, Plain> = {};
  for (const [name, group] of groups) {
    const values = group.map((element) => (isNil(element) ? null : readValue(element, namespace)));
    properties[name] = values.length === 1 ? (values[0] ?? null) : values;
  }
  return properties;
}

function isNil(element: Element): boolean {
  return /^(?:true|1)$/.test((element.getAttributeNS(XSI, 'nil') ?? '').trim());
}

const DATETIME_FORMS = ['Datetime', 'Date', 'Time', 'Interval', 'CIM_DateTime'];

function readValue(element: Element, namespace: string): Plain {
  const children = childrenOf(element);
  const [only] = children;
  if (only === undefined) return readText(element);
  const parameters = referenceParameters(element);
  if (parameters !== undefined) return readReference(parameters, namespace);
  if (children.length === 1 && DATETIME_FORMS.includes(local(only))) return readDatetime(ownText(only).trim());
  return readInstance(element, namespace);
}

function readText(element: Element): Plain {
  const text = ownText(element);
  const type = (element.getAttributeNS(XSI, 'type') ?? '').replace(/^.*:/, '');
  if (/^cim(?:Unsigned)?Long$/i.test(type)) return BigInt(text.trim());
  if (/^cim(?:Unsigned)?(?:Byte|Short|Int)$/i.test(type)) return Number(text);
  if (/^cimBoolean$/i.test(type)) return text.trim() === 'true';
  return text;
}

/** ISO 8601 in two of the forms that are recorded: a duration, and a point in time of UTC. */
export function readDatetime(text: string): Plain {
  if (text.startsWith('P')) return { interval: microsecondsOf(text) };
  return { pointInTime: new Date(text).toISOString() };
}

function microsecondsOf(duration: string): bigint {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/.exec(duration);
  if (parts === null) throw new Error(`${duration} is not a duration.`);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = parts;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return whole * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

function referenceParameters(element: Element): Element | undefined {
  const parameters = child(element, 'ReferenceParameters');
  if (parameters !== undefined) return parameters;
  return child(childrenOf(element)[0], 'ReferenceParameters');
}

/** The class is the last segment of the resource URI, whoever's it is (DSP0227 5.1 leaves the beginning to the vendor). */
export function readReference(parameters: Element, namespace: string): Plain {
  const uri = ownText(child(parameters, 'ResourceURI') ?? parameters).trim();
  if (uri === '') return null;
  const keys: Record<string, Plain> = {};
  let within = namespace;
  for (const selector of childrenOf(child(parameters, 'SelectorSet') ?? parameters)) {
    if (local(selector) !== 'Selector') continue;
    const name = selector.getAttribute('Name') ?? '';
    const nested = referenceParameters(selector);
    if (name.toLowerCase() === '__cimnamespace') within = ownText(selector);
    else keys[name] = nested === undefined ? ownText(selector) : readReference(nested, namespace);
  }
  return { reference: lastSegment(uri), namespace: within, keys };
}

function lastSegment(uri: string): string {
  return uri.replace(/[?#].*$/s, '').replace(/^.*\//s, '');
}

/** A fault's parts (SOAP 1.2 5.4, MS-WSMV 2.2.4.43). */
export interface PlainFault {
  readonly code: string;
  readonly subcode: string | undefined;
  readonly reason: string;
  readonly faultDetail: string | undefined;
  readonly wsmanCode: number | undefined;
  readonly machine: string | undefined;
  readonly providers: readonly {
    readonly provider: string;
    readonly path: string;
    readonly code: number | undefined;
  }[];
  readonly errorInstance: PlainProperties | undefined;
}

export function readFault(fault: Element, namespace: string): PlainFault {
  const code = child(fault, 'Code');
  let subcode: Element | undefined;
  for (let next = child(code, 'Subcode'); next !== undefined; next = child(next, 'Subcode')) subcode = next;
  const detail = child(fault, 'Detail');
  const all = detail === undefined ? [] : descendantsOf(detail);
  const wsmanFault = all.find((element) => local(element) === 'WSManFault');
  const error = all.find((element) => child(element, 'CIMStatusCode') !== undefined);
  const texts = childrenOf(child(fault, 'Reason') ?? fault).filter((element) => local(element) === 'Text');
  const errorCode = Number(ownText(child(error, 'error_Code') ?? fault));
  return {
    code: withoutPrefix(child(code, 'Value')),
    subcode: subcode && withoutPrefix(child(subcode, 'Value')),
    reason: texts[0] === undefined ? '' : singleSpaced(ownText(texts[0])),
    faultDetail: trimmed(child(detail, 'FaultDetail')),
    wsmanCode:
      wsmanFault !== undefined
        ? Number(wsmanFault.getAttribute('Code'))
        : // Facility 0x8033 is WS-Management's.
          errorCode >= 0x80330000 && errorCode <= 0x8033ffff
          ? errorCode
          : undefined,
    machine: wsmanFault?.getAttribute('Machine') || undefined,
    providers: all
      .filter((element) => local(element) === 'ProviderFault')
      .map((element) => ({
        provider: element.getAttribute('provider') ?? '',
        path: element.getAttribute('path') ?? '',
        code: codeOf(child(element, 'WSManFault')),
      })),
    errorInstance: error && readProperties(childrenOf(error), namespace),
  };
}

function codeOf(wsmanFault: Element | undefined): number | undefined {
  return wsmanFault === undefined ? undefined : Number(wsmanFault.getAttribute('Code'));
}

function descendantsOf(element: Element): Element[] {
  return childrenOf(element).flatMap((inner) => [inner, ...descendantsOf(inner)]);
}

function withoutPrefix(value: Element | undefined): string {
  return (value === undefined ? '' : ownText(value)).trim().replace(/^[^:]*:/, '');
}

function singleSpaced(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}

function trimmed(element: Element | undefined): string | undefined {
  return element === undefined ? undefined : ownText(element).trim();
}

export function isFault(element: Element | undefined): element is Element {
  return element !== undefined && local(element) === 'Fault' && element.namespaceURI === SOAP;
}
