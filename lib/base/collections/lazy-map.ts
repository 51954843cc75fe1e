type Loaders<V> = Iterable<readonly [name: string, load: () => V]>;

/** A table of which each value is made, or loaded, when it is first asked for. Its names cost nothing, or are loaded with the first question. */
export class LazyMap<V> implements ReadonlyMap<string, V> {
  readonly #source: Loaders<V> | (() => Loaders<V>);
  #table: ReadonlyMap<string, () => V> | undefined;
  readonly #made = new Map<string, { readonly value: V }>();

  constructor(loaders: Loaders<V> | (() => Loaders<V>)) {
    this.#source = loaders;
  }

  /** Several tables as one; of values with the same name the last one counts. */
  static joined<V>(maps: readonly ReadonlyMap<string, V>[]): LazyMap<V> {
    const all = () =>
      maps.flatMap((map) => [...map.keys()].map((name): [string, () => V] => [name, () => map.get(name) as V]));
    return new LazyMap(all);
  }

  get size(): number {
    return this.#loaders.size;
  }

  has(name: string): boolean {
    return this.#loaders.has(name);
  }

  get(name: string): V | undefined {
    const load = this.#loaders.get(name);
    return load && this.#value(name, load);
  }

  keys(): MapIterator<string> {
    return this.#loaders.keys();
  }

  *entries(): MapIterator<[string, V]> {
    for (const [name, load] of this.#loaders) yield [name, this.#value(name, load)];
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(callback: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [name, value] of this.entries()) callback(value, name, this);
  }

  get #loaders(): ReadonlyMap<string, () => V> {
    this.#table ??= new Map(typeof this.#source === 'function' ? this.#source() : this.#source);
    return this.#table;
  }

  #value(name: string, load: () => V): V {
    const made = this.#made.get(name) ?? { value: load() };
    this.#made.set(name, made);
    return made.value;
  }
}
