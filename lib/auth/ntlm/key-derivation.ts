import { createHash, createHmac } from 'node:crypto';
import { md4 } from '../../crypto/md4.js';
import { Rc4 } from '../../crypto/rc4.js';
import { windowsUpperCase } from './windows-upper-case.js';

/** Which side of the exchange sends. */
export type NtlmRole = 'client' | 'server';

/** NTOWFv1: MD4 of the password as UTF-16LE, which is what Windows stores (MS-NLMP 3.3.1). Sixteen secret bytes. */
export function ntHash(password: string): Uint8Array {
  const encoded = Buffer.from(password, 'utf16le');
  try {
    return md4(encoded);
  } finally {
    encoded.fill(0);
  }
}

/** NTOWFv2, the ResponseKeyNT; also LMOWFv2 (MS-NLMP 3.3.2). The domain keeps its case, the user name does not. */
export function responseKey(hash: Uint8Array, userName: string, domainName: string): Uint8Array {
  return hmacMd5(hash, Buffer.from(windowsUpperCase(userName) + domainName, 'utf16le'));
}

/** The NTProofStr (MS-NLMP 3.3.2). */
export function ntProof(key: Uint8Array, serverChallenge: Uint8Array, encodedChallenge: Uint8Array): Uint8Array {
  return hmacMd5(key, serverChallenge, encodedChallenge);
}

/** The LmChallengeResponse of NTLMv2 (MS-NLMP 3.3.2), which our initiator never sends. */
export function lmV2Response(key: Uint8Array, serverChallenge: Uint8Array, clientChallenge: Uint8Array): Uint8Array {
  return Buffer.concat([hmacMd5(key, serverChallenge, clientChallenge), clientChallenge]);
}

/** The SessionBaseKey, which NTLMv2 also takes as KeyExchangeKey (MS-NLMP 3.3.2, 3.4.5.1). */
export function sessionBaseKey(key: Uint8Array, proof: Uint8Array): Uint8Array {
  return hmacMd5(key, proof);
}

/** RC4K of MS-NLMP section 6: the whole message with a fresh key stream. Its own inverse. */
export function rc4Once(key: Uint8Array, message: Uint8Array): Uint8Array {
  const cipher = new Rc4(key);
  try {
    return cipher.update(message);
  } finally {
    cipher.wipe();
  }
}

/** SIGNKEY with extended session security (MS-NLMP 3.4.5.2). */
export function signKey(sessionKey: Uint8Array, sender: NtlmRole): Uint8Array {
  return magicKey(sessionKey, sender, 'signing');
}

/** SEALKEY with extended session security and 128 bit (MS-NLMP 3.4.5.3). */
export function sealKey(sessionKey: Uint8Array, sender: NtlmRole): Uint8Array {
  return magicKey(sessionKey, sender, 'sealing');
}

/** The MIC over all three messages, the last with its own MIC zero (MS-NLMP 3.1.5.1.2). */
export function messageIntegrityCode(
  sessionKey: Uint8Array,
  negotiate: Uint8Array,
  challenge: Uint8Array,
  authenticate: Uint8Array,
): Uint8Array {
  return hmacMd5(sessionKey, negotiate, challenge, authenticate);
}

/** MsvAvChannelBindings: MD5 of a gss_channel_bindings_struct that has application data only (RFC 4121 4.1.1.2). */
export function channelBindingsHash(applicationData: Uint8Array): Uint8Array {
  const addresses = Buffer.alloc(16);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(applicationData.length);
  return createHash('md5').update(addresses).update(length).update(applicationData).digest();
}

function magicKey(sessionKey: Uint8Array, sender: NtlmRole, purpose: 'signing' | 'sealing'): Uint8Array {
  const direction = sender === 'client' ? 'client-to-server' : 'server-to-client';
  return createHash('md5')
    .update(sessionKey)
    .update(`session key to ${direction} ${purpose} key magic constant\0`, 'latin1')
    .digest();
}

function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}
