import type { CmdletParameter } from '../definition/cmdlet-definition.js';
import { functionName } from './names.js';
import type { HelpedCmdlet } from './schema-library.js';
import { quoted } from './source-literal.js';

interface ExampleArgument {
  readonly name: string;
  readonly values: readonly string[];
}

/** The example commands of the schemas are simple: `Verb-Noun -Name value,value -Switch`, values quoted, bare or a hash table of texts. */
function parseExample(command: string): ExampleArgument[] {
  const words = command.match(/@\{[^}]*\}|"[^"]*"(?:,"[^"]*")*|\S+/g) ?? [];
  const found: { name: string; values: string[] }[] = [];
  for (const word of words.slice(1)) {
    const name = /^-([A-Za-z]\w*)$/.exec(word)?.[1];
    if (name !== undefined) found.push({ name, values: [] });
    else if (word.startsWith('@{')) found.at(-1)?.values.push(word);
    else found.at(-1)?.values.push(...word.split(',').map((value) => value.replace(/^"|"$/g, '')));
  }
  return found;
}

/** An example as a call of the generated function. Where the cmdlet would ask, it is told not to: a program has nobody to ask. */
export function typeScriptExample(cmdlet: HelpedCmdlet, command: string): string[] {
  const { definition } = cmdlet;
  const members = parseExample(command).map(({ name, values }) => {
    const parameter = definition.parameters.find((candidate) => candidate.name === name);
    if (parameter === undefined)
      throw new TypeError(`${definition.name} has no parameter ${name}; its example says: ${command}`);
    return { name, source: valueSource(parameter, values) };
  });
  const suppression = promptSuppression(cmdlet, command);
  if (suppression !== undefined) members.push({ name: suppression.name, source: String(suppression.value) });
  const name = functionName(definition);
  const result =
    definition.outputType !== undefined && !definition.parameters.some(({ name }) => /^passthru$/i.test(name));
  return [
    `import { ${name} } from 'cimlet';`,
    '',
    `${result ? 'const results = ' : ''}await ${name}({`,
    ...members.map((member) => `  ${member.name}: ${member.source},`),
    '});',
    ...(result ? ['for (const result of results) console.log(result);'] : []),
  ];
}

/** What keeps an example from asking, when it would ask: the rule's switch, or `Confirm: false` where the switch means more than that. */
export function promptSuppression(
  { definition }: HelpedCmdlet,
  command: string,
): { readonly name: string; readonly value: boolean } | undefined {
  const names = new Set(parseExample(command).map(({ name }) => name));
  for (const rule of definition.rules) {
    if (rule.kind !== 'confirm' || names.has(rule.unless)) continue;
    if (rule.except !== undefined && names.has(rule.except)) continue;
    if (rule.when !== 'always' && !rule.when.some((parameter) => names.has(parameter))) continue;
    return rule.more === undefined ? { name: rule.unless, value: true } : { name: 'Confirm', value: false };
  }
  return undefined;
}

function valueSource(parameter: CmdletParameter, values: readonly string[]): string {
  const scalars = values.map((value) => scalarSource(parameter, value));
  if (scalars.length === 0) return 'true';
  return scalars.length === 1 ? (scalars[0] ?? '') : `[${scalars.join(', ')}]`;
}

function scalarSource(parameter: CmdletParameter, value: string): string {
  if (value.startsWith('@{')) {
    const members = [...value.matchAll(/(\w+) = "([^"]*)"/g)].map(([, key, text = '']) => `${key}: ${quoted(text)}`);
    return `{ ${members.join(', ')} }`;
  }
  if (/^\$(?:true|false|null)$/i.test(value)) return value.slice(1).toLowerCase();
  if (/^(?:U?Int(?:16|32|64)|S?Byte)$/.test(parameter.type)) return value;
  const accepted = parameter.validateSet?.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
  return quoted(accepted ?? value);
}
