import { invalidArgument } from '../../base/errors.js';
import type { XmlLimits } from '../../xml/text/limits.js';
import type { CimSessionOptions } from './session-options.js';

const USUAL_ENVELOPE_SIZE = 512_000;
const ENVELOPES = 8;
const BYTES_OF_AN_ELEMENT = 32;
/** What is read is looked at by functions that call themselves. */
const GREATEST_DEPTH = 1000;

const LIMITS = [
  'maxResponseBytes',
  'maxResponseElements',
  'maxResponseDepth',
  'maxResponseAttributes',
  'maxResponseNameLength',
  'maxResponseTextLength',
] as const;

/** @throws CimletError `ERR_INVALID_ARGUMENT`. */
export function checkResponseLimits(options: CimSessionOptions): void {
  for (const name of LIMITS) {
    const limit = options[name];
    if (limit !== undefined && !(limit >= 1)) throw invalidArgument(name, limit, 'Give a number of at least 1.');
  }
  const { maxResponseDepth = 1 } = options;
  if (maxResponseDepth > GREATEST_DEPTH) {
    throw invalidArgument('maxResponseDepth', maxResponseDepth, `Give a number from 1 to ${GREATEST_DEPTH}.`);
  }
}

/** Bytes that one response may have: as given, else as it follows from the greatest envelope that the server is told of. */
export function maxResponseBytes({
  maxEnvelopeSize = USUAL_ENVELOPE_SIZE,
  maxResponseBytes,
}: CimSessionOptions): number {
  return maxResponseBytes ?? ENVELOPES * Math.max(maxEnvelopeSize, USUAL_ENVELOPE_SIZE);
}

/** What the reader is told of the rest. */
export function xmlLimits(options: CimSessionOptions): XmlLimits {
  const bytes = maxResponseBytes(options);
  const { maxResponseDepth, maxResponseAttributes, maxResponseNameLength } = options;
  return {
    maxLength: bytes,
    maxElements: options.maxResponseElements ?? Math.ceil(bytes / BYTES_OF_AN_ELEMENT),
    maxTextLength: options.maxResponseTextLength ?? bytes,
    ...(maxResponseDepth === undefined ? {} : { maxDepth: maxResponseDepth }),
    ...(maxResponseAttributes === undefined ? {} : { maxAttributes: maxResponseAttributes }),
    ...(maxResponseNameLength === undefined ? {} : { maxNameLength: maxResponseNameLength }),
  };
}
