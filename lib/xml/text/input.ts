import { endianness } from 'node:os';
import { malformed } from './malformed.js';

/** Characters that the reader looks at in one go: enough to make a piece's fixed costs vanish, few enough to stay in the cache. */
export const BLOCK_LENGTH = 8192;

export const LITTLE_ENDIAN = endianness() === 'LE';

/** Memory for the code units of one piece, seen in three ways. */
class Scratch {
  readonly units: Uint16Array;
  readonly view: DataView;
  readonly bytes: Buffer;

  constructor(length: number) {
    this.units = new Uint16Array(length);
    this.view = new DataView(this.units.buffer);
    this.bytes = Buffer.from(this.units.buffer);
  }
}

const USUAL_LENGTH = 2 * BLOCK_LENGTH;
const NOTHING = new Scratch(0);
/** Readers share it as long as none works inside another's event. */
let spare: Scratch | undefined;

/**
 * The piece of text that is being read, also as code units, which are read several times faster from a typed array than
 * with `charCodeAt`. A zero follows the last one, so that no scan needs to ask whether the input is over.
 */
export class Input {
  text = '';
  end = 0;
  #scratch = NOTHING;
  units = NOTHING.units;
  /** Of the same memory, to compare two code units at a time. */
  view = NOTHING.view;

  /** Takes memory for code units until {@link release}. */
  acquire(): void {
    this.#use(spare ?? new Scratch(USUAL_LENGTH));
    spare = undefined;
  }

  release(): void {
    if (this.units.length === USUAL_LENGTH) spare = this.#scratch;
    this.#use(NOTHING);
    this.text = '';
    this.end = 0;
  }

  load(text: string): void {
    if (text.length >= this.units.length) this.#use(new Scratch(text.length + BLOCK_LENGTH));
    const { bytes } = this.#scratch;
    bytes.write(text, 0, 'utf16le');
    if (!LITTLE_ENDIAN) bytes.subarray(0, 2 * text.length).swap16();
    this.units[text.length] = 0;
    this.text = text;
    this.end = text.length;
  }

  #use(scratch: Scratch): void {
    this.#scratch = scratch;
    this.units = scratch.units;
    this.view = scratch.view;
  }

  /**
   * The place after the character at `at`, which is of no kind: a surrogate pair, or nothing that XML allows (2.2).
   * `-1` when its other half has yet to come.
   */
  passPair(at: number): number {
    const unit = this.units[at] ?? 0;
    if (unit >= 0xd800 && unit <= 0xdbff) {
      if (at + 1 === this.end) return -1;
      const low = this.units[at + 1] ?? 0;
      if (low >= 0xdc00 && low <= 0xdfff) return at + 2;
    }
    if (unit >= 0xd800 && unit <= 0xdfff) throw malformed('an unpaired surrogate is not a character');
    throw malformed(`the character U+${unit.toString(16).toUpperCase().padStart(4, '0')} is not allowed`);
  }
}
