import { createHmac, timingSafeEqual } from 'node:crypto';
import { CimletError } from '../../base/errors.js';
import { Rc4 } from '../../crypto/rc4.js';
import type { WrappedMessage } from '../contract/message-protection.js';
import { type NtlmRole, sealKey, signKey } from './key-derivation.js';

const SIGNATURE_BYTES = 16;
const SIGNATURE_VERSION = 1;
const LAST_SEQUENCE_NUMBER = 0xffffffff;

/**
 * Sealing and signing with extended session security, 128 bit and key exchange (MS-NLMP 3.4).
 * Each direction has its own keys, cipher state and sequence number. A message that fails its check ends the session:
 * the cipher state behind it is unknown, and a genuine peer over TCP never sends one.
 */
export class NtlmSessionSecurity {
  readonly #outgoing: Direction;
  readonly #incoming: Direction;
  #ended: 'disposed' | 'broken' | undefined;

  /** @param sessionKey the ExportedSessionKey; it is not kept. */
  constructor(sessionKey: Uint8Array, role: NtlmRole) {
    this.#outgoing = new Direction(sessionKey, role);
    this.#incoming = new Direction(sessionKey, role === 'client' ? 'server' : 'client');
  }

  /** SEAL of MS-NLMP 3.4.3: the signature apart from the sealed message, as WinRM wants it. */
  seal(message: Uint8Array): WrappedMessage {
    this.#refuseWhenEnded();
    const data = this.#outgoing.cipher.update(message);
    return { header: this.#outgoing.sign(message), data };
  }

  /** @throws ERR_MESSAGE_INTEGRITY for a changed, repeated, missing or reordered message. */
  unseal(signature: Uint8Array, data: Uint8Array): Uint8Array {
    this.#refuseWhenEnded();
    try {
      this.#incoming.checkForm(signature);
      const message = this.#incoming.cipher.update(data);
      this.#incoming.verify(message, signature);
      return message;
    } catch (error) {
      this.#end('broken');
      throw error;
    }
  }

  /** A signature that takes a sequence number but leaves the cipher state as it was: SPNEGO's mechListMIC (MS-SPNG 3.3.5.1). */
  signAndRestore(message: Uint8Array): Uint8Array {
    this.#refuseWhenEnded();
    return this.#outgoing.restoring(() => this.#outgoing.sign(message));
  }

  /** The other half of {@link signAndRestore}. */
  verifyAndRestore(message: Uint8Array, signature: Uint8Array): void {
    this.#refuseWhenEnded();
    try {
      this.#incoming.checkForm(signature);
      this.#incoming.restoring(() => this.#incoming.verify(message, signature));
    } catch (error) {
      this.#end('broken');
      throw error;
    }
  }

  dispose(): void {
    this.#end('disposed');
  }

  #end(how: 'disposed' | 'broken'): void {
    this.#ended ??= how;
    this.#outgoing.wipe();
    this.#incoming.wipe();
  }

  #refuseWhenEnded(): void {
    if (this.#ended === 'broken') throw integrityError('an earlier message failed its check');
    if (this.#ended === 'disposed') throw new CimletError('ERR_SESSION_CLOSED', 'The NTLM context is closed.');
  }
}

class Direction {
  cipher: Rc4;
  readonly #signingKey: Uint8Array;
  #sequenceNumber = 0;

  constructor(sessionKey: Uint8Array, sender: NtlmRole) {
    const sealing = sealKey(sessionKey, sender);
    this.cipher = new Rc4(sealing);
    sealing.fill(0);
    this.#signingKey = signKey(sessionKey, sender);
  }

  /** MAC of MS-NLMP 3.4.4.2 with key exchange; the cipher state and the sequence number move on. */
  sign(message: Uint8Array): Uint8Array {
    if (this.#sequenceNumber >= LAST_SEQUENCE_NUMBER) throw integrityError('the sequence numbers are used up');
    const sequence = Buffer.alloc(4);
    sequence.writeUInt32LE(this.#sequenceNumber++);
    const checksum = createHmac('md5', this.#signingKey).update(sequence).update(message).digest().subarray(0, 8);
    const signature = new Uint8Array(SIGNATURE_BYTES);
    signature[0] = SIGNATURE_VERSION;
    signature.set(this.cipher.update(checksum), 4);
    signature.set(sequence, 12);
    return signature;
  }

  /** Refuses what can be told without the key, before the cipher moves on. */
  checkForm(signature: Uint8Array): void {
    if (signature.length !== SIGNATURE_BYTES) {
      throw integrityError(`its signature has ${signature.length} bytes instead of ${SIGNATURE_BYTES}`);
    }
    const view = Buffer.from(signature);
    if (view.readUInt32LE(0) !== SIGNATURE_VERSION) throw integrityError('its signature has an unknown version');
    const sequenceNumber = view.readUInt32LE(12);
    if (sequenceNumber !== this.#sequenceNumber) {
      throw integrityError(`it has sequence number ${sequenceNumber} instead of ${this.#sequenceNumber}`);
    }
  }

  verify(message: Uint8Array, signature: Uint8Array): void {
    if (!timingSafeEqual(this.sign(message), signature)) throw integrityError('its signature is wrong');
  }

  /** Runs `action` and sets the cipher back to where it was. */
  restoring<T>(action: () => T): T {
    const before = this.cipher.clone();
    try {
      return action();
    } finally {
      this.cipher.wipe();
      this.cipher = before;
    }
  }

  wipe(): void {
    this.cipher.wipe();
    this.#signingKey.fill(0);
  }
}

function integrityError(why: string): CimletError {
  return new CimletError('ERR_MESSAGE_INTEGRITY', `An NTLM-protected message was refused: ${why}.`, {
    hint: 'Something between the two ends changed, dropped or repeated data. Open a new connection.',
  });
}
