import { invalidArgument } from '../../base/errors.js';
import { XmlWriter } from '../../xml/writer.js';
import type { EnumerateRequest, EnumerationMode } from '../contract/wsman-client.js';
import { NS } from '../envelope/namespaces.js';
import { writeFilter } from './write-filter.js';

/** `wsman:EnumerationMode`; the default, objects, is not said. */
const ENUMERATION_MODES: Readonly<Record<Exclude<EnumerationMode, 'object'>, string>> = {
  reference: 'EnumerateEPR',
  objectAndReference: 'EnumerateObjectAndEPR',
};

/** MaxBatchItems of Windows' configuration. */
const DEFAULT_MAX_ELEMENTS = 32_000;

/** @throws `ERR_INVALID_ARGUMENT` */
export function checkMaxElements(maxElements: number = DEFAULT_MAX_ELEMENTS): number {
  if (Number.isSafeInteger(maxElements) && maxElements >= 1) return maxElements;
  throw invalidArgument('maxElements', maxElements, 'Give a whole number of at least 1.');
}

/** The body of an Enumerate (DSP0226 8.2), as Windows' client writes it; optimized unless the request says otherwise. */
export function writeEnumerate(
  request: Pick<EnumerateRequest, 'filter' | 'mode' | 'polymorphism' | 'optimize'>,
  maxElements: number,
): string {
  const { filter, mode = 'object', polymorphism, optimize = true } = request;
  const xml = new XmlWriter().open('n:Enumerate', { 'xmlns:n': NS.enumeration });
  if (optimize) xml.element('w:OptimizeEnumeration').element('w:MaxElements', String(maxElements));
  if (mode !== 'object') xml.element('w:EnumerationMode', ENUMERATION_MODES[mode]);
  if (polymorphism !== undefined) {
    xml.element('b:PolymorphismMode', polymorphism, { 'xmlns:b': NS.cimBinding });
  }
  if (filter !== undefined) writeFilter(xml, filter);
  return xml.close().toString();
}

/** The body of a Pull (DSP0226 8.4). */
export function writePull(context: string, maxElements: number): string {
  return new XmlWriter()
    .open('n:Pull', { 'xmlns:n': NS.enumeration })
    .element('n:EnumerationContext', context)
    .element('n:MaxElements', String(maxElements))
    .close()
    .toString();
}

/** The body of a Release (DSP0226 8.5). */
export function writeRelease(context: string): string {
  return new XmlWriter()
    .open('n:Release', { 'xmlns:n': NS.enumeration })
    .element('n:EnumerationContext', context)
    .close()
    .toString();
}
