import { cmdletFunction } from '../../cmdlet/cmdlet-function.js';
import type { ScriptParameters } from '../script/script-parameters.js';

/** Parameters of Import-DhcpServer. */
export interface ImportDhcpServerParameters extends ScriptParameters {
  /** The XML file to read, on this machine; a relative path is one below the working directory. */
  readonly File: string;
  /** Folder on the server that it backs itself up to before anything is changed. */
  readonly BackupPath: string;
  /** Only these DHCPv4 scopes of the file, and no settings of the server. */
  readonly ScopeId?: string | readonly string[] | undefined;
  /** Only these DHCPv6 scopes of the file, and no settings of the server. */
  readonly Prefix?: string | readonly string[] | undefined;
  /**
   * A scope that the server has already becomes what it is in the file: its leases stay, unless Leases is given, too; then it is deleted
   * first. Without this it stays as it is, with a warning.
   */
  readonly ScopeOverwrite?: boolean | undefined;
  /** Adds the leases of the scopes, too, where the file has them. */
  readonly Leases?: boolean | undefined;
  /** Only what concerns the server as a whole, and no scopes. Goes without ScopeId, Prefix, Leases and ScopeOverwrite. */
  readonly ServerConfigOnly?: boolean | undefined;
  /** Skips the confirmation question. */
  readonly Force?: boolean | undefined;
}

/**
 * Puts onto a DHCP server what a file of Export-DhcpServer holds, Windows' own or one of this library.
 *
 * The whole file is checked before anything is done: one that is damaged, or from a newer server, changes nothing. Then the server backs
 * itself up to `BackupPath`, and the file is worked off in its order. Without ScopeId and Prefix server settings are replaced, and server
 * policies, option values and filters deleted and made anew; classes and option definitions are only added. What the server refuses is an
 * error of the call, and the import goes on with the rest, unless ErrorAction is Stop. When it cannot go on, a warning names the backup.
 *
 * Failover relationships are not in such a file: their scopes come as plain scopes.
 *
 * @param parameters PowerShell's parameters, spelled as PowerShell spells them. `AsJob: true` gives a job.
 * @param options How the call is run: abort, timeout, who is asked, listeners. `onVerbose` with `Verbose: true` hears of each step.
 * @returns Nothing: an empty array when awaited.
 * @throws {ParameterBindingError} The parameters do not fit; nothing was sent.
 * @throws {CmdletError} The import failed, or a part of it. Its errors tell what was not imported.
 * @example
 * ```ts
 * import { exportDhcpServer, importDhcpServer } from 'cimlet';
 *
 * await exportDhcpServer({ ComputerName: 'dhcpserver.contoso.com', File: 'migration.xml', Leases: true });
 * await importDhcpServer({
 *   ComputerName: 'dhcpserver2.contoso.com',
 *   File: 'migration.xml',
 *   BackupPath: 'C:\\dhcpbackup',
 *   Leases: true,
 *   Force: true,
 * });
 * ```
 * @see {@link https://learn.microsoft.com/powershell/module/dhcpserver/import-dhcpserver} PowerShell's help
 */
export const importDhcpServer = cmdletFunction<ImportDhcpServerParameters, never, never>(
  () => (require('./import-definition.js') as typeof import('./import-definition.js')).importDhcpServerDefinition,
);
