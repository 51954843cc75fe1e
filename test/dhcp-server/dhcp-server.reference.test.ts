// Every parameter of every cmdlet, and every member of every class, against facts that were read from Microsoft's help, from the public
// reference of the provider and from metadata of the real module. They lie in the folder that CIMLET_REFERENCE names, and are not ours to
// publish. A difference is right only where the folder's own corrections name it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { engineParametersOf } from '../../lib/cmdlet/bind/engine-parameter-definitions.js';
import { classDeclarations, cmdletDefinitions, scriptCmdletDefinitions } from '../../lib/dhcp-server/index.js';
import type { CmdletDefinition, CmdletParameter, CmdletSyntax } from '../../lib/schema/definition/cmdlet-definition.js';

const FOLDER = process.env['CIMLET_REFERENCE'];

interface ReferenceParameter {
  readonly name: string;
  readonly type: string;
  readonly aliases: readonly string[];
  readonly sets: readonly string[];
  readonly required: boolean;
  readonly position: number | null;
  readonly pipeline: readonly string[];
  readonly acceptedValues: readonly string[];
}

interface ReferenceCmdlet {
  readonly name: string;
  readonly class: string | null;
  readonly parameterSets: readonly {
    readonly name: string;
    readonly default: boolean;
    readonly parameters: readonly string[];
  }[];
  readonly parameters: readonly ReferenceParameter[];
  readonly outputs: readonly string[];
  readonly supportsShouldProcess: boolean;
  readonly methodBySet: Readonly<Record<string, string>>;
}

interface ReferenceValue {
  readonly name: string;
  readonly type: string;
  readonly array: boolean;
  readonly values: readonly string[];
}

interface ReferenceClass {
  readonly name: string;
  readonly properties: readonly (ReferenceValue & { readonly access: string })[];
  readonly methods: readonly {
    readonly name: string;
    readonly static: boolean;
    readonly returns: string;
    readonly parameters: readonly (ReferenceValue & {
      readonly direction: string;
      readonly embeddedClass: string | null;
    })[];
  }[];
}

/** What PowerShell adds to each cmdlet, by its type. A function of the script has one session, and says so itself. */
const ENGINE_TYPES: Readonly<Record<string, string>> = {
  CimSession: 'CimSession[]',
  ThrottleLimit: 'Int32',
  AsJob: 'SwitchParameter',
  WhatIf: 'SwitchParameter',
  Confirm: 'SwitchParameter',
};

/** The corrections that name a difference, and how it looks. Each is used. */
const CORRECTIONS: Readonly<Record<string, RegExp>> = {
  'K1: ScopeId is mandatory in its set': /^Invoke-DhcpServerv4FailoverReplication ScopeId mandatory: false, here true$/,
  'K3: no server is known to take IPv6Address':
    /^Add-DhcpServerv4OptionDefinition Type values: .*,IPv6Address,.*, here (?!.*IPv6Address)/,
  'K4: percentages and hops have ranges':
    /^(?:\w+-DhcpServerv4Failover \w+Percent range: none, here 0\.\.100|\w+-DhcpServerv4MulticastScope Ttl range: none, here 1\.\.255)$/,
  'K5: some types have null beside their values':
    /^\S+ (?:StateSwitchInterval|LeaseExpiryTime|ProbationEnds|ActivatePolicies) nullable: false, here true$/,
  'K12: Reconcile- is a command, too': /^Reconcile-DhcpServerv4IPRecord cmdlet: absent, here present$/,
  'M1: the set of the cmdlet has no Offered': /^PS_DhcpServerv4Lease\.Add AddressState values: Offered,/,
  'M2: ClientType may be Both': /^(?:PS_)?DhcpServerv4Lease(?:\.Add)? ClientType values: .*, here .*,Both$/,
  'M3: compared without case':
    /^(?:PS_)?DhcpServerv6Scope(?:\.\w+)? State values: Active,InActive, here Active,Inactive$/,
  'M4: the word is String':
    /^(?:PS_)?DhcpServerv6OptionDefinition(?:\.\w+)? Type values: .*StringData.*, here (?!.*StringData)/,
};

function definitionOf(name: string): CmdletDefinition | undefined {
  return cmdletDefinitions.get(name.toLowerCase());
}

function difference(where: string, field: string, there: unknown, here: unknown): string[] {
  return String(there) === String(here) ? [] : [`${where} ${field}: ${there}, here ${here}`];
}

/** A record of the help stands for a parameter in some sets; the parameter of ours is looked at in the same. */
function compareRecord(cmdlet: ReferenceCmdlet, definition: CmdletSyntax, record: ReferenceParameter): string[] {
  const where = `${cmdlet.name} ${record.name}`;
  const isOwn = definition.parameters.some(({ name }) => name === record.name);
  if (record.name in ENGINE_TYPES && !isOwn) {
    const engine = engineParametersOf(definition).find(({ name }) => name === record.name);
    if (engine === undefined) return [`${where} parameter: present, here absent`];
    return [
      ...difference(where, 'type', record.type, ENGINE_TYPES[record.name]),
      ...difference(where, 'aliases', record.aliases, engine.aliases),
    ];
  }
  const parameter = definition.parameters.find(({ name }) => name === record.name);
  if (parameter === undefined) return [`${where} parameter: present, here absent`];
  const sets = setsOf(cmdlet, record);
  return [
    ...difference(where, 'type', record.type, parameter.type + (parameter.isArray ? '[]' : '')),
    ...difference(where, 'nullable', false, parameter.nullable === true),
    ...difference(where, 'aliases', [...record.aliases].sort(), [...parameter.aliases].sort()),
    ...difference(where, 'values', record.acceptedValues, parameter.validateSet ?? []),
    ...difference(where, 'range', 'none', rangeOf(parameter)),
    ...difference(where, 'length', 'none', parameter.validateLength === undefined ? 'none' : 'some'),
    ...difference(where, 'count', 'none', parameter.validateCount === undefined ? 'none' : 'some'),
    ...sets.flatMap((set) => compareMembership(where, record, parameter, set)),
  ];
}

function compareMembership(
  where: string,
  record: ReferenceParameter,
  parameter: CmdletParameter,
  set: string,
): string[] {
  const membership = parameter.sets.find((entry) => entry.set === set || entry.set === '(All)');
  if (membership === undefined) return [`${where} set: ${set}, here absent`];
  const byName = membership.valueFromPipelineByPropertyName ?? parameter.valueFromPipelineByPropertyName;
  return [
    ...difference(where, 'mandatory', record.required, membership.mandatory),
    ...difference(where, 'position', record.position ?? 'none', membership.position ?? 'none'),
    ...difference(where, 'pipeline', record.pipeline.includes('ByPropertyName'), byName),
  ];
}

function rangeOf({ validateRange }: CmdletParameter): string {
  return validateRange === undefined ? 'none' : `${validateRange.min}..${validateRange.max}`;
}

/** The names of the sets that the record is for, as the module has them. */
function setsOf(cmdlet: ReferenceCmdlet, record: ReferenceParameter): string[] {
  const methods = definitionOf(cmdlet.name)?.methods.map(({ parameterSet }) => parameterSet) ?? ['(All)'];
  return cmdlet.parameterSets.length === 1 || record.sets.includes('(All)') ? methods : [...record.sets];
}

/** No parameter, and no set of one, that the reference does not have. */
function surplus(cmdlet: ReferenceCmdlet, definition: CmdletDefinition): string[] {
  return definition.parameters.flatMap(({ name, sets }) => {
    const known = cmdlet.parameters
      .filter((record) => record.name === name)
      .flatMap((record) => setsOf(cmdlet, record));
    const here = sets.flatMap(({ set }) =>
      set === '(All)' ? definition.methods.map(({ parameterSet }) => parameterSet) : [set],
    );
    return difference(`${cmdlet.name} ${name}`, 'sets', [...known].sort(), [...here].sort());
  });
}

/** Section 4 of the corrections: the names that the sets have in the module, the default one with a star. */
function realSets(corrections: string): Map<string, string> {
  const rows = corrections.matchAll(/^\| (\w+-Dhcp\w+) \|(?: [\d–]+ \|){3} ([^|]+) \|/gm);
  return new Map([...rows].map(([, name = '', sets = '']) => [name, sets.trim()]));
}

function setsHere(definition: CmdletDefinition): string {
  const names = definition.methods.map(({ parameterSet }) => parameterSet);
  const star = (name: string) => (names.length > 1 && name === definition.defaultParameterSet ? '*' : '');
  return names
    .map((name) => name + star(name))
    .sort()
    .join(', ');
}

function compareValue(
  where: string,
  there: ReferenceValue & { readonly embeddedClass?: string | null },
  here:
    | {
        readonly type: string;
        readonly isArray?: boolean;
        readonly values?: readonly string[];
        readonly className?: string;
      }
    | undefined,
): string[] {
  if (here === undefined) return [`${where} ${there.name} member: present, here absent`];
  return [
    ...difference(`${where} ${there.name}`, 'type', there.type === 'embedded' ? 'instance' : there.type, here.type),
    ...difference(`${where} ${there.name}`, 'array', there.array, here.isArray === true),
    ...difference(`${where} ${there.name}`, 'class', there.embeddedClass ?? '', here.className ?? ''),
    ...difference(`${where} ${there.name}`, 'values', there.values, here.values ?? []),
  ];
}

function compareClass(there: ReferenceClass): string[] {
  const here = classDeclarations.get(there.name.toLowerCase());
  if (here === undefined) return [`${there.name} class: present, here absent`];
  return [
    ...difference(there.name, 'properties', there.properties.length, here.properties.length),
    ...difference(there.name, 'methods', there.methods.length, here.methods.length),
    ...there.properties.flatMap((property) => {
      const own = here.properties.find(({ name }) => name === property.name);
      return [
        ...compareValue(there.name, property, own),
        ...difference(
          `${there.name} ${property.name}`,
          'read-only',
          property.access === 'Read-only',
          own?.readOnly === true,
        ),
      ];
    }),
    ...there.methods.flatMap((method) => {
      const own = here.methods.find(({ name }) => name === method.name);
      const where = `${there.name}.${method.name}`;
      return [
        ...difference(where, 'static', method.static, own?.isStatic),
        ...difference(where, 'returns', method.returns, own?.returnType),
        ...difference(
          where,
          'order',
          method.parameters.map(({ name }) => name),
          own?.parameters.map(({ name }) => name),
        ),
        ...method.parameters.flatMap((parameter) => {
          const declared = own?.parameters.find(({ name }) => name === parameter.name);
          return [
            ...compareValue(where, parameter, declared),
            ...difference(`${where} ${parameter.name}`, 'direction', parameter.direction, declared?.direction),
          ];
        }),
      ];
    }),
  ];
}

if (FOLDER === undefined)
  it.skip('needs CIMLET_REFERENCE, the folder of facts about the cmdlets and the classes', () => {});
else {
  const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
  const cmdlets = JSON.parse(read('dhcp-cmdlets.json')) as ReferenceCmdlet[];
  const { classes } = JSON.parse(read('dhcp-classes.json')) as { classes: ReferenceClass[] };
  /** Export- and Import-DhcpServer are script functions, of no class, and have one set. */
  const scripts = cmdlets.filter((cmdlet) => cmdlet.class === null);
  const declarative = cmdlets.filter((cmdlet) => cmdlet.class !== null);

  describe('the reference', () => {
    it('has as many records as were compared with the help', () => {
      expect(cmdlets.flatMap(({ parameters }) => parameters)).toHaveLength(1146);
      expect(declarative.flatMap(({ parameters }) => parameters)).toHaveLength(1125);
    });

    it('differs in parameters and classes only where its own corrections say so', () => {
      const differences = [
        ...declarative.flatMap((cmdlet) => {
          const definition = definitionOf(cmdlet.name);
          if (definition === undefined) return [`${cmdlet.name} cmdlet: present, here absent`];
          return [
            ...cmdlet.parameters.flatMap((record) => compareRecord(cmdlet, definition, record)),
            ...surplus(cmdlet, definition),
          ];
        }),
        ...[...cmdletDefinitions.values()]
          .filter(({ name }) => !declarative.some((cmdlet) => cmdlet.name === name))
          .map(({ name }) => `${name} cmdlet: absent, here present`),
        ...classes.flatMap(compareClass),
      ];
      const named = new Map(Object.keys(CORRECTIONS).map((name): [string, number] => [name, 0]));
      const unnamed = differences.filter((line) => {
        const [correction] = Object.entries(CORRECTIONS).find(([, form]) => form.test(line)) ?? [];
        if (correction !== undefined) named.set(correction, (named.get(correction) ?? 0) + 1);
        return correction === undefined;
      });
      expect(unnamed).toEqual([]);
      process.stderr.write(`${[...named].map(([name, count]) => `${count} × ${name}`).join('\n')}\n`);
      expect([...named].filter(([, count]) => count === 0)).toEqual([]);
    });

    it('differs in nothing from the two functions of the script', () => {
      const differences = scripts.flatMap((cmdlet) => {
        const definition = scriptCmdletDefinitions.get(cmdlet.name.toLowerCase());
        if (definition === undefined) return [`${cmdlet.name} cmdlet: present, here absent`];
        const records = cmdlet.parameters.flatMap((record) => compareRecord(cmdlet, definition, record));
        const known = cmdlet.parameters.map(({ name }) => name);
        const more = definition.parameters.filter(({ name }) => !known.includes(name));
        return [...records, ...more.map(({ name }) => `${cmdlet.name} ${name}: absent, here present`)];
      });
      expect(scripts.flatMap(({ parameters }) => parameters)).toHaveLength(21);
      expect(differences).toEqual([]);
    });

    it('has the same sets, methods, impacts and outputs', () => {
      const sets = realSets(read('corrections.md'));
      const differences = declarative.flatMap((cmdlet) => {
        const definition = definitionOf(cmdlet.name);
        if (definition === undefined) return [cmdlet.name];
        const methods = definition.methods.map(({ methodName }) => methodName).sort();
        return [
          ...difference(cmdlet.name, 'sets', sets.get(cmdlet.name), setsHere(definition)),
          ...difference(cmdlet.name, 'class', cmdlet.class, definition.className),
          ...difference(cmdlet.name, 'methods', Object.values(cmdlet.methodBySet).sort(), methods),
          ...difference(
            cmdlet.name,
            'impact',
            cmdlet.supportsShouldProcess ? 'Medium' : 'None',
            definition.confirmImpact,
          ),
          ...difference(
            cmdlet.name,
            'output',
            cmdlet.outputs.map((type) => type.replace(/^System\./, '')),
            definition.outputType ?? '',
          ),
        ];
      });
      expect(differences).toEqual([]);
    });
  });
}
