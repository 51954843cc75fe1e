import type { CimSession } from '../../cim/session/cim-session.js';
import type { CimSessionOptions } from '../../cim/session/session-options.js';

/** Opens a session to a computer; `own` goes before what the command's options say. */
export type OpenSession = (computerName: string, own?: CimSessionOptions) => Promise<CimSession>;
