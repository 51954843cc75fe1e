import { invalidArgument } from '../base/errors.js';

/**
 * The RC4 stream cipher with its state kept between calls, as NTLM's sealing needs it (MS-NLMP 3.4.3, RFC 6229).
 * It is here because OpenSSL 3 no longer offers it by default. Encrypting and decrypting are the same operation.
 */
export class Rc4 {
  readonly #state: Uint8Array;
  #i = 0;
  #j = 0;

  /** @throws ERR_INVALID_ARGUMENT for a key that is not 1 to 256 bytes long. */
  constructor(key: Uint8Array) {
    if (key.length < 1 || key.length > 256) {
      throw invalidArgument('key', `${key.length} bytes`, 'An RC4 key has 1 to 256 bytes.');
    }
    const state = new Uint8Array(256);
    for (let i = 0; i < 256; i++) state[i] = i;
    let j = 0;
    for (let i = 0; i < 256; i++) {
      const value = state[i] as number;
      j = (j + value + (key[i % key.length] as number)) & 0xff;
      state[i] = state[j] as number;
      state[j] = value;
    }
    this.#state = state;
  }

  /** Combines `input` with the next bytes of the key stream; gives a new array. */
  update(input: Uint8Array): Uint8Array {
    const output = new Uint8Array(input.length);
    const state = this.#state;
    const length = input.length;
    let i = this.#i;
    let j = this.#j;
    for (let position = 0; position < length; position++) {
      i = (i + 1) & 0xff;
      const a = state[i] as number;
      j = (j + a) & 0xff;
      const b = state[j] as number;
      state[i] = b;
      state[j] = a;
      output[position] = (input[position] as number) ^ (state[(a + b) & 0xff] as number);
    }
    this.#i = i;
    this.#j = j;
    return output;
  }

  /** An independent cipher that continues from the same place in the key stream. */
  clone(): Rc4 {
    const copy = new Rc4(PLACEHOLDER_KEY);
    copy.#state.set(this.#state);
    copy.#i = this.#i;
    copy.#j = this.#j;
    return copy;
  }

  /** Overwrites the state; the cipher is of no use afterwards. */
  wipe(): void {
    this.#state.fill(0);
    this.#i = 0;
    this.#j = 0;
  }
}

const PLACEHOLDER_KEY = new Uint8Array(1);
