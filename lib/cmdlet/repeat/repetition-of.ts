import type { CmdletSyntax } from '../../schema/definition/cmdlet-definition.js';
import type { CmdletRepetition } from '../../schema/definition/cmdlet-repetition.js';

const READ: CmdletRepetition = { kind: 'read' };
const ONCE: CmdletRepetition = { kind: 'once' };
/** Verbs that change nothing, by PowerShell's list of approved verbs. */
const READING: ReadonlySet<string> = new Set(['Get', 'Test']);

/**
 * What may be done with a call of which nobody knows whether it got through. A cmdlet without a row of its own: verb Get or Test is a read, every
 * other one is sent once. `given`: the parameters of the call, as the cmdlet spells them.
 */
export function repetitionOf(cmdlet: CmdletSyntax, given: Iterable<string> = []): CmdletRepetition {
  const row = cmdlet.repetition ?? (READING.has(cmdlet.verb) ? READ : ONCE);
  const { onceWith = [] } = row;
  if (onceWith.length === 0) return row;
  const names = new Set(given);
  return onceWith.some((name) => names.has(name)) ? { ...row, kind: 'once' } : row;
}
