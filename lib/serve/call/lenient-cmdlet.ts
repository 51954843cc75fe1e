import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { CmdletParameter, CmdletRule } from '../../schema/definition/cmdlet-definition.js';

const known = new WeakMap<Cmdlet, Cmdlet>();

/**
 * A cmdlet that leaves to the server what Windows' module leaves to it: how long a time may be, which of the parameters that the caller gave fit each
 * other, and whether there is anything to do. Our rules refuse these earlier, for those who write programs; Windows' CDXML has none of them, and scripts
 * have been written against the server's own answers. What the files declare (validators, sets, mandatory) stays, questions stay, and so does what a
 * piped object must not bring along.
 */
export function lenientCmdlet(cmdlet: Cmdlet): Cmdlet {
  let lenient = known.get(cmdlet);
  if (lenient === undefined) {
    lenient = {
      ...cmdlet,
      rules: cmdlet.rules.flatMap(lenientRule),
      parameters: cmdlet.parameters.map(({ seconds, ...parameter }) =>
        takesNullList(cmdlet, parameter) ? { ...parameter, allowNull: true } : parameter,
      ),
    };
    known.set(cmdlet, lenient);
  }
  return lenient;
}

function lenientRule(rule: CmdletRule): readonly CmdletRule[] {
  if (rule.kind === 'atLeastOne' || rule.kind === 'excludesWhen') return [];
  return [rule.kind === 'excludes' ? { ...rule, ofInputOnly: true } : rule];
}

/** PowerShell binds null to a list that nothing validates and that need not be given. Those of the CIM cmdlets are names of computers: it would be this one. */
function takesNullList({ moduleName }: Cmdlet, parameter: CmdletParameter): boolean {
  const { isArray, sets, validateNotNull, validateNotNullOrEmpty } = parameter;
  const isFree = isArray && !validateNotNull && !validateNotNullOrEmpty;
  return moduleName === 'DhcpServer' && isFree && sets.every(({ mandatory }) => !mandatory);
}
