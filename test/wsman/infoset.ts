import { ANONYMOUS, NS } from '../../lib/wsman/envelope/namespaces.js';
import type { XmlElement } from '../../lib/xml/tree/element.js';

/** One line for each element: depth, namespace and name, attributes, text. */
export function infoset(element: XmlElement, depth = 0): string[] {
  const attributes = element.attributes
    .map(({ namespace, name, value }) => ` ${namespace === '' ? '' : `{${namespace}}`}${name}=${value.trim()}`)
    .sort();
  const line = `${' '.repeat(depth)}{${element.namespace}}${element.name}${attributes.join('')}: ${element.text.trim()}`;
  return [line, ...element.children.flatMap((child) => infoset(child, depth + 1))];
}

export const MUST = ` {${NS.soap}}mustUnderstand=true`;
export const NEED_NOT = ` {${NS.soap}}mustUnderstand=false`;
export const EN_US = ` {${NS.xml}}lang=en-US`;

/** The headers that every request printed in MS-WSMV 4.1, 4.10 and 4.11 begins with. */
export function commonHeaders(
  to: string,
  resourceUri: string,
  action: string,
  size: string,
  messageId: string,
): string[] {
  return [
    ` {${NS.soap}}Header: `,
    `  {${NS.addressing}}To: ${to}`,
    `  {${NS.wsman}}ResourceURI${MUST}: ${resourceUri}`,
    `  {${NS.addressing}}ReplyTo: `,
    `   {${NS.addressing}}Address${MUST}: ${ANONYMOUS}`,
    `  {${NS.addressing}}Action${MUST}: ${action}`,
    `  {${NS.wsman}}MaxEnvelopeSize${MUST}: ${size}`,
    `  {${NS.addressing}}MessageID: ${messageId}`,
  ];
}
