/** A readable report of something decoded: facts by name, and what is inside it. */
export interface Report {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly parts: readonly Report[];
}

export type Fact = readonly [name: string, value: string | readonly string[]];

/** The report as indented lines. A list of values takes a line for each. */
export function reportLines(report: Report, depth = 0): string[] {
  const indent = '  '.repeat(depth);
  const width = Math.max(0, ...report.facts.map(([name]) => name.length));
  const facts = report.facts.flatMap(([name, value]) => {
    const values = typeof value === 'string' ? [value] : value;
    return values.map((text, index) => `${indent}  ${(index === 0 ? name : '').padEnd(width)}  ${text}`.trimEnd());
  });
  return [`${indent}${report.title}`, ...facts, ...report.parts.flatMap((part) => reportLines(part, depth + 1))];
}

/** The facts whose value is known. */
export function factsOf(facts: readonly (readonly [string, string | readonly string[] | undefined])[]): Fact[] {
  return facts.flatMap(([name, value]): Fact[] => (value === undefined || value === '' ? [] : [[name, value]]));
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
