// The lines that a seed gives, kind by kind.
import type { DeclaredCmdlet } from '../stub/cdxml-cmdlets.js';
import type { StubClass } from '../stub/stub-objects.js';
import { cmdletCall, pipedCall } from './cmdlet-lines.js';
import { formatLine } from './format-lines.js';
import { Random } from './random.js';
import { comparisonLine, type Source } from './stage-lines.js';
import { statementLine } from './statement-lines.js';
import { damaged, expressionLine, lexingLine } from './token-lines.js';
import { oddValue } from './value-texts.js';

export const GENERATED_KINDS = [
  'binding',
  'conversions',
  'lexing',
  'expressions',
  'pipelines',
  'comparisons',
  'formats',
  'statements',
  'damaged',
] as const;
export type GeneratedKind = (typeof GENERATED_KINDS)[number];

export interface GeneratedLine {
  readonly id: string;
  readonly line: string;
  readonly show?: 'text' | 'properties' | number;
}

/** How often each kind comes: so many lines of a hundred. */
const SHARES: Readonly<Record<GeneratedKind, number>> = {
  binding: 21,
  conversions: 10,
  lexing: 12,
  expressions: 6,
  pipelines: 15,
  comparisons: 16,
  formats: 8,
  statements: 6,
  damaged: 6,
};

/** Kind of a row, by its id. */
export function kindOf(id: string): GeneratedKind {
  const kind = GENERATED_KINDS.find((one) => id.startsWith(`${one}-`));
  if (kind === undefined) throw new RangeError(`${id} is the id of no generated line.`);
  return kind;
}

/** `count` lines of these kinds; the same for the same seed. */
export function generateLines(
  seed: number,
  count: number,
  cmdlets: readonly DeclaredCmdlet[],
  classes: readonly StubClass[],
  kinds: readonly GeneratedKind[] = GENERATED_KINDS,
): GeneratedLine[] {
  const generator = new LineGenerator(cmdlets, classes);
  const shares = kinds.reduce((sum, kind) => sum + SHARES[kind], 0);
  return kinds
    .flatMap((kind) => {
      const random = new Random(seed * 31 + GENERATED_KINDS.indexOf(kind));
      const lines = Array.from({ length: Math.ceil((count * SHARES[kind]) / shares) }, () =>
        generator.line(kind, random),
      );
      return lines.map((line, at) => ({ id: `${kind}-${seed}-${at}`, line: line.slice(0, 2000), ...showOf(kind, at) }));
    })
    .slice(0, count);
}

function showOf(kind: GeneratedKind, at: number): Pick<GeneratedLine, 'show'> {
  if (kind === 'formats') return { show: [120, 80, 80, 60][at % 4] ?? 80 };
  return kind === 'comparisons' || kind === 'expressions' || kind === 'statements' ? { show: 'properties' } : {};
}

export class LineGenerator {
  readonly #cmdlets: readonly DeclaredCmdlet[];
  readonly #sources: readonly Source[];

  constructor(cmdlets: readonly DeclaredCmdlet[], classes: readonly StubClass[]) {
    // A cmdlet without parameters of its own has nothing that could be bound.
    this.#cmdlets = cmdlets.filter(({ parameters }) => parameters.length > 0);
    this.#sources = cmdlets.flatMap(({ name, verb, output, parameters }) => {
      const stubClass = classes.find(({ className }) => className === output);
      const isAlone = !parameters.some(({ memberships }) => memberships.some(({ mandatory }) => mandatory));
      return verb === 'Get' && isAlone && stubClass !== undefined ? [{ name, stubClass }] : [];
    });
  }

  line(kind: GeneratedKind, random: Random): string {
    switch (kind) {
      case 'binding':
        return cmdletCall(random, random.pick(this.#cmdlets));
      case 'conversions':
        return this.#conversion(random);
      case 'lexing':
        return lexingLine(random);
      case 'expressions':
        return expressionLine(random);
      case 'pipelines':
        return pipedCall(random, this.#cmdlets);
      case 'comparisons':
        return comparisonLine(random, random.pick(this.#sources));
      case 'formats':
        return formatLine(random, random.pick(this.#sources));
      case 'statements':
        return statementLine(random, this.#cmdlets, this.#sources);
      case 'damaged':
        return damaged(random, this.line(random.pick(GENERATED_KINDS.filter((one) => one !== 'damaged')), random));
    }
  }

  /** One parameter with a value of any kind. */
  #conversion(random: Random): string {
    const cmdlet = random.pick(this.#cmdlets);
    const parameter = random.pick(cmdlet.parameters);
    const others = cmdlet.parameters.filter((one) => one !== parameter && one.memberships[0]?.mandatory === true);
    const rest = others
      .map(({ name, type }) => ` -${name} ${/Address/.test(type) ? '10.0.0.0' : /Span/.test(type) ? '1:00:00' : '1'}`)
      .join('');
    return `${cmdlet.name} -${parameter.name} ${oddValue(random)}${rest}`;
  }
}
