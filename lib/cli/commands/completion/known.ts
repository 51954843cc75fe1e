import type { Cmdlet } from '../../../cmdlet/contract/cmdlet.js';

/** What the environment knows: cmdlets, computers of the profile, and the profiles' names. */
export interface Known {
  readonly definitions: ReadonlyMap<string, Cmdlet>;
  readonly computers: readonly string[];
  readonly profiles: readonly string[];
}
