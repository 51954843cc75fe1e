const BLOCK_BYTES = 64;
const LENGTH_BYTES = 8;

const ROUND_1_SHIFTS = [3, 7, 11, 19] as const;
const ROUND_2_SHIFTS = [3, 5, 9, 13] as const;
const ROUND_3_SHIFTS = [3, 9, 11, 15] as const;
const ROUND_2_ORDER = [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15] as const;
const ROUND_3_ORDER = [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] as const;
const ROUND_2_CONSTANT = 0x5a827999;
const ROUND_3_CONSTANT = 0x6ed9eba1;

/**
 * The MD4 digest (16 bytes) of RFC 1320. It is here because NTLM's password hash is made with it (MS-NLMP 3.3.1)
 * and OpenSSL 3 no longer offers it by default; it protects nothing by itself.
 */
export function md4(message: Uint8Array): Uint8Array {
  const padded = pad(message);
  const view = new DataView(padded.buffer);
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  const block = new Uint32Array(BLOCK_BYTES / 4);
  for (let offset = 0; offset < padded.length; offset += BLOCK_BYTES) {
    for (let word = 0; word < block.length; word++) block[word] = view.getUint32(offset + word * 4, true);
    compress(state, block);
  }
  const digest = new Uint8Array(16);
  const digestView = new DataView(digest.buffer);
  state.forEach((word, index) => {
    digestView.setUint32(index * 4, word, true);
  });
  padded.fill(0);
  block.fill(0);
  return digest;
}

function pad(message: Uint8Array): Uint8Array {
  const blocks = Math.ceil((message.length + 1 + LENGTH_BYTES) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(message);
  padded[message.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - LENGTH_BYTES, BigInt(message.length) * 8n, true);
  return padded;
}

function compress(state: Uint32Array, block: Uint32Array): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let step = 0; step < 48; step++) {
    const position = step % 16;
    let mixed: number;
    let shift: number;
    if (step < 16) {
      mixed = ((b & c) | (~b & d)) + wordAt(block, position);
      shift = wordAt(ROUND_1_SHIFTS, position % 4);
    } else if (step < 32) {
      mixed = ((b & c) | (b & d) | (c & d)) + wordAt(block, wordAt(ROUND_2_ORDER, position)) + ROUND_2_CONSTANT;
      shift = wordAt(ROUND_2_SHIFTS, position % 4);
    } else {
      mixed = (b ^ c ^ d) + wordAt(block, wordAt(ROUND_3_ORDER, position)) + ROUND_3_CONSTANT;
      shift = wordAt(ROUND_3_SHIFTS, position % 4);
    }
    const sum = (a + mixed) | 0;
    [a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c];
  }
  state[0] = wordAt(state, 0) + a;
  state[1] = wordAt(state, 1) + b;
  state[2] = wordAt(state, 2) + c;
  state[3] = wordAt(state, 3) + d;
}

/** Indexes above are all below the array's length. */
function wordAt(words: ArrayLike<number>, index: number): number {
  return words[index] as number;
}
