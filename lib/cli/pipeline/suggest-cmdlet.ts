import { allowedSlips, slipsBetween } from '../../base/text/suggestion.js';

/** Verbs that change nothing; of two that are equally near, one of them is meant. */
const READING = /^(?:get|find|test|show|search|select|measure|compare)$/;

/**
 * The cmdlet that `written` was most likely meant to be, or undefined. A slip is at most one letter of the verb, and at most a third of
 * the letters between the words that both nouns begin and end with: another verb (Get for Set, Import for Export), another noun of the family
 * (DhcpServerv4Lease for DhcpServerv4Scope) and another number (v6 for v4) are not suggested. A noun alone is Get's, as in PowerShell.
 */
export function suggestCmdlet(written: string, names: readonly string[]): string | undefined {
  const cmdlets = names.map((name) => ({ name, ...partsOf(name) }));
  const verbs = [...new Set(cmdlets.map(({ verb }) => verb))];
  const { verb: writtenVerb, noun } = partsOf(written, verbs);
  const verb = meantVerb(writtenVerb, verbs);
  let best: string | undefined;
  let bestSlips = Number.POSITIVE_INFINITY;
  for (const cmdlet of cmdlets) {
    if (cmdlet.verb !== verb || digitsOf(cmdlet.noun) !== digitsOf(noun)) continue;
    const [meant, own] = withoutSharedWords(cmdlet.name, noun);
    const limit = Math.min(allowedSlips(own) + 1, bestSlips);
    const slips = slipsBetween(own, meant, limit);
    if (slips >= limit) continue;
    best = cmdlet.name;
    bestSlips = slips;
  }
  return best;
}

/** Verb and noun, in lower case. Without a dash the verb is one of `verbs` that the text begins with, or Get. */
function partsOf(text: string, verbs: readonly string[] = []): { readonly verb: string; readonly noun: string } {
  const lower = text.toLowerCase();
  const dash = lower.indexOf('-');
  if (dash >= 0) return { verb: lower.slice(0, dash), noun: lower.slice(dash + 1) };
  const verb = verbs.find((known) => lower.startsWith(known));
  return verb === undefined ? { verb: 'get', noun: lower } : { verb, noun: lower.slice(verb.length) };
}

function meantVerb(written: string, verbs: readonly string[]): string | undefined {
  if (verbs.includes(written)) return written;
  const near = verbs.filter((verb) => slipsBetween(written, verb, 2) < 2);
  return near.find((verb) => READING.test(verb)) ?? near[0];
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Both nouns, in lower case, without the words that they begin with alike and those that they end with alike. */
function withoutSharedWords(name: string, noun: string): readonly [cmdlet: string, written: string] {
  const words = (name.slice(name.indexOf('-') + 1).match(/\p{Lu}\P{Lu}*/gu) ?? []).map((word) => word.toLowerCase());
  let written = noun;
  while (words[0] !== undefined && written.startsWith(words[0])) written = written.slice(words.shift()?.length);
  for (let last = words.at(-1); last !== undefined && written.endsWith(last); last = words.at(-1)) {
    written = written.slice(0, -last.length);
    words.pop();
  }
  return [words.join(''), written];
}
