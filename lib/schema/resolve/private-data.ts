import { describeValue } from '../../base/errors.js';
import type { CdxmlCmdlet, CdxmlDocument } from '../cdxml/cdxml-document.js';
import type { CmdletRule } from '../definition/cmdlet-definition.js';
import type { CmdletRepetition } from '../definition/cmdlet-repetition.js';
import { SchemaError } from '../definition/schema-error.js';
import { readRepetition } from './repetition-data.js';

/**
 * What a cmdlet's entries in CmdletAdapterPrivateData say: the entries are named `<Cmdlet>/<Field>`, and docs/project/cdxml.md describes them.
 * Entries without a slash are PowerShell's own.
 */
export interface CmdletPrivateData {
  readonly synopsis?: string;
  readonly description?: string;
  readonly inputClasses: readonly string[];
  readonly rules: readonly CmdletRule[];
  readonly seconds: ReadonlyMap<string, { readonly min: number; readonly max: number }>;
  readonly ipv4Only: ReadonlySet<string>;
  readonly secret: ReadonlySet<string>;
  readonly errors: readonly { readonly id: string; readonly cause: string }[];
  readonly examples: readonly CmdletExample[];
  /** What is meant by a name that is no parameter, in lower case. */
  readonly meant: Readonly<Record<string, string>>;
  readonly repetition?: CmdletRepetition;
}

export interface CmdletExample {
  readonly title: string;
  /** A PowerShell command line. */
  readonly command: string;
  /** Command lines that bring about what the example needs in a fresh lab. */
  readonly before?: string;
}

const FIELDS =
  /^(?:Synopsis|Description|Inputs|Confirm(?:\.[1-9]\d*)?|AtLeastOne|Excludes|ExcludesWhen|Seconds|IPv4Only|Secret|Errors|Meant|Repeat|Example\.[1-9]\d*)$/;

/** The entries of one cmdlet. @throws SchemaError for an entry that cannot be understood or names no parameter of the cmdlet. */
export function readPrivateData(document: CdxmlDocument, cmdlet: CdxmlCmdlet): CmdletPrivateData {
  const reader = new PrivateDataReader(document, cmdlet);
  const synopsis = reader.text('Synopsis');
  const description = reader.text('Description');
  const repetition = reader.repetition();
  return {
    ...(synopsis !== undefined && { synopsis }),
    ...(description !== undefined && { description }),
    inputClasses: reader.words('Inputs'),
    rules: [
      ...reader.confirmRules(),
      ...reader.atLeastOneRules(),
      ...reader.excludesRules(),
      ...reader.excludesWhenRules(),
    ],
    seconds: reader.seconds(),
    ipv4Only: new Set(reader.parameters('IPv4Only')),
    secret: new Set(reader.parameters('Secret')),
    errors: reader.pairs('Errors').map(([id, cause]) => ({ id, cause })),
    examples: reader.numbered('Example').map(readExample),
    meant: reader.meant(),
    ...(repetition && { repetition }),
  };
}

/** A title, the command in one or more lines, and after `Before:` what must be run first. */
function readExample(text: string): CmdletExample {
  const [title = '', ...rest] = lines(text);
  const [command = '', before] = rest.join(' ').split(/(?:^| )Before: /);
  return { title, command, ...(before !== undefined && { before }) };
}

/**
 * The entry `NotCmdlets`: lines `Verb-Noun: sentence`, names in lower case that are often written for cmdlets that do not exist, and what is
 * meant. @throws SchemaError
 */
export function readNotCmdlets(document: CdxmlDocument): [name: string, sentence: string][] {
  return lines(document.privateData.get('NotCmdlets') ?? '').map((line) => {
    const [, name, sentence] = /^(\w+-\w+): (.+)$/.exec(line) ?? [];
    if (name === undefined || sentence === undefined)
      throw new SchemaError(
        document.fileName,
        `Private data NotCmdlets: ${describeValue(line)} is not Verb-Noun: sentence.`,
      );
    return [name.toLowerCase(), sentence];
  });
}

/** Every `<Cmdlet>/<Field>` must name a cmdlet of the file and a known field. @throws SchemaError */
export function checkPrivateDataNames(document: CdxmlDocument): void {
  const cmdlets = new Set(document.cmdlets.map((cmdlet) => `${cmdlet.verb}-${cmdlet.noun}`));
  for (const name of document.privateData.keys()) {
    const slash = name.indexOf('/');
    if (slash === -1) continue;
    const known = cmdlets.has(name.slice(0, slash)) && FIELDS.test(name.slice(slash + 1));
    if (!known)
      throw new SchemaError(
        document.fileName,
        `The private data ${describeValue(name)} names no cmdlet of the file, or no known field.`,
      );
  }
}

class PrivateDataReader {
  readonly #name: string;
  readonly #parameters: ReadonlySet<string>;

  constructor(
    private readonly document: CdxmlDocument,
    cmdlet: CdxmlCmdlet,
  ) {
    this.#name = `${cmdlet.verb}-${cmdlet.noun}`;
    const given = cmdlet.methods.flatMap((method) =>
      method.parameters.filter((entry) => entry.parameter !== undefined),
    );
    this.#parameters = new Set(given.map((entry) => entry.parameter?.psName ?? entry.name));
  }

  text(field: string): string | undefined {
    const value = this.document.privateData.get(`${this.#name}/${field}`);
    return value === undefined ? undefined : lines(value).join('\n');
  }

  words(field: string): string[] {
    return (this.text(field) ?? '').split(/\s+/).filter((word) => word !== '');
  }

  parameters(field: string): string[] {
    return this.words(field).map((name) => this.#parameter(field, name));
  }

  /** Lines `name: value`. */
  pairs(field: string): [string, string][] {
    return lines(this.text(field) ?? '').map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) return this.#fail(field, `${describeValue(line)} has no colon.`);
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });
  }

  /** `Field`, or `Field.1`, `Field.2`, … in their order. */
  numbered(field: string): string[] {
    const prefix = `${this.#name}/${field}`;
    return [...this.document.privateData.keys()]
      .filter((name) => name === prefix || name.startsWith(`${prefix}.`))
      .sort((left, right) => Number(left.slice(prefix.length + 1)) - Number(right.slice(prefix.length + 1)))
      .map((name) => this.document.privateData.get(name) ?? '');
  }

  confirmRules(): CmdletRule[] {
    return this.numbered('Confirm').map((text) => {
      const fields = new Map(lines(text).map((line) => [line.replace(/:.*$/, ''), line.replace(/^[^:]*:\s*/, '')]));
      const [when, unless, except, query, prompt, more] = ['when', 'unless', 'except', 'query', 'prompt', 'more'].map(
        (key) => fields.get(key) ?? '',
      );
      if (!when || !unless || !query) return this.#fail('Confirm', 'when, unless and query are needed.');
      if (prompt !== 'Critical' && prompt !== 'Normal')
        return this.#fail('Confirm', 'prompt must be Critical or Normal.');
      return {
        kind: 'confirm',
        when: when === 'always' ? 'always' : when.split(/\s+/).map((name) => this.#parameter('Confirm', name)),
        unless: this.#parameter('Confirm', unless),
        ...(except ? { except: this.#parameter('Confirm', except) } : {}),
        prompt,
        query,
        ...(more ? { more } : {}),
      };
    });
  }

  atLeastOneRules(): CmdletRule[] {
    const parameters = this.parameters('AtLeastOne');
    return parameters.length === 0 ? [] : [{ kind: 'atLeastOne', parameters }];
  }

  excludesRules(): CmdletRule[] {
    return this.pairs('Excludes').map(([parameter, excluded]) => ({
      kind: 'excludes',
      parameter: this.#parameter('Excludes', parameter),
      excludes: excluded.split(/\s+/).map((name) => this.#parameter('Excludes', name)),
    }));
  }

  excludesWhenRules(): CmdletRule[] {
    return this.pairs('ExcludesWhen').map(([condition, excluded]) => {
      const [parameter = '', value] = condition.split('=');
      if (value === undefined) return this.#fail('ExcludesWhen', `${describeValue(condition)} is not Parameter=value.`);
      return {
        kind: 'excludesWhen',
        parameter: this.#parameter('ExcludesWhen', parameter),
        value: value === 'True' ? true : value === 'False' ? false : value,
        excludes: excluded.split(/\s+/).map((name) => this.#parameter('ExcludesWhen', name)),
      };
    });
  }

  /** Lines `names: sentence`, of names that are no parameters. */
  meant(): Record<string, string> {
    const sentences = this.pairs('Meant').flatMap(([names, sentence]) =>
      names.split(/\s+/).map((name): [string, string] => {
        if (this.#parameters.has(name)) this.#fail('Meant', `The cmdlet has a parameter ${describeValue(name)}.`);
        return [name.toLowerCase(), sentence];
      }),
    );
    return Object.fromEntries(sentences);
  }

  repetition(): CmdletRepetition | undefined {
    return readRepetition({
      pairs: this.pairs('Repeat'),
      parameter: (name) => this.#parameter('Repeat', name),
      fail: (problem) => this.#fail('Repeat', problem),
    });
  }

  /** Lines `Parameter: min..max`. */
  seconds(): Map<string, { min: number; max: number }> {
    return new Map(
      this.pairs('Seconds').map(([parameter, limits]) => {
        const [, min, max] =
          /^(\d+)\.\.(\d+)$/.exec(limits) ?? this.#fail('Seconds', `${describeValue(limits)} is not min..max.`);
        return [this.#parameter('Seconds', parameter), { min: Number(min), max: Number(max) }];
      }),
    );
  }

  #parameter(field: string, name: string): string {
    return this.#parameters.has(name) ? name : this.#fail(field, `The cmdlet has no parameter ${describeValue(name)}.`);
  }

  #fail(field: string, problem: string): never {
    throw new SchemaError(this.document.fileName, `Private data ${this.#name}/${field}: ${problem}`);
  }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
