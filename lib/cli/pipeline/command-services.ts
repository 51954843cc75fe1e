import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { SessionFactory } from '../../cmdlet/contract/cmdlet-session.js';

/** What a command line is run with. */
export interface CommandServices {
  readonly definitions: ReadonlyMap<string, Cmdlet>;
  /** Connects to the computers that -ComputerName and -CimSession name. */
  readonly sessionFactory: SessionFactory;
}
