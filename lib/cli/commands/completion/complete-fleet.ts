import { OPTION_DEFINITIONS } from '../../usage/option-definitions.js';
import { fleetForm } from '../fleet/fleet-words.js';
import { OWN_COMMAND_HELP } from '../help/own-command-help.js';
import type { Candidate } from './candidate.js';

/** What may stand in the place of a word behind `cimlet fleet`: candidates, or those of the PowerShell line that these words begin. */
export type FleetCompletion =
  | { readonly candidates: readonly Candidate[] }
  | { readonly line: readonly string[] }
  /** The value of an option that the whole command has. */
  | { readonly optionValue: string };

const HELP = OWN_COMMAND_HELP['fleet']?.words ?? [];
const RUN: Candidate = ['last', 'the newest run'];

export function completeFleet(before: readonly string[], current: string): FleetCompletion {
  const [subcommand, ...given] = before;
  if (subcommand === undefined) return { candidates: HELP.filter(([word]) => !word.startsWith('-')) };
  const form = fleetForm(subcommand);
  if (form === undefined) return { candidates: [] };
  let words = 0;
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    if (word.startsWith('--')) {
      const name = word.toLowerCase();
      const isOwn = OPTION_DEFINITIONS.some((option) => option.name === name && option.argument !== undefined);
      if (!isOwn && !form.valued.includes(name)) continue;
      at += 1;
      if (at < given.length) continue;
      return form.valued.includes(name) ? { candidates: [] } : { optionValue: name };
    }
    if (form.beforeLine !== undefined && words === form.beforeLine) return { line: given.slice(at) };
    words += 1;
  }
  if (current.startsWith('-')) return { candidates: [...form.flags, ...form.valued].map(described).concat(wholes()) };
  if (form.beforeLine !== undefined) return words < form.beforeLine ? { candidates: [] } : { line: [] };
  return { candidates: form.takesRun && words === 0 ? [RUN] : [] };
}

function described(name: string): Candidate {
  const [, does = ''] = HELP.find(([written]) => written.split(/[ ,]+/).includes(name)) ?? [];
  return [name, does];
}

/** The options of the whole command may stand behind a subcommand, too. */
function wholes(): Candidate[] {
  return OPTION_DEFINITIONS.map(({ name, description }) => [name, description]);
}
