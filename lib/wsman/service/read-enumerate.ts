import type { XmlElement } from '../../xml/tree/element.js';
import type { EnumerationFilter } from '../contract/enumeration-filter.js';
import type { EnumerationMode } from '../contract/wsman-client.js';
import { parseDuration } from '../envelope/duration.js';
import { NS } from '../envelope/namespaces.js';
import { invalidBody } from './invalid-body.js';
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
export function readEnumerate(body: XmlElement | undefined): EnumerateMessage {
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
export function readPull(body: XmlElement | undefined): PullMessage {
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
export function readRelease(body: XmlElement | undefined): string {
  return readContext(requireBody(body, 'Release'));
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
