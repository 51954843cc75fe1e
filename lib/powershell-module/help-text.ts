import type { Cmdlet } from '../cmdlet/contract/cmdlet.js';
import { ALL_PARAMETER_SETS, type CmdletParameter } from '../schema/definition/cmdlet-definition.js';
import type { CmdletExample } from '../schema/resolve/private-data.js';
import { netTypeOf } from './parameter-text.js';
import { escapedXml } from './powershell-text.js';

/** A cmdlet with what its help says beside its definition. */
export interface MamlCmdlet {
  readonly cmdlet: Cmdlet;
  readonly description?: string | undefined;
  readonly examples: readonly CmdletExample[];
  /** Type name of what comes out. */
  readonly output?: string | undefined;
}

const NAMESPACES =
  'xmlns:maml="http://schemas.microsoft.com/maml/2004/10" xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10" xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10"';

/** Parameters that PowerShell's engine has, which no definition describes. */
const ENGINE_HELP: readonly (readonly [name: string, type: string, text: string, alias: string])[] = [
  [
    'CimSession',
    'CimSession[]',
    'Sessions to run on, or names of computers that a session is opened to for the call.',
    'Session',
  ],
  ['ThrottleLimit', 'int', 'How many computers, or piped objects, are worked on at a time.', 'none'],
  ['AsJob', 'switch', 'Runs in the background, and gives a job with a child job for each computer.', 'none'],
];

/** The help of all cmdlets as one MAML file, which Get-Help reads. */
export function helpText(cmdlets: readonly MamlCmdlet[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<helpItems schema="maml" xmlns="http://msh">\n${cmdlets.map(commandText).join('\n')}\n</helpItems>\n`;
}

function commandText({ cmdlet, description, examples, output }: MamlCmdlet): string {
  const engine = 'methods' in cmdlet ? ENGINE_HELP.map(engineParameter) : [];
  const syntax = setsOf(cmdlet).map((set) => {
    const shown = cmdlet.parameters
      .filter(({ sets }) => sets.some((one) => one.set === set || one.set === ALL_PARAMETER_SETS))
      .map((parameter) => parameterHelp(parameter, set));
    return `<command:syntaxItem><maml:name>${cmdlet.name}</maml:name>${shown.join('')}${engine.join('')}</command:syntaxItem>`;
  });
  return [
    `<command:command ${NAMESPACES}>`,
    `<command:details><command:name>${cmdlet.name}</command:name><maml:description>${paragraph(cmdlet.synopsis)}</maml:description><command:verb>${cmdlet.verb}</command:verb><command:noun>${cmdlet.noun}</command:noun></command:details>`,
    `<maml:description>${paragraph(cmdlet.synopsis)}${description === undefined ? '' : paragraph(description)}</maml:description>`,
    `<command:syntax>${syntax.join('')}</command:syntax>`,
    `<command:parameters>${cmdlet.parameters.map((parameter) => parameterHelp(parameter)).join('')}${engine.join('')}</command:parameters>`,
    output === undefined
      ? ''
      : `<command:returnValues><command:returnValue><dev:type><maml:name>${escapedXml(output)}</maml:name></dev:type></command:returnValue></command:returnValues>`,
    `<command:examples>${examples.map(exampleText).join('')}</command:examples>`,
    cmdlet.helpUri === undefined
      ? ''
      : `<maml:relatedLinks><maml:navigationLink><maml:linkText>Online Version:</maml:linkText><maml:uri>${escapedXml(cmdlet.helpUri)}</maml:uri></maml:navigationLink></maml:relatedLinks>`,
    '</command:command>',
  ].join('');
}

function setsOf(cmdlet: Cmdlet): string[] {
  const named = cmdlet.parameters
    .flatMap(({ sets }) => sets.map(({ set }) => set))
    .filter((set) => set !== ALL_PARAMETER_SETS);
  return named.length === 0 ? [ALL_PARAMETER_SETS] : [...new Set(named)];
}

function parameterHelp(parameter: CmdletParameter, set?: string): string {
  const membership = parameter.sets.find((one) => one.set === set) ?? parameter.sets[0];
  const type = shortName(netTypeOf(parameter));
  const pipeline = [
    ...(parameter.valueFromPipeline === true ? ['ByValue'] : []),
    ...(parameter.valueFromPipelineByPropertyName ? ['ByPropertyName'] : []),
  ];
  const values = parameter.validateSet ?? [];
  const group =
    set === undefined || values.length === 0
      ? ''
      : `<command:parameterValueGroup>${values.map((value) => `<command:parameterValue required="false" variableLength="false">${escapedXml(value)}</command:parameterValue>`).join('')}</command:parameterValueGroup>`;
  const text = `${parameter.description}${values.length === 0 ? '' : ` One of ${values.join(', ')}.`}`;
  const attributes = `required="${membership?.mandatory === true}" variableLength="${parameter.isArray}" globbing="false" pipelineInput="${pipeline.length === 0 ? 'False' : `True (${pipeline.join(', ')})`}" position="${membership?.position ?? 'named'}" aliases="${parameter.aliases.join(', ') || 'none'}"`;
  const value =
    parameter.type === 'SwitchParameter'
      ? ''
      : `<command:parameterValue required="true" variableLength="${parameter.isArray}">${escapedXml(type)}</command:parameterValue>`;
  return `<command:parameter ${attributes}><maml:name>${parameter.name}</maml:name><maml:description>${paragraph(text)}</maml:description>${group}${value}<dev:type><maml:name>${escapedXml(type)}</maml:name></dev:type></command:parameter>`;
}

function engineParameter([name, type, text, alias]: (typeof ENGINE_HELP)[number]): string {
  const value =
    type === 'switch'
      ? ''
      : `<command:parameterValue required="true" variableLength="false">${escapedXml(type)}</command:parameterValue>`;
  return `<command:parameter required="false" variableLength="false" globbing="false" pipelineInput="False" position="named" aliases="${alias}"><maml:name>${name}</maml:name><maml:description>${paragraph(text)}</maml:description>${value}<dev:type><maml:name>${escapedXml(type)}</maml:name></dev:type></command:parameter>`;
}

function exampleText({ title, command }: CmdletExample, index: number): string {
  return `<command:example><maml:title>Example ${index + 1}: ${escapedXml(title)}</maml:title><dev:code>${escapedXml(command)}</dev:code><dev:remarks><maml:para /></dev:remarks></command:example>`;
}

const paragraph = (text: string): string => `<maml:para>${escapedXml(text)}</maml:para>`;

function shortName(type: string): string {
  const dot = type.lastIndexOf('.');
  const start = type.lastIndexOf('[', dot) + 1;
  return dot < 0 ? type : type.slice(0, start) + type.slice(dot + 1);
}
