import { CimletError } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import {
  contextTag,
  DerReader,
  DerTag,
  decodeSmallInteger,
  encodeDer,
  encodeInteger,
  encodeOctetString,
  encodeSequence,
} from '../../crypto/der.js';
import type { Credential } from '../contract/credential.js';

const PASSWORD_CREDENTIALS = 1;

/** TSCredentials with TSPasswordCreds (MS-CSSP 2.2.1.2). Holds the password in the clear: seal it, then wipe it. */
export function encodeTsCredentials(credential: Required<Credential>): Uint8Array {
  const password = Buffer.from(credential.password.reveal(), 'utf16le');
  const inner = encodeSequence(
    encodeDer(contextTag(0), encodeOctetString(Buffer.from(credential.domain, 'utf16le'))),
    encodeDer(contextTag(1), encodeOctetString(Buffer.from(credential.userName, 'utf16le'))),
    encodeDer(contextTag(2), encodeOctetString(password)),
  );
  const encoded = encodeSequence(
    encodeDer(contextTag(0), encodeInteger(PASSWORD_CREDENTIALS)),
    encodeDer(contextTag(1), encodeOctetString(inner)),
  );
  password.fill(0);
  inner.fill(0);
  return encoded;
}

/** @throws ERR_PROTOCOL when it breaks its format or carries something else than a password. */
export function parseTsCredentials(bytes: Uint8Array): Required<Credential> {
  const outer = new DerReader(bytes);
  const fields = outer.enter(DerTag.sequence);
  outer.end();
  const type = decodeSmallInteger(fields.enter(contextTag(0)).read(DerTag.integer));
  if (type !== PASSWORD_CREDENTIALS) {
    throw new CimletError('ERR_PROTOCOL', `Delegated credentials of type ${type} are not supported, only passwords.`);
  }
  const content = new DerReader(fields.enter(contextTag(1)).read(DerTag.octetString));
  fields.end();
  const password = content.enter(DerTag.sequence);
  content.end();
  const text = (tag: number) =>
    Buffer.from(password.enter(contextTag(tag)).read(DerTag.octetString)).toString('utf16le');
  const credential = { domain: text(0), userName: text(1), password: new Secret(text(2)) };
  password.end();
  return credential;
}
