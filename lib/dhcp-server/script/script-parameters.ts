import type { CmdletSession } from '../../cmdlet/contract/cmdlet-session.js';
import type { EngineParameters, ShouldProcessParameters } from '../../cmdlet/contract/engine-parameters.js';

/** What Export-DhcpServer and Import-DhcpServer have alike. */
export interface ScriptParameters
  extends Omit<EngineParameters, 'CimSession' | 'Session' | 'ThrottleLimit'>,
    ShouldProcessParameters {
  /** DNS name or IP address of the DHCP server; the server at the other end of the session when absent. */
  readonly ComputerName?: string | undefined;
  /** Alias of ComputerName. */
  readonly Cn?: string | undefined;
  /** Where to run: one session, or the name of a computer that one is opened to for the call. */
  readonly CimSession?: CmdletSession | string | undefined;
  /** Alias of CimSession. */
  readonly Session?: CmdletSession | string | undefined;
}
