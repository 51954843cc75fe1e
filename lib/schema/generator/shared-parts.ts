import { ALL_PARAMETER_SETS, type CmdletDefinition, type CmdletParameter } from '../definition/cmdlet-definition.js';
import type { WrittenParameter } from '../definition/complete-definition.js';
import { docComment } from './doc-comment.js';
import { ImportList } from './import-list.js';
import { memberSource } from './parameter-member.js';
import type { DescribedCmdlet } from './schema-library.js';
import { sourceLiteral } from './source-literal.js';
import { writtenDefinition } from './written-definition.js';

const LIB = '../..';

/** Fewer cmdlets than these say it themselves. */
const MANY = 10;

/** Fields that most often are the same in all cmdlets of a module. */
const MODULE_FIELDS = ['namespace', 'classVersion', 'moduleName', 'moduleVersion'] as const;

/** A parameter that many cmdlets have alike. */
interface SharedParameter {
  readonly constant: string;
  readonly type: string;
  /** The member of the type, with its aliases. */
  readonly member: string;
  readonly written: WrittenParameter;
}

/** What many cmdlets of a module say alike: it is written once, in a module of its own. */
export class SharedParts {
  /** The name of the constant with what all cmdlets say alike. */
  readonly moduleConstant = 'moduleConstants';
  readonly #fields: Partial<CmdletDefinition>;
  readonly #parameters: ReadonlyMap<string, SharedParameter>;

  constructor(cmdlets: readonly DescribedCmdlet[]) {
    const [first] = cmdlets;
    const alike = MODULE_FIELDS.filter((field) =>
      cmdlets.every(({ definition }) => definition[field] === first?.definition[field]),
    );
    this.#fields = Object.fromEntries(alike.map((field) => [field, first?.definition[field]]));
    this.#parameters = sharedParameters(cmdlets);
  }

  /** Whether a field of a definition is among what all say alike. */
  hasField(field: string): boolean {
    return field in this.#fields;
  }

  /** The constant of a parameter that is written like this in many cmdlets. */
  constantOf(written: WrittenParameter): string | undefined {
    const shared = this.#parameters.get(written.name);
    return shared !== undefined && same(shared.written, written) ? shared.constant : undefined;
  }

  /** The type that has a parameter whose member in a cmdlet's own type would be this. */
  typeOf({ name }: CmdletParameter, member: string): string | undefined {
    const shared = this.#parameters.get(name);
    return shared?.member === member ? shared.type : undefined;
  }

  /** The types that cmdlets' own types extend. */
  get types(): readonly string[] {
    return [...this.#parameters.values()].map(({ type }) => type).sort();
  }

  /** The module that holds them. */
  moduleSource(): string {
    const imports = new ImportList();
    const constants = `export const ${this.moduleConstant} = `;
    const parts = [
      `${docComment(['What all cmdlets of the module say alike.'])}${constants}${sourceLiteral(this.#fields, 0, constants.length)};\n`,
    ];
    for (const { constant, type, member, written } of this.#parameters.values()) {
      const writtenType = imports.type('WrittenParameter', `${LIB}/schema/definition/complete-definition.js`);
      const start = `export const ${constant}: ${writtenType} = `;
      parts.push(`${start}${sourceLiteral(written, 0, start.length)};\n`);
      const typeComment = docComment([`The parameter ${written.name} of many cmdlets.`]);
      parts.push(`${typeComment}export interface ${type} {\n${member}}\n`);
    }
    return `${imports}\n${parts.join('\n')}`;
  }
}

function sharedParameters(cmdlets: readonly DescribedCmdlet[]): Map<string, SharedParameter> {
  const counts = new Map<string, number>();
  const found: { readonly cmdlet: DescribedCmdlet; readonly written: WrittenParameter }[] = [];
  for (const cmdlet of cmdlets) {
    for (const written of writtenDefinition(cmdlet.definition).parameters ?? []) {
      const key = JSON.stringify(written);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      found.push({ cmdlet, written });
    }
  }
  const count = (written: WrittenParameter): number => counts.get(JSON.stringify(written)) ?? 0;
  const frequent = found
    .filter(({ written }) => count(written) >= MANY && written.sets === undefined)
    .sort((left, right) => count(right.written) - count(left.written));
  const shared = new Map<string, SharedParameter>();
  for (const { cmdlet, written } of frequent) {
    const { name } = written;
    const parameter = cmdlet.definition.parameters.find((candidate) => candidate.name === name);
    const membership = parameter?.sets.find(({ set }) => set === ALL_PARAMETER_SETS);
    if (shared.has(name) || parameter === undefined || membership === undefined) continue;
    shared.set(name, {
      constant: name.charAt(0).toLowerCase() + name.slice(1),
      type: `${name}Parameter`,
      member: memberSource(cmdlet, parameter, membership, new ImportList()),
      written,
    });
  }
  return shared;
}

function same(left: WrittenParameter, right: WrittenParameter): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
