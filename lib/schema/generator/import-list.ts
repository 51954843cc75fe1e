import { quoted } from './source-literal.js';

/** The imports of one generated module, gathered while it is written. */
export class ImportList {
  readonly #modules = new Map<string, { types: Set<string>; values: Set<string> }>();
  readonly #packageName: string | undefined;

  /** @param packageName Everything is imported from this package, whatever module of it is named. */
  constructor(packageName?: string) {
    this.#packageName = packageName;
  }

  /** Remembers the import of a type, and gives its name. */
  type(name: string, from: string): string {
    this.#module(from).types.add(name);
    return name;
  }

  /** Remembers the import of a value, and gives its name. */
  value(name: string, from: string): string {
    this.#module(from).values.add(name);
    return name;
  }

  toString(): string {
    return [...this.#modules.keys()]
      .sort()
      .map((from) => this.#statement(from))
      .join('');
  }

  #module(named: string): { types: Set<string>; values: Set<string> } {
    const from = this.#packageName ?? named;
    const found = this.#modules.get(from) ?? { types: new Set(), values: new Set() };
    this.#modules.set(from, found);
    return found;
  }

  #statement(from: string): string {
    const { types, values } = this.#module(from);
    const onlyTypes = [...types].filter((name) => !values.has(name)).sort();
    if (values.size === 0) return `import type { ${onlyTypes.join(', ')} } from ${quoted(from)};\n`;
    const names = [...[...values].sort(), ...onlyTypes.map((name) => `type ${name}`)];
    return `import { ${names.join(', ')} } from ${quoted(from)};\n`;
  }
}
