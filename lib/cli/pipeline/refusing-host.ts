import { CimletError } from '../../base/errors.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletHost, ConfirmationPrompt } from '../../cmdlet/contract/host.js';

/** The host where there is no terminal: what has to be asked is refused; but for questions of a server, before anything is sent. */
export function refusingHost(definition: Cmdlet, parameters: Readonly<Record<string, unknown>>): CmdletHost {
  return {
    confirm(prompt: ConfirmationPrompt): never {
      throw new CimletError(
        'ERR_CONFIRMATION_REQUIRED',
        `${whoAsks(prompt)}, and standard input is not a terminal to ask on.${prompt.fromServer === true || prompt.kind === 'error' ? '' : ' Nothing was sent.'} The question is: ${prompt.message}`,
        { hint: remedy(prompt, definition, parameters) },
      );
    },
  };
}

function whoAsks({ kind, fromServer, cmdlet, computerName }: ConfirmationPrompt): string {
  if (kind === 'error') return `${cmdlet} asks whether to go on after an error`;
  return fromServer === true
    ? `${computerName} asks for a confirmation of ${cmdlet}`
    : `${cmdlet} asks for a confirmation`;
}

function remedy(
  { kind, fromServer }: ConfirmationPrompt,
  definition: Cmdlet,
  parameters: Readonly<Record<string, unknown>>,
): string {
  if (kind === 'error') return 'Write -ErrorAction Stop or Continue instead of Inquire, or run it in a terminal.';
  // Where the switch means more than silence, it is no way to be silent.
  if (definition.rules.some((rule) => rule.kind === 'confirm' && rule.more !== undefined)) {
    return fromServer === true
      ? 'Run it in a terminal, and answer there.'
      : 'Write -Confirm:$false to go ahead without being asked, or run it in a terminal.';
  }
  const canForce = definition.parameters.some(({ name }) => name === 'Force') && !isOn(parameters['Force']);
  if (isOn(parameters['Confirm'])) {
    return `Leave -Confirm out${canForce ? ' and add -Force' : ''} to go ahead without being asked, or run it in a terminal.`;
  }
  if (kind === 'critical' && isOn(parameters['Force'])) return 'Run it in a terminal, and answer there.';
  return `Add ${canForce ? '-Force' : '-Confirm:$false'} to go ahead without being asked, or run it in a terminal.`;
}

/** A switch as the line gives it: alone, or as a value in words. */
function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|1)$/i.test(value));
}
