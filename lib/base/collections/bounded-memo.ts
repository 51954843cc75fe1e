/**
 * What can be worked out again, for as long as there is room: full, it forgets everything and begins anew. For keys that a peer or a caller
 * makes up, of which there are few as a rule and endlessly many when somebody means harm.
 */
export class BoundedMemo<K, V> extends Map<K, V> {
  readonly #most: number;

  /** `most`: entries that it holds, 1 at least. */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: K, value: V): this {
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
