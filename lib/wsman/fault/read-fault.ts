import type { XmlElement } from '../../xml/tree/element.js';
import { type FaultInfo, type ProviderFault, WsManFaultError } from '../contract/fault-error.js';
import { NS } from '../envelope/namespaces.js';
import {
  describeWsManCode,
  formatWsManCode,
  isWsManCode,
  meaningOfCode,
  type WsManCodeDescription,
} from './fault-codes.js';
import { describeSubcode } from './fault-subcodes.js';

const LONGEST_TEXT = 2000;

/** Error classes by name; a class derived from them is known by CIM_Error's mandatory property (DSP0227 16). */
const ERROR_CLASSES = new Set(['MSFT_WmiError', 'OMI_Error', 'CIM_Error']);

/** The error that a `s:Fault` element stands for; parts that a server left out are undefined, whatever they are. */
export function readFault(fault: XmlElement, httpStatus: number): WsManFaultError {
  const info = readFaultInfo(fault, httpStatus);
  const known = info.wsmanCode === undefined ? undefined : meaningOfCode(info.wsmanCode);
  const ofInstance = known?.hint === undefined ? meaningOfInstance(info.errorInstance) : undefined;
  const subcode = info.soapSubcode === undefined ? undefined : describeSubcode(info.soapSubcode);
  const message = messageOf(info, known, subcode?.gist);
  return new WsManFaultError(message, info, {
    hint: known?.hint ?? ofInstance?.hint ?? subcode?.hint ?? meaningBeside(message, known?.gist),
    retryable: known?.retryable ?? subcode?.retryable ?? false,
  });
}

/** What a code means, for a server that says it otherwise, or in another language. */
function meaningBeside(message: string, gist: string | undefined): string | undefined {
  return gist === undefined || message.includes(gist) ? undefined : `${gist[0]?.toUpperCase()}${gist.slice(1)}.`;
}

function readFaultInfo(fault: XmlElement, httpStatus: number): FaultInfo {
  const code = fault.child('Code', NS.soap);
  const innermost = innermostSubcode(code);
  const subcode = innermost?.child('Value', NS.soap);
  const detail = fault.child('Detail', NS.soap);
  const wsmanFault = detail === undefined ? undefined : find(detail, isWsManFault);
  const machine = wsmanFault?.attribute('Machine')?.trim();
  const wsmanMessage = messageText(wsmanFault);
  const errorInstance = detail === undefined ? undefined : find(detail, isErrorInstance);
  const wsmanCode = codeOf(wsmanFault) ?? codeOfErrorInstance(errorInstance);
  const subcodeNamespace = subcode === undefined ? undefined : namespaceOf(subcode);
  const codeName = wsmanCode === undefined ? undefined : describeWsManCode(wsmanCode)?.name;
  return {
    httpStatus,
    soapCode: localName(code?.child('Value', NS.soap)?.text ?? '') || 'Receiver',
    soapSubcode: subcode === undefined ? undefined : localName(subcode.text) || undefined,
    reason: readReason(fault.child('Reason', NS.soap)),
    faultDetail: detail?.child('FaultDetail', NS.wsman)?.text.trim() || undefined,
    providerFaults: detail === undefined ? [] : readProviderFaults(detail),
    ...(subcodeNamespace === undefined ? {} : { soapSubcodeNamespace: subcodeNamespace }),
    ...(wsmanCode === undefined ? {} : { wsmanCode }),
    ...(codeName === undefined ? {} : { wsmanCodeName: codeName }),
    ...(machine ? { machine } : {}),
    ...(wsmanMessage === undefined ? {} : { wsmanMessage }),
    ...(errorInstance === undefined ? {} : { errorInstance }),
  };
}

function innermostSubcode(code: XmlElement | undefined): XmlElement | undefined {
  let innermost: XmlElement | undefined;
  for (let next = code?.child('Subcode', NS.soap); next !== undefined; next = next.child('Subcode', NS.soap)) {
    innermost = next;
  }
  return innermost;
}

function readReason(reason: XmlElement | undefined): string {
  const texts = reason?.childrenNamed('Text', NS.soap) ?? [];
  const english = texts.find((text) => text.attribute('lang', NS.xml)?.toLowerCase().startsWith('en'));
  return collapsed((english ?? texts[0])?.text ?? '');
}

function readProviderFaults(detail: XmlElement): ProviderFault[] {
  const faults: ProviderFault[] = [];
  visit(detail, (element) => {
    if (element.name === 'ProviderFault' && element.namespace === NS.wsmanFault)
      faults.push(readProviderFault(element));
    return false;
  });
  return faults;
}

function readProviderFault(element: XmlElement): ProviderFault {
  const inner = element.children.find(isWsManFault);
  const wsmanCode = codeOf(inner);
  const machine = inner?.attribute('Machine')?.trim();
  const message = messageText(inner) ?? (collapsed(element.text) || undefined);
  const provider = element.attribute('provider');
  const providerId = element.attribute('providerId');
  const path = element.attribute('path');
  const wsmanCodeName = wsmanCode === undefined ? undefined : describeWsManCode(wsmanCode)?.name;
  return {
    details: element.children.filter((child) => child !== inner),
    ...(provider === undefined ? {} : { provider }),
    ...(providerId === undefined ? {} : { providerId }),
    ...(path === undefined ? {} : { path }),
    ...(wsmanCode === undefined ? {} : { wsmanCode }),
    ...(wsmanCodeName === undefined ? {} : { wsmanCodeName }),
    ...(machine ? { machine } : {}),
    ...(message === undefined ? {} : { message }),
  };
}

function codeOf(wsmanFault: XmlElement | undefined): number | undefined {
  return parseCode(wsmanFault?.attribute('Code') ?? '');
}

/** Windows leaves the WSManFault out beside an MSFT_WmiError, whose error_Code then holds WS-Management's code. */
function codeOfErrorInstance(instance: XmlElement | undefined): number | undefined {
  const code = parseCode(instance?.child('error_Code')?.text ?? '');
  return code !== undefined && isWsManCode(code) ? code : undefined;
}

/** What is known of its `error_Code` when that is one of Windows', and not one of a provider that counts in its own way. */
function meaningOfInstance(instance: XmlElement | undefined): ReturnType<typeof meaningOfCode> {
  const code = parseCode(instance?.child('error_Code')?.text ?? '');
  const isWindows = /^(?:|WIN32|HRESULT|WINERROR)$/i.test(instance?.child('error_Type')?.text.trim() ?? '');
  return code === undefined || !isWindows ? undefined : meaningOfCode(code);
}

function parseCode(attribute: string): number | undefined {
  const text = attribute.trim();
  if (!/^(?:-?\d{1,10}|0x[0-9a-f]{1,8})$/i.test(text)) return undefined;
  return Number(text) >>> 0;
}

function messageText(wsmanFault: XmlElement | undefined): string | undefined {
  return collapsed(wsmanFault?.child('Message', NS.wsmanFault)?.text ?? '') || undefined;
}

function isWsManFault(element: XmlElement): boolean {
  return element.name === 'WSManFault' && element.namespace === NS.wsmanFault;
}

function isErrorInstance(element: XmlElement): boolean {
  return ERROR_CLASSES.has(element.name) || element.child('CIMStatusCode') !== undefined;
}

/** The first element below `root`, in document order, for which `accept` holds. */
function find(root: XmlElement, accept: (element: XmlElement) => boolean): XmlElement | undefined {
  return visit(root, accept);
}

function visit(root: XmlElement, stopAt: (element: XmlElement) => boolean): XmlElement | undefined {
  const stack = [...root.children].reverse();
  for (let element = stack.pop(); element !== undefined; element = stack.pop()) {
    if (stopAt(element)) return element;
    for (let index = element.children.length - 1; index >= 0; index--) {
      const child = element.children[index];
      if (child !== undefined) stack.push(child);
    }
  }
  return undefined;
}

function messageOf(
  info: FaultInfo,
  known: Pick<WsManCodeDescription, 'name' | 'code' | 'gist'> | undefined,
  subcodeGist: string | undefined,
): string {
  const provided = info.providerFaults.findLast((fault) => fault.message !== undefined)?.message;
  const ownText = errorInstanceText(info.errorInstance);
  const text = ownText ?? provided ?? info.wsmanMessage ?? (info.reason || undefined);
  const code = info.wsmanCode === undefined ? undefined : (known?.name ?? formatWsManCode(info.wsmanCode));
  const told =
    text ?? known?.gist ?? subcodeGist ?? `${info.soapCode}${info.soapSubcode ? `/${info.soapSubcode}` : ''}`;
  const suffix = code === undefined ? '' : ` (${code}${known === undefined ? '' : `, ${formatWsManCode(known.code)}`})`;
  return `${told.length > LONGEST_TEXT ? `${told.slice(0, LONGEST_TEXT)}…` : told}${suffix}`;
}

function errorInstanceText(instance: XmlElement | undefined): string | undefined {
  return collapsed(instance?.child('Message')?.text ?? '') || undefined;
}

function localName(qname: string): string {
  const trimmed = qname.trim();
  return trimmed.slice(trimmed.indexOf(':') + 1);
}

function namespaceOf(value: XmlElement): string | undefined {
  const trimmed = value.text.trim();
  return value.resolvePrefix(trimmed.slice(0, Math.max(trimmed.indexOf(':'), 0)));
}

function collapsed(text: string): string {
  return text.trim().replace(/[ \t\r\n]+/g, ' ');
}
