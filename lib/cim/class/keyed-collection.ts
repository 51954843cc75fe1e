import { inspect } from 'node:util';

/** Things with a CIM name, in the order of their class; names are compared without case. MMI's CimReadOnlyKeyedCollection. */
export class CimKeyedCollection<T extends { readonly name: string }> implements Iterable<T> {
  readonly #items: ReadonlyMap<string, T>;

  /** Of two items with the same name the first one counts. */
  constructor(items: Iterable<T>) {
    const byName = new Map<string, T>();
    for (const item of items) {
      const key = item.name.toLowerCase();
      if (!byName.has(key)) byName.set(key, item);
    }
    this.#items = byName;
  }

  get count(): number {
    return this.#items.size;
  }

  get(name: string): T | undefined {
    return this.#items.get(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.#items.has(name.toLowerCase());
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  toJSON(): T[] {
    return [...this];
  }

  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    return print([...this], options);
  }
}
