import { UsageError } from '../../usage/usage-error.js';

const HEADER = /^\s*(?:(?:WWW-|Proxy-)?Authenticat(?:e|ion-Info)|(?:Proxy-)?Authorization)\s*:\s*/i;
const SCHEME = /^\s*(?:Negotiate|NTLM|Kerberos|CredSSP)\s+/i;

/**
 * The bytes that a text stands for: base64 (also URL-safe), hexadecimal with or without separators, either of them after a header's name
 * and scheme; else the text itself, when it is XML or an HTTP body.
 */
export function bytesOfText(text: string): Uint8Array {
  const token = text.replace(HEADER, '').replace(SCHEME, '').trim();
  const compact = token.replace(/\s+/g, '');
  if (
    /^(?:0x)?(?:[0-9a-f]{2}[\s:,-]*)+$/i.test(token) &&
    /^(?:0x)?(?:[0-9a-f]{2})+$/i.test(token.replace(/[\s:,-]/g, ''))
  ) {
    return Buffer.from(token.replace(/^0x/i, '').replace(/[\s:,-]/g, ''), 'hex');
  }
  if (compact !== '' && /^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return Buffer.from(compact, 'base64');
  if (/^\s*(?:\ufeff)?[<-]/.test(text)) return Buffer.from(text, 'utf8');
  throw new UsageError(
    'The text is neither base64 nor hexadecimal.',
    'Give it as one argument, or the name of a file that holds it.',
  );
}

/** The bytes of a file or of standard input: as they are, or, when they are text that stands for bytes, those. */
export function bytesOfContent(content: Uint8Array): Uint8Array {
  const isText = content.every((byte) =>
    byte >= 0x20 ? byte < 0x7f : byte === 0x09 || byte === 0x0a || byte === 0x0d,
  );
  return isText ? bytesOfText(Buffer.from(content).toString('latin1')) : content;
}
