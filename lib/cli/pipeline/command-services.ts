import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';
import type { SessionFactory } from '../../cmdlet/contract/cmdlet-session.js';
import type { CmdletHost } from '../../cmdlet/contract/host.js';
import type { Statement } from '../language/syntax.js';
import type { LineFiles } from '../stages/stage.js';

/** What a command line is run with. */
export interface CommandServices {
  readonly definitions: ReadonlyMap<string, Cmdlet>;
  /** Connects to the computers that -ComputerName and -CimSession name. */
  readonly sessionFactory: SessionFactory;
  /** Where a cmdlet runs that names no computer and takes no piped objects; default: this computer, as in PowerShell. */
  readonly computers?: readonly string[] | undefined;
  /** Where a statement of a file stands, for what is said of it. */
  readonly placeOf?: ((statement: Statement) => string | undefined) | undefined;
  /** Answers what is asked; default: the terminal's user, or where there is no terminal a refusal. */
  readonly host?: CmdletHost;
  /** The files that the line names; default: those of the current folder. */
  readonly files?: LineFiles;
}
