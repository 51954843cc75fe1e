import { suggestion } from '../../../base/text/suggestion.js';
import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';
import { wildcard } from '../../../cmdlet/convert/wildcard.js';
import type { Command, CommandLine } from '../../language/syntax.js';
import { findCmdlet } from '../../pipeline/find-cmdlet.js';
import { bindStage } from '../../stages/bind-stage.js';
import type { StageDefinition } from '../../stages/stage.js';
import { findStage, STAGES } from '../../stages/stages.js';
import { UsageError } from '../../usage/usage-error.js';
import { valueText } from '../../values/value-text.js';
import { fitted } from '../../views/fitted.js';
import { examplesHelp } from './cmdlet-examples.js';
import { cmdletHelp, generalHelp, nameList, parameterHelp, stageHelp } from './help.js';
import { HELP_TOPICS } from './help-topics.js';
import { asksForHelp, GET_HELP_NAMES, isGetHelp } from './help-words.js';
import { ownCommandHelp } from './own-command-help.js';
import { pageText } from './page-text.js';
import { cmdletPage, shippedPage } from './shipped-page.js';

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
export function helpAskedFor(
  line: CommandLine,
  definitions: ReadonlyMap<string, Cmdlet>,
  width?: number,
): string | undefined {
  const stages = line.statements.flatMap(({ pipeline }) => pipeline.commands);
  const texts = stages.flatMap((stage) => {
    if (isGetHelp(stage)) return [getHelp(stage, definitions, width)];
    return asksForHelp(stage) ? [inWidth(helpOn(stage.name, definitions), width)] : [];
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

const inWidth = (text: string, width: number | undefined): string => fitted(text, width).join('\n');

function getHelp(stage: Command, definitions: ReadonlyMap<string, Cmdlet>, width: number | undefined): string {
  if (asksForHelp(stage)) return inWidth(generalHelp(definitions), width);
  const bound = bindStage(GET_HELP, stage);
  const written = bound.get('Name');
  const name = written?.kind === 'literal' ? valueText(written.value) : undefined;
  if (bound.has('Online'))
    throw new UsageError(
      '-Online opens a browser, which cimlet does not.',
      'Get-Help NAME ends with the address of the page.',
    );
  if (name === undefined) return inWidth(generalHelp(definitions), width);
  if (/[*?[]/.test(name)) return inWidth(listOf(name, definitions), width);
  if (/^about_/i.test(name)) return topicText(name, width);
  if (findStage(name) !== undefined || ownCommandHelp(name) !== undefined) {
    const asked = ['Parameter', 'Examples'].find((one) => bound.has(one));
    if (asked === undefined) return inWidth(helpOn(name, definitions), width);
    throw new UsageError(`The help of ${name} has no part -${asked}.`, `Get-Help ${name} shows all of it.`);
  }
  const cmdlet = findCmdlet(definitions, name);
  const wanted = bound.get('Parameter');
  if (wanted?.kind === 'literal') return inWidth(parameterHelp(cmdlet, valueText(wanted.value)), width);
  const examples = () => examplesHelp(cmdlet, width);
  if (bound.has('Examples')) {
    const found = examples();
    if (found !== undefined) return found;
    throw new UsageError(
      `${cmdlet.name} has no examples of its own.`,
      'Get-Help about_CIM_Cmdlets shows how these are called.',
    );
  }
  const more = [...(bound.has('Full') ? pageParts(cmdlet.name, width) : []), examples() ?? ''].join('\n');
  const syntax = inWidth(cmdletHelp(cmdlet), width);
  return bound.has('Full') || bound.has('Detailed') ? `${syntax}\n${more}` : syntax;
}

/** What a cmdlet's page has beside its syntax, its parameters and its examples. */
function pageParts(name: string, width: number | undefined): string[] {
  return ['Rules', 'Output', 'Errors'].flatMap((section) => {
    const text = cmdletPage(name, section);
    return text === undefined ? [] : [pageText(text, width)];
  });
}

/** All that a pattern fits. @throws UsageError */
function listOf(written: string, definitions: ReadonlyMap<string, Cmdlet>): string {
  const pattern = wildcard(written);
  const stages = [...STAGES.values()].map(({ name }) => ({ name, synopsis: "one of PowerShell's own cmdlets" }));
  const topics = HELP_TOPICS.map(({ name, text }) => ({ name, synopsis: text }));
  const found = [...definitions.values(), ...stages, ...topics].filter(({ name }) => pattern.test(name));
  if (found.length > 0) return nameList(found);
  throw new UsageError(
    `No cmdlet and no topic is like ${JSON.stringify(written)}.`,
    'cimlet --help lists the cmdlets, Get-Help about_* the topics.',
  );
}

/** @throws UsageError for a topic that is none. */
function topicText(written: string, width: number | undefined): string {
  const wanted = written.toLowerCase().replaceAll('-', '_');
  const found = HELP_TOPICS.find(({ name }) => name.toLowerCase() === wanted);
  const text = found && shippedPage(found.page, found.section);
  if (text !== undefined) return pageText(text, width);
  const meant = suggestion(
    wanted,
    HELP_TOPICS.map(({ name }) => name),
  );
  throw new UsageError(
    `There is no topic ${JSON.stringify(written)}.`,
    meant === undefined ? 'Get-Help about_* lists them.' : `Did you mean ${meant}?`,
  );
}
