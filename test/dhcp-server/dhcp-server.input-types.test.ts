// What TypeScript lets be piped to each cmdlet is what the binder takes: every class, to every cmdlet; and no instance among the parameters.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import type { CimClassDeclaration, CimPropertyDeclaration } from '../../lib/cim/value/class-declaration.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';
import { cimCmdletDefinitions } from '../../lib/cim-cmdlets/index.js';
import { bindInputObject } from '../../lib/cmdlet/bind/pipeline-input.js';
import type { ParameterBindingError } from '../../lib/cmdlet/contract/binding-error.js';
import { convertValue } from '../../lib/cmdlet/convert/convert-value.js';
import { classDeclarations, cmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition } from '../../lib/schema/definition/cmdlet-definition.js';

const ROOT = join(__dirname, '../..').replaceAll('\\', '/');
const cmdlets = [...cmdletDefinitions.values()];
const classes = [...classDeclarations.values()].filter(({ properties }) => properties.length > 0);

/** Values that a property may have: all that its class lists, else one of its type. */
function samples({ type, values, interval }: CimPropertyDeclaration): readonly CimValue[] {
  if (type === 'string') return values ?? ['x'];
  if (type === 'boolean') return [true];
  if (type === 'datetime')
    return [interval === true ? TimeSpan.from('1:00:00') : CimDateTime.from('2026-11-24T08:00:00Z')];
  return [type === 'uint64' || type === 'sint64' ? 1n : 1];
}

/** Instances in which each property has each of its values once. */
function instancesOf(declaration: CimClassDeclaration): CimInstance[] {
  const all = declaration.properties.map((property) => ({ property, values: samples(property) }));
  const count = Math.max(...all.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, at) => {
    const properties = all.map(({ property: { name, isArray }, values }) => {
      const value = values[at % values.length] ?? null;
      return [name, isArray === true ? ([value] as CimValue) : value] as const;
    });
    return CimInstance.create(declaration, Object.fromEntries(properties), { computerName: 'a' });
  });
}

/** What the binder says of instances of the class, when the caller gives nothing: an error id with its parameters, or that it takes them all. */
function bound(definition: CmdletDefinition, declaration: CimClassDeclaration): string {
  try {
    for (const instance of instancesOf(declaration)) {
      const given = bindInputObject(definition, new Map(), instance);
      for (const { parameter, value } of given.values()) convertValue(definition, parameter, value, false);
    }
    return 'taken';
  } catch (error) {
    const { errorId, parameterNames } = error as ParameterBindingError;
    return `${errorId} ${parameterNames.join()}`;
  }
}

const stem = ({ verb, noun }: { verb: string; noun: string }): string => verb + noun;
const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const takesNothing = ({ parameters }: CmdletDefinition): boolean =>
  !parameters.some(
    (parameter) =>
      parameter.valueFromPipelineByPropertyName || parameter.sets.some((set) => set.valueFromPipelineByPropertyName),
  );
/** The one parameter that must be given in every set and may be piped, under one name; with several, the caller may give some of them. */
function neededOf({ parameters, methods }: CmdletDefinition): string | undefined {
  const needed = parameters.filter(({ sets, valueFromPipelineByPropertyName }) =>
    sets.some((set) => set.mandatory && (set.valueFromPipelineByPropertyName ?? valueFromPipelineByPropertyName)),
  );
  const [first] = needed;
  if (first === undefined || needed.length > 1 || first.aliases.length > 0) return undefined;
  return first.sets[0]?.set === '(All)' || first.sets.length === methods.length ? first.name : undefined;
}

interface Line {
  readonly name: string;
  readonly source: string;
}

const pairs = cmdlets.flatMap((definition) => classes.map((declaration) => ({ definition, declaration })));
const piped: readonly Line[] = pairs.map(({ definition, declaration }) => ({
  name: `${declaration.className} to ${definition.name}`,
  source: `takes<${takesNothing(definition) ? 'never' : `lib.${stem(definition)}Input`}>(all.${declaration.className});`,
}));
const spread: readonly Line[] = cmdlets.map((definition) => ({
  name: definition.name,
  source: `${camel(stem(definition))}({ ...all.DhcpServerv4Failover });`,
}));
const byName: readonly Line[] = [...cimCmdletDefinitions.values()]
  .filter(({ name }) => name !== 'New-CimSession')
  .flatMap((definition) =>
    definition.parameters
      .filter(({ valueFromPipelineByPropertyName }) => valueFromPipelineByPropertyName)
      .map(({ name }) => ({
        name: `${name} to ${definition.name}`,
        source: `${camel(stem(definition))}({} as never, { input: { ${name}: 'x' } });`,
      })),
  );
const unknown: readonly Line[] = [...cimCmdletDefinitions.values()]
  .filter(({ name }) => name !== 'New-CimSession')
  .map((definition) => ({
    name: definition.name,
    source: `${camel(stem(definition))}({} as never, { input: { Colour: 'red' } });`,
  }));

const GROUPS = { piped, spread, byName, unknown };
const errors = new Map<string, string>();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-input-'));
  const compilerOptions = { typeRoots: [join(ROOT, 'node_modules/@types')] };
  const tsconfig = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  const imports = [...cmdlets, ...cimCmdletDefinitions.values()].filter(({ name }) => name !== 'New-CimSession');
  const names = imports.map((definition) => camel(stem(definition)));
  const prelude = [
    `import { ${names.join(', ')} } from '${ROOT}/lib/index.js';`,
    `import type * as lib from '${ROOT}/lib/index.js';`,
    `declare const all: { ${classes.map(({ className }) => `${className}: lib.${className}Instance`).join('; ')} };`,
    'declare function takes<Input>(input: lib.PipedInput<Input>): void;',
    `export const used = [all, takes, ${names.join(', ')}];`,
  ];
  for (const [group, lines] of Object.entries(GROUPS)) {
    writeFileSync(join(folder, `${group}.ts`), [...prelude, ...lines.map(({ source }) => source)].join('\n'));
  }
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', folder], {
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 2 ** 28,
  });
  for (const message of stdout.split(/\n(?=\S)/)) {
    const [, group = '', line = '0'] = /^(\w+)\.ts\((\d+),/.exec(message) ?? [];
    errors.set(`${group}:${Number(line) - prelude.length - 1}`, message);
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refused = (group: keyof typeof GROUPS): ReadonlySet<string> =>
  new Set(GROUPS[group].flatMap(({ name }, index) => (errors.has(`${group}:${index}`) ? [name] : [])));

describe('an instance as input', () => {
  const judged = pairs.map((pair, index) => ({
    ...pair,
    name: piped[index]?.name ?? '',
    said: bound(pair.definition, pair.declaration),
  }));

  it('compiles wherever the binder takes it', () => {
    const taken = judged.filter(({ said }) => said === 'taken');
    expect(taken.length).toBeGreaterThan(300);
    const wrongly = refused('piped');
    expect(taken.map(({ name }) => name).filter((name) => wrongly.has(name))).toEqual([]);
  });

  it('does not where it lacks the one parameter that is needed, or where the cmdlet takes nothing', () => {
    const lacking = judged.filter(({ definition, said }) => {
      if (takesNothing(definition)) return true;
      return said === `InputObjectMissingMandatory ${neededOf(definition)}`;
    });
    expect(lacking.length).toBeGreaterThan(500);
    const rightly = refused('piped');
    expect(lacking.map(({ name }) => name).filter((name) => !rightly.has(name))).toEqual([]);
  });
});

describe('the CIM cmdlets', () => {
  it('take objects with the properties that the binder takes by name, and no others', () => {
    expect(byName.length).toBeGreaterThan(50);
    expect([...refused('byName')]).toEqual([]);
    expect([...refused('unknown')]).toEqual(unknown.map(({ name }) => name));
  });
});

describe('an instance among the parameters', () => {
  it('is refused by the compiler for every cmdlet, with the line to write instead', () => {
    expect([...refused('spread')]).toEqual(spread.map(({ name }) => name));
    const unhelpful = spread.filter(
      (_, index) => !errors.get(`spread:${index}`)?.includes('Give the instance as the option input'),
    );
    expect(unhelpful.map(({ name }) => name)).toEqual([]);
  });
});
