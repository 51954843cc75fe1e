import { engineParametersOf } from '../../../cmdlet/bind/engine-parameter-definitions.js';
import { membership, parameterSetNames } from '../../../cmdlet/bind/parameter-sets.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { wildcard } from '../../../cmdlet/convert/wildcard.js';
import { ALL_PARAMETER_SETS, type CmdletParameter } from '../../../schema/definition/cmdlet-definition.js';
import type { StageDefinition, StageParameterKind } from '../../stages/stage.js';
import { OPTION_DEFINITIONS } from '../../usage/option-definitions.js';
import { UsageError } from '../../usage/usage-error.js';

const COMMANDS: readonly (readonly [usage: string, description: string])[] = [
  ['cimlet [options] <PowerShell command line>', 'run a cmdlet line, whole as one argument or word by word'],
  ['cimlet emulator [--json]', 'run a lab of two DHCP servers until interrupted'],
  ['cimlet demo', 'create a failover relationship on a lab and show both servers'],
  ['cimlet [options] --file FILE, or -', 'the same for the lines of a file, or of standard input'],
  [
    'cimlet [options] test HOST [PARTNER]',
    'connect step by step, from there to the partner as well, and say what happens',
  ],
  [
    'cimlet decode TEXT|FILE|-',
    'explain a Negotiate token, an encrypted body or a SOAP envelope (base64, hex or a file)',
  ],
  [
    'cimlet [options] generate --from-server HOST --namespace N CLASS…',
    "write TypeScript interfaces of a server's classes (* and ? in names); --out FILE, else to standard output",
  ],
  ['cimlet generate --mof FILE… [CLASS…]', 'the same from MOF files'],
  [
    'cimlet [options] serve',
    'run cmdlets for another program, which writes them as lines of JSON; options also from $CIMLET_OPTIONS',
  ],
  [
    'cimlet [options] compare SERVER [RELATIONSHIP]',
    'say in what the servers of a failover pair differ; exit code 0 in step, 3 different, 4 not known; --fleet FILE for many',
  ],
  [
    'cimlet [options] replicate SERVER [RELATIONSHIP]',
    'show what replication would add, change and remove at the partner (--plan: no more than that), save what goes, ask, replicate',
  ],
  ['cimlet [options] put-back SERVER FILE', 'put back what replicate saved; --plan shows it'],
  [
    'cimlet fleet COMMAND …',
    'run one cmdlet on thousands of computers by several workers: run, worker, status, results, cancel, retry, schedule, check; cimlet fleet --help',
  ],
  ['cimlet powershell', 'say where the PowerShell module is; --install, --uninstall, --pack FOLDER'],
  ['cimlet completion bash|zsh|fish', 'print a script with which the shell completes lines'],
  [
    'cimlet --help [CMDLET]',
    'this text, or the syntax of one cmdlet, as CMDLET -? and Get-Help CMDLET show it; Get-Help about_* lists topics',
  ],
];

/** What `cimlet --help` prints. */
export function generalHelp(definitions: ReadonlyMap<string, Cmdlet>): string {
  const options = OPTION_DEFINITIONS.map(
    ({ name, argument, mayTake, description }) =>
      [
        [name, argument ?? mayTake?.map((word) => `[${word}]`).join(' ') ?? ''].join(' ').trimEnd(),
        description,
      ] as const,
  );
  return [
    "cimlet runs the cmdlets of PowerShell's modules DhcpServer and CimCmdlets from any machine, against Windows servers, over WS-Management.",
    '',
    'Usage:',
    ...columns(COMMANDS),
    '',
    'Options, before the PowerShell line:',
    ...columns(options),
    '',
    'What no option says is taken from variables (--use-ssl is CIMLET_USE_SSL, the password CIMLET_PASSWORD), then from the profile.',
    '',
    'Cmdlets:',
    nameList(definitions.values()),
    'They may be followed by | Where-Object, ForEach-Object, Select-Object, Sort-Object, Format-Table, Format-List and ConvertTo-Json.',
    'Exit codes: 0 every target succeeded, 1 some failed or were refused, 2 the line could not be understood.',
    '',
    'Example:',
    "  cimlet --emulator 'Get-DhcpServerv4Scope -ComputerName dhcpserver.contoso.com'",
    '',
  ].join('\n');
}

/** Names with what each does, a line each. */
export function nameList(cmdlets: Iterable<Pick<Cmdlet, 'name' | 'synopsis'>>): string {
  return `${columns([...cmdlets].map(({ name, synopsis }) => [name, synopsis] as const)).join('\n')}\n`;
}

/** What `cimlet --help Where-Object` and its like print. */
export function stageHelp({ name, aliases, parameters, positional }: StageDefinition): string {
  const isSwitch = (parameter: string) => parameters[parameter] === 'switch';
  const named = Object.keys(parameters).filter((parameter) => !positional.includes(parameter));
  const syntax = [
    ...positional.map((parameter) => `[[-${parameter}] <${STAGE_TYPES[parameters[parameter] ?? 'value']}>]`),
    ...named.map((parameter) =>
      isSwitch(parameter) ? `[-${parameter}]` : `[-${parameter} <${STAGE_TYPES[parameters[parameter] ?? 'value']}>]`,
    ),
  ];
  return [
    `${name}${aliases.length === 0 ? '' : `, alias ${aliases.join(', ')}`}: one of PowerShell's own cmdlets, for what comes through a pipeline.`,
    '',
    'Syntax:',
    `    ${[name, ...syntax].join(' ')}`,
    '',
  ].join('\n');
}

const STAGE_TYPES: Readonly<Record<StageParameterKind, string>> = {
  switch: 'SwitchParameter',
  texts: 'String[]',
  properties: 'Object[]',
  text: 'String',
  count: 'Int32',
  value: 'Object',
  block: 'ScriptBlock',
};

/** What `cimlet --help CMDLET` prints: its syntax in PowerShell's notation, and its parameters. */
export function cmdletHelp(definition: Cmdlet): string {
  const sets = parameterSetNames(definition);
  const syntax = sets.flatMap((set) => [
    ...(sets.length > 1 && set !== ALL_PARAMETER_SETS
      ? [`  ${set}${set === definition.defaultParameterSet ? ' (default)' : ''}:`]
      : []),
    `    ${[definition.name, ...setSyntax(definition, set), engineSyntax(definition)].join(' ')}`,
  ]);
  const parameters = definition.parameters.map((parameter) => {
    const values = parameter.validateSet === undefined ? '' : ` One of ${parameter.validateSet.join(', ')}.`;
    const aliases = parameter.aliases.length === 0 ? '' : ` Alias ${parameter.aliases.join(', ')}.`;
    return [`-${parameter.name}${typeSyntax(parameter)}`, `${parameter.description}${values}${aliases}`] as const;
  });
  return [
    `${definition.name}: ${definition.synopsis}`,
    '',
    'Syntax:',
    ...syntax,
    '',
    'Parameters:',
    ...columns(parameters),
    '',
    'Common parameters:',
    ...columns(engineParameters(definition)),
    ...(definition.helpUri === undefined ? [] : ['', `PowerShell's help: ${definition.helpUri}`]),
    '',
  ].join('\n');
}

/** What `Get-Help CMDLET -Parameter NAME` prints, of all that the name's wildcard fits. @throws UsageError */
export function parameterHelp(definition: Cmdlet, name: string): string {
  const pattern = wildcard(name.replace(/^-/, ''));
  const common = engineParameters(definition).filter(([written]) => pattern.test(/^-(\w+)/.exec(written)?.[1] ?? ''));
  const found = definition.parameters.filter((one) => [one.name, ...one.aliases].some((text) => pattern.test(text)));
  if (found.length === 0 && common.length === 0) {
    throw new UsageError(
      `${definition.name} has no parameter ${JSON.stringify(name)}.`,
      `It has ${definition.parameters.map((parameter) => parameter.name).join(', ')}.`,
    );
  }
  const engine = common.flatMap(([written, does]) => [written, `    ${does}`, '']);
  return found
    .flatMap((parameter) => {
      const sets = parameterSetNames(definition).flatMap((set) => {
        const entry = membership(parameter, set);
        return entry === undefined ? [] : [{ set, entry }];
      });
      const entries = sets.map(({ entry }) => entry);
      const yesNo = (value: boolean) => (value ? 'true' : 'false');
      return [
        `-${parameter.name}${typeSyntax(parameter)}`,
        `    ${parameter.description}`,
        '',
        `    Required?                    ${yesNo(entries.some(({ mandatory }) => mandatory))}`,
        `    Position?                    ${entries.find(({ position }) => position !== undefined) === undefined ? 'named' : 'by position'}`,
        `    Accept pipeline input?       ${yesNo(parameter.valueFromPipeline === true || parameter.valueFromPipelineByPropertyName === true || entries.some((entry) => entry.valueFromPipelineByPropertyName === true))}`,
        `    Aliases                      ${parameter.aliases.join(', ') || 'None'}`,
        ...(parameter.validateSet === undefined
          ? []
          : [`    One of                       ${parameter.validateSet.join(', ')}`]),
        '',
      ];
    })
    .concat(engine)
    .join('\n');
}

/** The engine's parameters that work here, with their aliases. */
function engineParameters(definition: Cmdlet): (readonly [string, string])[] {
  return engineParametersOf(definition).flatMap(({ name, aliases, replacement }) => {
    const description = COMMON[name];
    if (replacement !== undefined || description === undefined) return [];
    const [type, text] = description;
    return [[`-${name}${type}`, `${text}${aliases.length === 0 ? '' : ` Alias ${aliases.join(', ')}.`}`] as const];
  });
}

const COMMON: Readonly<Record<string, readonly [type: string, description: string]>> = {
  CimSession: [' <String[]>', 'Computers to run on, by name.'],
  ThrottleLimit: [' <Int32>', 'How many computers are worked on at a time.'],
  ErrorAction: [' <ActionPreference>', 'Continue, SilentlyContinue, Ignore, Inquire; Stop ends the line.'],
  WarningAction: [' <ActionPreference>', 'Continue, SilentlyContinue, Ignore.'],
  Verbose: ['', 'Says what is done.'],
  Debug: ['', 'Says how the parameters were understood.'],
  WhatIf: ['', 'Says what would be done, and does nothing.'],
  Confirm: ['', 'Asks before anything is done; -Confirm:$false asks nothing.'],
};

function setSyntax(definition: Cmdlet, set: string): string[] {
  return definition.parameters
    .flatMap((parameter) => {
      const entry = membership(parameter, set);
      return entry === undefined ? [] : [{ parameter, entry }];
    })
    .sort((left, right) => rank(left.entry.position) - rank(right.entry.position))
    .map(({ parameter, entry }) => {
      const name = entry.position === undefined ? `-${parameter.name}` : `[-${parameter.name}]`;
      const whole = `${name}${typeSyntax(parameter)}`;
      return entry.mandatory ? whole : `[${whole}]`;
    });
}

const rank = (position: number | undefined): number => position ?? Number.MAX_SAFE_INTEGER;

function typeSyntax(parameter: CmdletParameter): string {
  if (parameter.type === 'SwitchParameter') return '';
  return ` <${parameter.type}${parameter.isArray ? '[]' : ''}>`;
}

function engineSyntax(definition: Cmdlet): string {
  const hasSessions = engineParametersOf(definition).some(({ name }) => name === 'CimSession');
  const engine = `${hasSessions ? '[-CimSession <String[]>] ' : ''}[-ThrottleLimit <Int32>]`;
  return definition.supportsShouldProcess
    ? `${engine} [-WhatIf] [-Confirm] [<CommonParameters>]`
    : `${engine} [<CommonParameters>]`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(44, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd());
}
