import type { SessionFactory } from '../cmdlet/method-invoker.js';
import type { CmdletDefinition } from '../schema/cmdlet-definition.js';

/** What a command line is run with. */
export interface CommandServices {
  readonly definitions: ReadonlyMap<string, CmdletDefinition>;
  /** Connects to the computers that -ComputerName and -CimSession name. */
  readonly sessionFactory: SessionFactory;
}
