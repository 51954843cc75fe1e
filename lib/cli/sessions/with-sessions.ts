import { newCimSession } from '../../cim/session/cim-session.js';
import type { Lab } from '../../emulator/lab/lab.js';
import type { CommandIo } from '../terminal/command-io.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import type { OpenSession } from './open-session.js';
import { remoteSessions } from './remote-sessions.js';

/** Lets `use` open sessions as the command's options say: to servers or, with --emulator, to a lab that lives until `use` has ended. */
export async function withSessions<T>(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
  createLab: (() => Lab) | undefined,
  use: (open: OpenSession, computers: readonly string[] | undefined) => Promise<T>,
): Promise<T> {
  const { computers, optionsFor } = await remoteSessions(options, io, input);
  if (!options.emulator) {
    return await use(
      (computerName, own) => newCimSession(computerName, { ...optionsFor(computerName), ...own }),
      computers,
    );
  }
  // Loaded only where it is wanted: it is larger than all that a call to a real server needs.
  const { openLab } = await import('./open-lab.js');
  const { openLabSessions } = await import('./lab-sessions.js');
  const lab = createLab?.() ?? (await openLab(options));
  try {
    const sessions = await openLabSessions(lab, optionsFor);
    try {
      return await use(sessions.open, undefined);
    } finally {
      await sessions.close();
    }
  } finally {
    lab.close();
  }
}
