import { CimletError } from '../../base/errors.js';
import type { XmlElement } from '../../xml/tree/element.js';
import type { OperationRequest, WsManOption } from '../contract/operation-request.js';
import type { ClassRequest } from '../contract/wsman-client.js';
import { enumerateItems } from '../enumeration/enumeration.js';
import { CLASS_METADATA } from '../envelope/actions.js';
import type { RequestChannel } from '../exchange/exchange.js';
import { getResource } from './transfer.js';

/** One class as CIM-XML (MS-WSMV 3.1.4.1.38; DSP0227 1.1 section 15): a Get on the metadata URI, the class in a selector. */
export async function getClassElement(channel: RequestChannel, request: ClassRequest): Promise<XmlElement> {
  return classElement(await getResource(channel, metadataRequest(request, [])));
}

/** The classes below one, or all. */
export function enumerateClassElements(channel: RequestChannel, request: ClassRequest): AsyncIterable<XmlElement> {
  const deep = request.deep ?? true;
  return enumerateItems(channel, metadataRequest(request, deep ? [flag('IncludeSubClasses')] : []), classElement);
}

function metadataRequest(request: ClassRequest, more: readonly WsManOption[]): OperationRequest {
  const { namespace, className = '', includeQualifiers = true, includeInherited = true, options = [] } = request;
  return {
    target: { resourceUri: CLASS_METADATA, selectors: { __cimnamespace: namespace, ClassName: className } },
    // What Windows' client sends, in its order.
    options: [
      ...(includeInherited ? [flag('IncludeInheritanceHierarchy'), flag('IncludeInheritedElements')] : []),
      ...(includeQualifiers ? [flag('IncludeQualifiers')] : []),
      ...more,
      ...options,
    ],
    deadline: request.deadline,
    operationTimeoutMs: request.operationTimeoutMs,
  };
}

function flag(name: string): WsManOption {
  return { name, value: 'true', type: 'xs:boolean' };
}

/** Servers differ in what they put around it. */
function classElement(body: XmlElement): XmlElement {
  const found = body.name === 'CLASS' ? body : (body.child('CLASS') ?? body.children[0]?.child('CLASS'));
  if (found !== undefined) return found;
  throw new CimletError('ERR_PROTOCOL', `The class metadata is <${body.name}>, and no CLASS is in it.`, {
    hint: 'The server may not give class metadata in the CIM-XML form.',
  });
}
