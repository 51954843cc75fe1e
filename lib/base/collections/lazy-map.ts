/** A table of which each value is made, or loaded, when it is first asked for. Its names cost nothing. */
export class LazyMap<V> implements ReadonlyMap<string, V> {
  readonly #loaders: ReadonlyMap<string, () => V>;
  readonly #made = new Map<string, { readonly value: V }>();

  constructor(loaders: Iterable<readonly [name: string, load: () => V]>) {
    this.#loaders = new Map(loaders);
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

  #value(name: string, load: () => V): V {
    const made = this.#made.get(name) ?? { value: load() };
    this.#made.set(name, made);
    return made.value;
  }
}
