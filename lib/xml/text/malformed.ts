import { CimletError } from '../../base/errors.js';

const LONGEST_QUOTATION = 80;

/** The `ERR_XML` of a document that is not well-formed; `message` is the rest of a sentence, without its full stop. */
export function malformed(message: string): CimletError {
  return new CimletError('ERR_XML', `The XML is not well-formed: ${message}.`);
}

/** The `ERR_XML` of what is well-formed, or may be, and is refused all the same. */
export function refused(what: string): CimletError {
  return new CimletError('ERR_XML', `The XML document was refused: it has ${what}.`, {
    hint: 'SOAP forbids it. Look at what answers at this address.',
  });
}

/** A name from the input for a message, which stays short and printable whatever the name is. */
export function quoted(text: string): string {
  const gist = text.length > LONGEST_QUOTATION ? `${text.slice(0, LONGEST_QUOTATION)}…` : text;
  return `"${gist.replace(/[^\x20-\x7E\u00A1-\u{10FFFF}]|\p{C}/gu, '?')}"`;
}
