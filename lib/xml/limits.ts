import { CimletError } from '../base/errors.js';

/** What the reader refuses, so that a hostile document costs bounded memory and time. Each breach is `ERR_XML`. */
export interface XmlLimits {
  /** Nesting of elements. Default 128. */
  readonly maxDepth?: number;
  /** Characters (UTF-16 units) of one document. Default 268,435,456. */
  readonly maxLength?: number;
  /** Attributes of one element, namespace declarations included. Default 256. */
  readonly maxAttributes?: number;
  /** Characters of an element or attribute name, prefix included. Default 1,024. */
  readonly maxNameLength?: number;
  /** Characters of the prolog: everything before the root element's name. Default 16,384. */
  readonly maxPrologLength?: number;
}

export const defaultXmlLimits: Required<XmlLimits> = {
  maxDepth: 128,
  maxLength: 2 ** 28,
  maxAttributes: 256,
  maxNameLength: 1024,
  maxPrologLength: 16_384,
};

/** The `ERR_XML` of a breached limit. */
export function limitExceeded(what: string, limit: number): CimletError {
  return new CimletError('ERR_XML', `The XML document was refused: ${what} exceeds the limit of ${limit}.`, {
    hint: 'The answer is not one that a WS-Management server gives; look at what answers at this address.',
  });
}
