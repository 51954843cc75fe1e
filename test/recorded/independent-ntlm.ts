import { createHmac } from 'node:crypto';

/** NTLMv2 by MS-NLMP 3.3.2 and 3.4.5, and MD4 by RFC 1320, written for the tests alone: nothing of lib/auth or lib/crypto is in it. */

export function hmacMd5(key: Uint8Array, ...pieces: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest();
}

/** NTOWFv2. For names in ASCII, whose upper case nobody disputes. */
export function ntowfv2(password: string, userName: string, domain: string): Buffer {
  return hmacMd5(md4(Buffer.from(password, 'utf16le')), Buffer.from(userName.toUpperCase() + domain, 'utf16le'));
}

export function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number) => {
    const held = state[a] ?? 0;
    state[a] = state[b] ?? 0;
    state[b] = held;
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 255;
      j = (j + (state[i] ?? 0)) & 255;
      swap(i, j);
      return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
    }),
  );
}

export function md4(message: Uint8Array): Buffer {
  const length = Math.ceil((message.length + 9) / 64) * 64;
  const padded = Buffer.alloc(length);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeUInt32LE(message.length * 8, length - 8);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const rounds = [
    {
      mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
      add: 0,
      order: (n: number) => n,
      shifts: [3, 7, 11, 19],
    },
    {
      mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
      add: 0x5a827999,
      order: (n: number) => (n % 4) * 4 + Math.floor(n / 4),
      shifts: [3, 5, 9, 13],
    },
    {
      mix: (x: number, y: number, z: number) => x ^ y ^ z,
      add: 0x6ed9eba1,
      order: (n: number) => [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15][n] ?? 0,
      shifts: [3, 9, 11, 15],
    },
  ];
  for (let at = 0; at < length; at += 64) {
    const before = [a, b, c, d];
    for (const { mix, add, order, shifts } of rounds) {
      for (let n = 0; n < 16; n++) {
        const sum = (a + mix(b, c, d) + padded.readUInt32LE(at + 4 * order(n)) + add) >>> 0;
        const shift = shifts[n % 4] ?? 0;
        [a, b, c, d] = [d, ((sum << shift) | (sum >>> (32 - shift))) >>> 0, b, c];
      }
    }
    [a, b, c, d] = [a, b, c, d].map((word, index) => (word + (before[index] ?? 0)) >>> 0) as [
      number,
      number,
      number,
      number,
    ];
  }
  const digest = Buffer.alloc(16);
  [a, b, c, d].forEach((word, index) => {
    digest.writeUInt32LE(word, 4 * index);
  });
  return digest;
}

/** A CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2). */
export function readChallenge(message: Buffer) {
  return {
    flags: message.readUInt32LE(20),
    serverChallenge: message.subarray(24, 32),
    pairs: readPairs(fieldAt(message, 40)),
  };
}

/** An AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) with a MIC. */
export function readAuthenticate(message: Buffer) {
  const withoutMic = Buffer.from(message);
  withoutMic.fill(0, 72, 88);
  const ntResponse = fieldAt(message, 20);
  const blob = ntResponse.subarray(16);
  return {
    lmResponse: fieldAt(message, 12),
    proof: ntResponse.subarray(0, 16),
    blob,
    time: blob.subarray(8, 16),
    clientChallenge: blob.subarray(16, 24),
    pairs: readPairs(blob.subarray(28)),
    domain: fieldAt(message, 28).toString('utf16le'),
    userName: fieldAt(message, 36).toString('utf16le'),
    encryptedKey: fieldAt(message, 52),
    flags: message.readUInt32LE(60),
    mic: message.subarray(72, 88),
    withoutMic,
  };
}

function fieldAt(message: Buffer, at: number): Buffer {
  const start = message.readUInt32LE(at + 4);
  return message.subarray(start, start + message.readUInt16LE(at));
}

/** AV_PAIRs by their id (MS-NLMP 2.2.2.1), in hexadecimal. */
function readPairs(bytes: Buffer): ReadonlyMap<number, string> {
  const pairs = new Map<number, string>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    if (id === 0) break;
    pairs.set(id, bytes.toString('hex', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return pairs;
}
