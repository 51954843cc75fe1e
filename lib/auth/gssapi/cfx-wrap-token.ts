import { CimletError } from '../../base/errors.js';
import type { WrappedMessage } from '../contract/message-protection.js';

const TOKEN_HEADER_LENGTH = 16;
const CONFOUNDER_LENGTH = 16;
const TOKEN_ID_WRAP = 0x0504;
const FLAG_SEALED = 0x02;

/**
 * A sealed RFC 4121 token in WinRM's header-and-data form. GSSAPI leaves it as header, ciphertext, trailer with a right rotation count of 0;
 * SSPI, and so WinRM, rotates the trailer to the front (4.2.5), so that the plaintext-sized part is the tail.
 */
export function splitWrapToken(token: Uint8Array, messageLength: number): WrappedMessage {
  const view = viewOf(token);
  const trailerLength = token.length - TOKEN_HEADER_LENGTH - CONFOUNDER_LENGTH - messageLength;
  if (view.getUint16(6) !== 0) throw refused(`a right rotation count of ${view.getUint16(6)} where 0 was expected`);
  if (trailerLength < 0) throw refused(`${token.length} bytes for a message of ${messageLength}`);
  const rotated = new Uint8Array(token.length);
  rotated.set(token.subarray(0, TOKEN_HEADER_LENGTH));
  rotated.set(token.subarray(token.length - trailerLength), TOKEN_HEADER_LENGTH);
  rotated.set(token.subarray(TOKEN_HEADER_LENGTH, token.length - trailerLength), TOKEN_HEADER_LENGTH + trailerLength);
  new DataView(rotated.buffer).setUint16(6, trailerLength);
  const headerLength = token.length - messageLength;
  return { header: rotated.subarray(0, headerLength), data: rotated.subarray(headerLength) };
}

/** The token that GSSAPI unwraps; it undoes the rotation itself (RFC 4121 4.2.5). */
export function joinWrapToken(header: Uint8Array, data: Uint8Array): Uint8Array {
  const token = new Uint8Array(header.length + data.length);
  token.set(header);
  token.set(data, header.length);
  viewOf(token);
  return token;
}

function viewOf(token: Uint8Array): DataView {
  const view = new DataView(token.buffer, token.byteOffset, token.byteLength);
  if (token.length < TOKEN_HEADER_LENGTH || view.getUint16(0) !== TOKEN_ID_WRAP) {
    throw refused(
      'no RFC 4121 wrap token',
      'Enable AES for the service account: DES and RC4 tickets are not supported.',
    );
  }
  if ((view.getUint8(2) & FLAG_SEALED) === 0) throw refused('a token that is signed but not sealed');
  return view;
}

function refused(what: string, hint?: string): CimletError {
  return new CimletError('ERR_MESSAGE_INTEGRITY', `Kerberos message protection: ${what}.`, { hint });
}
