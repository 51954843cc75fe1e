import { profileNames } from '../../client/profile-file.js';
import { commandDefinitions } from '../pipeline/command-definitions.js';
import { profileComputers } from '../sessions/command-profile.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import { parseOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { complete } from './completion/complete.js';
import { COMPLETION_SCRIPTS } from './completion/completion-scripts.js';

/** `cimlet completion SHELL`: the script that the shell reads. */
export async function runCompletion([shell = '', ...more]: readonly string[], io: CommandIo): Promise<number> {
  const script = COMPLETION_SCRIPTS[shell.toLowerCase()];
  const shells = Object.keys(COMPLETION_SCRIPTS).join(', ');
  if (script === undefined || more.length > 0)
    throw new UsageError(`cimlet completion takes the name of a shell: ${shells}.`, 'eval "$(cimlet completion bash)"');
  await writeText(io.stdout, script.map((line) => `${line}\n`).join(''));
  return 0;
}

/** `cimlet __complete -- WORD…`: what may stand in the place of the last word. It asks nobody, sends nothing and never fails. */
export async function runComplete(given: readonly string[], io: CommandIo): Promise<number> {
  const words = given[0] === '--' ? given.slice(1) : given;
  const known = { definitions: commandDefinitions, computers: computersOf(words, io), profiles: namesOf(io) };
  const lines = complete(words, known).map(([text, description]) => `${text}\t${description.replace(/\s+/g, ' ')}\n`);
  await writeText(io.stdout, lines.join(''));
  return 0;
}

function computersOf(words: readonly string[], io: CommandIo): readonly string[] {
  try {
    return profileComputers(parseOptions(words.slice(0, -1)), io.env) ?? [];
  } catch {
    // Whatever is wrong with the profile is told when the line is run.
    return [];
  }
}

function namesOf({ env }: CommandIo): readonly string[] {
  try {
    return profileNames(env);
  } catch {
    return [];
  }
}
