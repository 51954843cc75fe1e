import { endianness } from 'node:os';
import { malformed } from './malformed.js';

/** Characters that the reader looks at in one go: enough to make a piece's fixed costs vanish, few enough to stay in the cache. */
export const BLOCK_LENGTH = 8192;

const BIG_ENDIAN = endianness() === 'BE';

let spare: Uint16Array | undefined;

/**
 * The piece of text that is being read, also as code units, which are read several times faster from a typed array than
 * with `charCodeAt`. A zero follows the last one, so that no scan needs to ask whether the input is over.
 */
export class Input {
  text = '';
  end = 0;
  units: Uint16Array = new Uint16Array(0);

  /** Takes the memory for code units, which readers share as long as none works inside another's event. */
  acquire(): void {
    this.units = spare ?? new Uint16Array(2 * BLOCK_LENGTH);
    spare = undefined;
  }

  release(): void {
    if (this.units.length === 2 * BLOCK_LENGTH) spare = this.units;
    this.units = new Uint16Array(0);
    this.text = '';
    this.end = 0;
  }

  load(text: string): void {
    if (text.length >= this.units.length) this.units = new Uint16Array(text.length + BLOCK_LENGTH);
    const { units } = this;
    const bytes = Buffer.from(units.buffer, units.byteOffset, units.byteLength);
    bytes.write(text, 0, 'utf16le');
    if (BIG_ENDIAN) bytes.subarray(0, 2 * text.length).swap16();
    units[text.length] = 0;
    this.text = text;
    this.end = text.length;
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
