/** A readable account of something decoded: facts by name, and what is inside it. */
export interface Account {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly parts: readonly Account[];
}

export type Fact = readonly [name: string, value: string | readonly string[]];

/** The account as indented lines. A list of values takes a line for each. */
export function accountLines(account: Account, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  const width = Math.max(0, ...account.facts.map(([name]) => name.length));
  const facts = account.facts.flatMap(([name, value]) => {
    const values = typeof value === 'string' ? [value] : value;
    return values.map((text, index) => `${indent}  ${(index === 0 ? name : '').padEnd(width)}  ${text}`.trimEnd());
  });
  return [`${indent}${account.title}`, ...facts, ...account.parts.flatMap((part) => accountLines(part, depth + 1))];
}

/** The facts whose value is known. */
export function factsOf(facts: readonly (readonly [string, string | readonly string[] | undefined])[]): Fact[] {
  return facts.flatMap(([name, value]): Fact[] => (value === undefined || value === '' ? [] : [[name, value]]));
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
