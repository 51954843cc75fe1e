import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import type { ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, type ServerCall } from '../provider/provider-method.js';
import { takeSnapshot } from '../state/server-snapshot.js';
import { isAnsi } from './database.js';

function checkedPath({ parameters }: ServerCall, message: string): string {
  const path = parameters.text('Path') ?? '';
  if (path === '') throw dhcpError(87, message);
  if (!isAnsi(path)) throw dhcpError(123, message);
  return path;
}

/** MS-DHCPM 3.2.4.45. The files themselves are not there: a path holds a copy of the server's state. */
function backup(call: ServerCall): Row[] {
  const { server, host } = call;
  const path = checkedPath(call, messages.failed('back up the database', host));
  server.backups.set(path.toLowerCase(), takeSnapshot(server));
  return [];
}

/** MS-DHCPM 3.2.4.46: notes the path and sets the flag; the data are replaced when the service starts again. */
function restore(call: ServerCall): ProviderResult<Row> {
  const { server, host } = call;
  const message = messages.failed('restore the database', host);
  const path = checkedPath(call, message);
  if (!server.backups.has(path.toLowerCase())) throw dhcpError(2, message);
  const { configuration } = server;
  const { backupPath } = configuration.database;
  // From elsewhere than its own backup path, the server first keeps what it has there.
  if (path.toLowerCase() !== backupPath.toLowerCase())
    server.backups.set(backupPath.toLowerCase(), takeSnapshot(server));
  server.pendingRestore = path;
  configuration.database = { ...configuration.database, restoreFromBackup: true };
  const warning = `The database of ${host} is restored from ${path} when the DHCP service is started again.`;
  return { output: [], errors: [], warnings: [warning] };
}

export const backupMethods: ProviderMethods = {
  'PS_DhcpServer.Backup': changes('', backup),
  'PS_DhcpServer.Restore': changes('', restore),
};
