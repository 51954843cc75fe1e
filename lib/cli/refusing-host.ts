import { CimletError } from '../base/errors.js';
import type { Cmdlet } from '../cmdlet/cmdlet.js';
import type { CmdletHost, ConfirmationPrompt } from '../cmdlet/host.js';

/** The host where there is no terminal: what has to be asked is refused, before anything is sent. */
export function refusingHost(definition: Cmdlet): CmdletHost {
  return {
    confirm(prompt: ConfirmationPrompt): never {
      const force = definition.parameters.some(({ name }) => name === 'Force') ? '-Force' : '-Confirm:$false';
      throw new CimletError(
        'ERR_CONFIRMATION_REQUIRED',
        `${prompt.cmdlet} asks for a confirmation, and standard input is no terminal to ask on. Nothing was sent. The question is: ${prompt.message}`,
        { hint: `Add ${force} to go ahead without being asked, or run it in a terminal.` },
      );
    },
  };
}
