import { newCimSession } from '../cim/cim-session.js';
import type { Lab } from '../emulator/lab.js';
import type { CommandIo } from './command-io.js';
import type { OpenSession } from './open-session.js';
import type { CommandOptions } from './options.js';
import { remoteSessionOptions } from './remote-sessions.js';
import type { TerminalInput } from './terminal-input.js';

/** Lets `use` open sessions as the command's options say: to servers or, with --emulator, to a lab that lives until `use` has ended. */
export async function withSessions<T>(
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
  createLab: (() => Lab) | undefined,
  use: (open: OpenSession) => Promise<T>,
): Promise<T> {
  const optionsFor = await remoteSessionOptions(options, io, input);
  if (!options.emulator) {
    return await use((computerName, own) => newCimSession(computerName, { ...optionsFor(computerName), ...own }));
  }
  // Loaded only where it is wanted: it is larger than all that a call to a real server needs.
  const { openLab } = await import('./open-lab.js');
  const { openLabSessions } = await import('./lab-sessions.js');
  const lab = createLab?.() ?? (await openLab(options));
  try {
    const sessions = await openLabSessions(lab, optionsFor);
    try {
      return await use(sessions.open);
    } finally {
      await sessions.close();
    }
  } finally {
    lab.close();
  }
}
