import { CimletError } from '../../base/errors.js';
import { type OptionName, wording } from '../../base/wording.js';

/** What the reader refuses, so that a hostile document costs bounded memory and time. Each breach is `ERR_XML`, but for too many elements and too long a text or document. */
export interface XmlLimits {
  /** Nesting of elements. Default 128. */
  readonly maxDepth?: number;
  /** Characters (UTF-16 units) of one document, of which there may be several. More is `ERR_RESPONSE_TOO_LARGE`. Default 268,435,456. */
  readonly maxLength?: number;
  /** Attributes of one element, namespace declarations included. Default 256. */
  readonly maxAttributes?: number;
  /** Characters of an element or attribute name, prefix included. Default 1,024. */
  readonly maxNameLength?: number;
  /** Characters of the text of one element, or of one attribute's value. More is `ERR_RESPONSE_TOO_LARGE`. Default 268,435,456. */
  readonly maxTextLength?: number;
  /** Characters of the prolog: everything before the root element's name. Default 16,384. */
  readonly maxPrologLength?: number;
  /**
   * Elements of one document that are held at the same time. Each attribute and each declaration of a namespace counts as one more, and an
   * element with declarations as five more. What is handed over piece by piece is not held. An element takes some 200 bytes until it is a
   * value, so that this bounds what a reply may cost. More is `ERR_RESPONSE_TOO_LARGE`. Default 2,000,000.
   */
  readonly maxElements?: number;
}

export const defaultXmlLimits: Required<XmlLimits> = {
  maxDepth: 128,
  maxLength: 2 ** 28,
  maxAttributes: 256,
  maxNameLength: 1024,
  maxTextLength: 2 ** 28,
  maxPrologLength: 16_384,
  maxElements: 2_000_000,
};

/** The `ERR_XML` of a breached limit; `option`: what sets it for the replies of a session. */
export function limitExceeded(what: string, limit: number, option?: OptionName): CimletError {
  const setBy = option === undefined ? '' : wording` For replies, ${{ option }} sets this limit.`;
  return new CimletError('ERR_XML', `The XML document was refused: ${what} exceeds the limit of ${limit}.`, {
    hint: wording`The answer is not one that a WS-Management server gives; look at what answers at this address.${{ clause: wording`${setBy}` }}`,
  });
}

/** The error of more elements than may be held: it may be a right answer to too large a question. */
export function tooManyElements(limit: number): CimletError {
  return new CimletError('ERR_RESPONSE_TOO_LARGE', `The answer has more than the ${limit} elements allowed.`, {
    hint: wording`Ask for less at a time${{ clause: wording`, or raise ${{ option: 'maxResponseElements' }}` }}.`,
  });
}

/** The error of a document that is longer than it may be: of several, as a server streams them, each one may be as long. */
export function documentTooLong(limit: number): CimletError {
  return new CimletError(
    'ERR_RESPONSE_TOO_LARGE',
    `The answer is larger than the ${limit} bytes allowed for one message.`,
    {
      hint: wording`Ask for less at a time${{ clause: wording`, or raise ${{ option: 'maxResponseBytes' }}` }}.`,
    },
  );
}

/** The error of a text that is longer than it may be: it, too, may be a right answer. */
export function textTooLong(limit: number): CimletError {
  return new CimletError(
    'ERR_RESPONSE_TOO_LARGE',
    `The answer has a text of more than the ${limit} characters allowed.`,
    {
      hint: wording`Ask for less at a time${{ clause: wording`, or raise ${{ option: 'maxResponseTextLength' }}` }}.`,
    },
  );
}
