import { profileNames } from '../../client/profile-file.js';
import { commandDefinitions } from '../pipeline/command-definitions.js';
import { profileComputers } from '../sessions/command-profile.js';
import { type CommandIo, writeText } from '../terminal/command-io.js';
import { parseOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';
import { complete } from './completion/complete.js';
import { COMPLETION_SCRIPTS } from './completion/completion-scripts.js';
import { readShellLine } from './completion/shell-line.js';
import { bashReplies, fishReplies, zshReplies } from './completion/shell-replies.js';

/** `cimlet completion SHELL`: the script that the shell reads. */
export async function runCompletion([shell = '', ...more]: readonly string[], io: CommandIo): Promise<number> {
  const script = COMPLETION_SCRIPTS[shell.toLowerCase()];
  const shells = Object.keys(COMPLETION_SCRIPTS).join(', ');
  if (script === undefined || more.length > 0)
    throw new UsageError(`cimlet completion takes the name of a shell: ${shells}.`, 'eval "$(cimlet completion bash)"');
  await writeText(io.stdout, script.map((line) => `${line}\n`).join(''));
  return 0;
}

/**
 * `cimlet __complete zsh|fish -- WORD…`, or `bash -- COMP_TYPE LINE`: what the shell's script wants to know of the end of the line. It asks nobody, sends
 * nothing and never fails.
 */
export async function runComplete([shell, , ...given]: readonly string[], io: CommandIo): Promise<number> {
  const line = shell === 'bash' ? readShellLine(given[1] ?? '') : undefined;
  const words = line?.words.slice(1) ?? given;
  const known = { definitions: commandDefinitions, computers: computersOf(words, io), profiles: namesOf(io) };
  const last = words.at(-1) ?? '';
  const found = complete([...words.slice(0, -1), line === undefined ? withoutQuote(last) : last], known);
  const replies =
    line !== undefined
      ? bashReplies(found, line, given[0] ?? '')
      : shell === 'zsh'
        ? zshReplies(found)
        : fishReplies(found, /^['"]/.test(last));
  await writeText(io.stdout, replies.map((reply) => `${reply.replace(/[\r\n]+/g, ' ')}\n`).join(''));
  return 0;
}

/** zsh and fish hand over the mark that is still open. */
const withoutQuote = (word: string): string => word.replace(/^['"]/, '');

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
