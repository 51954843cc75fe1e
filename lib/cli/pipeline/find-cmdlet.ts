import { suggestion } from '../../base/text/suggestion.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import { notCmdlets } from '../../dhcp-server/generated/tables.js';
import { STAGES } from '../stages/stages.js';
import { OWN_COMMANDS } from '../usage/own-commands.js';
import { UsageError } from '../usage/usage-error.js';
import { substituteFor } from './substitutes.js';
import { suggestCmdlet } from './suggest-cmdlet.js';

/**
 * The definition of a cmdlet by its name or alias, in any case, with or without its module before it.
 * Throws a {@link UsageError} that names the nearest one.
 */
export function findCmdlet(definitions: ReadonlyMap<string, Cmdlet>, written: string): Cmdlet {
  const name = written.replace(/^(?:DhcpServer|CimCmdlets)\\/i, '');
  const found =
    definitions.get(name.toLowerCase()) ??
    // A noun alone is Get's, as in PowerShell.
    definitions.get(`get-${name.toLowerCase()}`) ??
    [...definitions.values()].find(({ aliases }) =>
      aliases.some((alias) => alias.toLowerCase() === name.toLowerCase()),
    );
  if (found) return found;
  const meantInstead = notCmdlets.get(name.toLowerCase());
  if (meantInstead !== undefined) throw new UsageError(`The DhcpServer module has no cmdlet ${written}.`, meantInstead);
  const remedy = substituteFor(name);
  if (remedy !== undefined)
    throw new UsageError(`${written} is a cmdlet of PowerShell that cimlet does not have.`, remedy);
  const names = [...definitions.values(), ...STAGES.values()].map((definition) => definition.name);
  const meant = suggestion(name, OWN_COMMANDS) ?? suggestCmdlet(name, [...names, 'Get-Help']);
  throw new UsageError(
    `${JSON.stringify(written)} is neither a cmdlet nor a command of cimlet.`,
    meant === undefined ? 'cimlet --help lists them.' : `Did you mean ${meant}?`,
  );
}
