/** .NET's Version: two to four numbers, ordered one after the other; one that is not given counts as less than 0. */
export class VersionValue {
  readonly parts: readonly number[];

  constructor(parts: readonly number[]) {
    this.parts = parts;
  }

  /** Undefined for a text that is not a version. */
  static read(text: string): VersionValue | undefined {
    return /^\s*\d{1,9}(?:\.\d{1,9}){1,3}\s*$/.test(text)
      ? new VersionValue(text.trim().split('.').map(Number))
      : undefined;
  }

  static compare(left: VersionValue, right: VersionValue): number {
    for (let at = 0; at < 4; at += 1) {
      const difference = (left.parts[at] ?? -1) - (right.parts[at] ?? -1);
      if (difference !== 0) return Math.sign(difference);
    }
    return 0;
  }

  toString(): string {
    return this.parts.join('.');
  }

  toJSON(): string {
    return this.toString();
  }
}
