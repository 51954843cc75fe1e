import { cmdletFunction } from '../../cmdlet/cmdlet-function.js';
import type { NamedInput } from '../../cmdlet/contract/piped-input.js';
import type { ScriptParameters } from '../script/script-parameters.js';

/** Parameters of Export-DhcpServer. */
export interface ExportDhcpServerParameters extends ScriptParameters {
  /** The XML file to write, on this machine; a relative path is one below the working directory. Only its owner can read it. */
  readonly File: string;
  /** Only these DHCPv4 scopes, with what the server has for all of them. Without Prefix nothing of DHCPv6 is written. */
  readonly ScopeId?: string | readonly string[] | undefined;
  /** Only these DHCPv6 scopes, with what the server has for all of them. Without ScopeId nothing of DHCPv4 is written. */
  readonly Prefix?: string | readonly string[] | undefined;
  /** Writes the leases of the scopes, too. */
  readonly Leases?: boolean | undefined;
  /** Overwrites a file that is there already, unless it is read-only. */
  readonly Force?: boolean | undefined;
}

/** What Export-DhcpServer takes from a piped object. */
export type ExportDhcpServerInput = NamedInput<'ScopeId' | 'Prefix'>;

/**
 * Writes the configuration of a DHCP server to an XML file of this machine, in the form of Windows' own cmdlet: settings, classes, option
 * definitions, policies, option values, filters, and the scopes with all that belongs to them.
 *
 * Failover relationships, audit log, database, bindings, the DNS credential and multicast scopes are not in it, as in Windows.
 * The file appears under its name when it is whole: a call that fails leaves nothing behind, and a file that is overwritten stays until then.
 * What comes from the server goes into the file as it comes, so that a server with very many leases needs no more memory than one with few.
 *
 * @param parameters PowerShell's parameters, spelled as PowerShell spells them. `AsJob: true` gives a job.
 * @param options How the call is run: abort, timeout, who is asked, listeners. Scopes that are piped (`input`) go into one file.
 * @returns Nothing: an empty array when awaited.
 * @throws {ParameterBindingError} The parameters do not fit; nothing was sent.
 * @throws {CmdletError} The export failed, or a part of it: a scope that is not there, for example. Its errors tell.
 * @example
 * ```ts
 * import { exportDhcpServer } from 'cimlet';
 *
 * await exportDhcpServer({ ComputerName: 'dhcpserver.contoso.com', File: 'dhcp.xml', Leases: true });
 * ```
 * @see {@link https://learn.microsoft.com/powershell/module/dhcpserver/export-dhcpserver} PowerShell's help
 */
export const exportDhcpServer = cmdletFunction<ExportDhcpServerParameters, never, ExportDhcpServerInput>(
  () => (require('./export-definition.js') as typeof import('./export-definition.js')).exportDhcpServerDefinition,
);
