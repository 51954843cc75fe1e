import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { wildcard } from '../../../cmdlet/convert/wildcard.js';
import type { Command, CommandLine } from '../../language/syntax.js';
import { findCmdlet } from '../../pipeline/find-cmdlet.js';
import { bindStage } from '../../stages/bind-stage.js';
import type { StageDefinition } from '../../stages/stage.js';
import { findStage } from '../../stages/stages.js';
import { UsageError } from '../../usage/usage-error.js';
import { valueText } from '../../values/value-text.js';
import { cmdletHelp, cmdletList, generalHelp, parameterHelp, stageHelp } from './help.js';
import { asksForHelp, GET_HELP_NAMES, isGetHelp } from './help-words.js';
import { ownCommandHelp } from './own-command-help.js';
import { cmdletPage } from './shipped-page.js';

/** PowerShell's Get-Help; the switches say how much. */
const GET_HELP: StageDefinition = {
  name: GET_HELP_NAMES[0],
  aliases: GET_HELP_NAMES.slice(1),
  parameters: {
    Name: 'text',
    Parameter: 'texts',
    Full: 'switch',
    Detailed: 'switch',
    Examples: 'switch',
    Online: 'switch',
  },
  positional: ['Name'],
  prepare: () => (input) => input,
};

/**
 * What a line asks to be told instead of run: `-?` after a command, or Get-Help. Undefined when it asks for none. Where one statement asks,
 * none of the line is run.
 * @throws UsageError for a name that nothing has.
 */
export function helpAskedFor(line: CommandLine, definitions: ReadonlyMap<string, Cmdlet>): string | undefined {
  const stages = line.statements.flatMap(({ pipeline }) => pipeline.commands);
  const texts = stages.flatMap((stage) => {
    if (isGetHelp(stage)) return [getHelp(stage, definitions)];
    return asksForHelp(stage) ? [helpOn(stage.name, definitions)] : [];
  });
  return texts.length === 0 ? undefined : texts.join('\n');
}

/** The help of one command, by its name or alias. @throws UsageError */
export function helpOn(name: string, definitions: ReadonlyMap<string, Cmdlet>): string {
  const own = ownCommandHelp(name);
  if (own !== undefined) return own;
  const stage = findStage(name);
  return stage === undefined ? cmdletHelp(findCmdlet(definitions, name)) : stageHelp(stage);
}

function getHelp(stage: Command, definitions: ReadonlyMap<string, Cmdlet>): string {
  if (asksForHelp(stage)) return generalHelp(definitions);
  const bound = bindStage(GET_HELP, stage);
  const written = bound.get('Name');
  const name = written?.kind === 'literal' ? valueText(written.value) : undefined;
  if (name === undefined) return generalHelp(definitions);
  if (!/[*?[]/.test(name)) {
    const isCmdlet = findStage(name) === undefined && ownCommandHelp(name) === undefined;
    if (!isCmdlet) return helpOn(name, definitions);
    const cmdlet = findCmdlet(definitions, name);
    const wanted = bound.get('Parameter');
    if (wanted?.kind === 'literal') return parameterHelp(cmdlet, valueText(wanted.value));
    if (bound.has('Examples')) return cmdletPage(cmdlet.name, 'Examples') ?? cmdletHelp(cmdlet);
    const page = bound.has('Full') ? cmdletPage(cmdlet.name) : undefined;
    if (page !== undefined) return `${cmdletHelp(cmdlet)}\n${page}`;
    return helpOn(name, definitions);
  }
  const pattern = wildcard(name);
  const found = [...definitions.values()].filter((definition) => pattern.test(definition.name));
  if (found.length > 0) return cmdletList(found);
  throw new UsageError(`No cmdlet is like ${JSON.stringify(name)}.`, 'cimlet --help lists them.');
}
