import { CimInstance } from '../../cim/instance/cim-instance.js';
import type { Cmdlet } from '../../cmdlet/contract/cmdlet.js';

/** Those that open sessions, or work on the ones that are open. */
const OF_SESSIONS = /^(?:New-CimSession|New-CimSessionOption|Get-CimSession|Remove-CimSession)$/;

/** Parameters with the computers of the profile, where the call names no computer of its own, and no object that comes from one. */
export function withComputers(
  { name }: Cmdlet,
  parameters: Readonly<Record<string, unknown>>,
  computers: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const isAimed =
    parameters['CimSession'] !== undefined ||
    parameters['ComputerName'] !== undefined ||
    Object.values(parameters)
      .flat()
      .some((value) => value instanceof CimInstance);
  if (computers === undefined || isAimed || OF_SESSIONS.test(name)) return parameters;
  // Export- and Import-DhcpServer take one session.
  return { ...parameters, CimSession: computers.length === 1 ? computers[0] : computers };
}
