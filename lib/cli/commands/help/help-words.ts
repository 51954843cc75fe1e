import type { Command, CommandLine } from '../../language/syntax.js';

/** The cmdlet that gives help, and its aliases. */
export const GET_HELP_NAMES = ['Get-Help', 'help', 'man'] as const;

/** `-?` stands after a command. */
export const asksForHelp = ({ elements }: Command): boolean =>
  elements.some((element) => element.kind === 'parameter' && element.name === '?');

export const isGetHelp = ({ name }: Command): boolean =>
  GET_HELP_NAMES.some((known) => known.toLowerCase() === name.toLowerCase());

/** A statement of the line asks to be told something instead of run; what gives help is loaded then. */
export function mentionsHelp(line: CommandLine): boolean {
  return line.statements.some(({ pipeline }) =>
    pipeline.commands.some((command) => asksForHelp(command) || isGetHelp(command)),
  );
}
