import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

const known = new WeakMap<Cmdlet, Cmdlet>();

/**
 * A cmdlet that leaves to the server what Windows' module leaves to it: which values fit each other, and how long a time may be. The rules that
 * refuse them earlier are for those who write programs; scripts have been written against the server's own answers.
 */
export function lenientCmdlet(cmdlet: Cmdlet): Cmdlet {
  let lenient = known.get(cmdlet);
  if (lenient === undefined) {
    lenient = {
      ...cmdlet,
      rules: cmdlet.rules.filter(({ kind }) => kind !== 'excludesWhen'),
      parameters: cmdlet.parameters.map(({ seconds, ...parameter }) => parameter),
    };
    known.set(cmdlet, lenient);
  }
  return lenient;
}
