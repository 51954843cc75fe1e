import type { XmlElement } from '../../xml/element.js';
import { XmlWriter } from '../../xml/writer.js';
import type { EnumerationFilter } from '../contract/enumeration-filter.js';
import type { EnumerationMode } from '../contract/wsman-client.js';
import { parseDuration } from '../envelope/duration.js';
import { NS } from '../envelope/namespaces.js';
import { readFilter } from './read-filter.js';
import { RequestFault } from './request-fault.js';
import { FAULT_DETAIL } from './soap-fault.js';

/** What an Enumerate asks a server for (DSP0226 8.2, 8.7). */
export interface EnumerateMessage {
  readonly optimize: boolean;
  /** 1 when the request does not say (DSP0226 8.2.3). */
  readonly maxElements: number;
  readonly mode: EnumerationMode;
  readonly polymorphism?: string;
  readonly filter?: EnumerationFilter;
}

/** What a Pull asks for (DSP0226 8.4). */
export interface PullMessage {
  readonly context: string;
  /** 1 when the request does not say. */
  readonly maxElements: number;
  /** Milliseconds. */
  readonly maxTimeMs?: number;
  readonly maxCharacters?: number;
}

const MODES: Readonly<Record<string, EnumerationMode>> = {
  EnumerateEPR: 'reference',
  EnumerateObjectAndEPR: 'objectAndReference',
};

/** Reads the body of an Enumerate. @throws RequestFault with the fault to answer. */
export function readEnumerateMessage(body: XmlElement | undefined): EnumerateMessage {
  const enumerate = requireBody(body, 'Enumerate');
  const mode = enumerate.child('EnumerationMode', NS.wsman)?.text.trim();
  const known = mode === undefined ? 'object' : Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
  if (known === undefined) {
    throw new RequestFault({
      soapCode: 'Sender',
      soapSubcode: 'wsman:UnsupportedFeature',
      reason: `The service does not know the enumeration mode ${mode}.`,
      faultDetail: `${FAULT_DETAIL}/EnumerationMode`,
    });
  }
  const polymorphism = enumerate.child('PolymorphismMode')?.text.trim();
  const filter = readFilter(enumerate);
  return {
    optimize: enumerate.child('OptimizeEnumeration', NS.wsman) !== undefined,
    maxElements: readCount(enumerate, 'MaxElements') ?? 1,
    mode: known,
    ...(polymorphism === undefined ? {} : { polymorphism }),
    ...(filter === undefined ? {} : { filter }),
  };
}

/** Reads the body of a Pull. @throws RequestFault */
export function readPullMessage(body: XmlElement | undefined): PullMessage {
  const pull = requireBody(body, 'Pull');
  const time = pull.child('MaxTime')?.text;
  const maxTimeMs = time === undefined ? undefined : parseDuration(time);
  if (time !== undefined && maxTimeMs === undefined) throw invalidBody('MaxTime');
  const maxCharacters = readCount(pull, 'MaxCharacters');
  return {
    context: readContext(pull),
    maxElements: readCount(pull, 'MaxElements') ?? 1,
    ...(maxTimeMs === undefined ? {} : { maxTimeMs }),
    ...(maxCharacters === undefined ? {} : { maxCharacters }),
  };
}

/** Reads the body of a Release: the context that is given up. @throws RequestFault */
export function readReleaseMessage(body: XmlElement | undefined): string {
  return readContext(requireBody(body, 'Release'));
}

/** A page as a server gives it. */
export interface PageContent {
  /** Absent on the last page. */
  readonly context?: string;
  /** Finished item elements, with every prefix that they use declared. Absent: no Items element, as in a response that is not optimized. */
  readonly items?: readonly string[];
  readonly isLast: boolean;
}

/** The body of an EnumerateResponse (DSP0226 8.2.3): items and end are in WS-Management's namespace. */
export function writeEnumerateResponse(page: PageContent): string {
  return writePage('n:EnumerateResponse', 'w', page);
}

/** The body of a PullResponse (DSP0226 8.4). */
export function writePullResponse(page: PageContent): string {
  return writePage('n:PullResponse', 'n', page);
}

/** One item of `EnumerateObjectAndEPR` (DSP0226 8.7). Prefix `w` is a response envelope's own. */
export function wrapItem(object: string, reference: string): string {
  return `<w:Item>${object}${reference}</w:Item>`;
}

function writePage(name: string, prefix: string, { context, items, isLast }: PageContent): string {
  const xml = new XmlWriter().open(name, { 'xmlns:n': NS.enumeration, 'xmlns:w': NS.wsman });
  // Windows leaves the element in, empty, on the last page of an optimized enumeration.
  xml.element('n:EnumerationContext', context);
  if (items !== undefined) {
    xml.open(`${prefix}:Items`);
    for (const item of items) xml.raw(item);
    xml.close();
  }
  if (isLast) xml.element(`${prefix}:EndOfSequence`);
  return xml.close().toString();
}

function requireBody(body: XmlElement | undefined, name: string): XmlElement {
  if (body?.name === name && body.namespace === NS.enumeration) return body;
  throw invalidBody(name);
}

function readContext(element: XmlElement): string {
  const context = element.child('EnumerationContext', NS.enumeration)?.text.trim();
  if (!context) throw invalidBody('EnumerationContext');
  return context;
}

function readCount(element: XmlElement, name: string): number | undefined {
  const text = element.child(name)?.text.trim();
  if (text === undefined) return undefined;
  const count = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (count < 1) throw invalidBody(name);
  return count;
}

/** The body is not what the action says. */
export function invalidBody(name: string): RequestFault {
  return new RequestFault({
    soapCode: 'Sender',
    soapSubcode: 'wsman:SchemaValidationError',
    reason: `The service cannot process the request: ${name} is missing or not valid in its body.`,
    // ERROR_WSMAN_SCHEMA_VALIDATION_ERROR
    wsmanCode: 0x80338041,
  });
}
