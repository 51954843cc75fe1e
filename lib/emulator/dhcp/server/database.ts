import { dhcpError } from '../dhcp-error.js';
import { messages } from '../provider/messages.js';
import type { ProviderResult } from '../provider/provider-context.js';
import { changes, type ProviderMethods, type Row, reads, type ServerCall } from '../provider/provider-method.js';

const DATABASE = 'DhcpServerDatabase';
const AUDIT_LOG = 'DhcpServerAuditLog';
const MAX_LOG_PATH_LENGTH = 247;
const DEFAULT_MIN_DISK_SPACE = 20;
/** The service counts milliseconds in 32 bits. */
const MAX_MINUTES = Math.floor(0xffff_ffff / 60_000);

/** Text that one byte a character can hold. */
export function isAnsi(text: string): boolean {
  return [...text].every((character) => (character.codePointAt(0) ?? 0) <= 0xff);
}

function databaseRow({ server }: ServerCall): Row {
  const { database } = server.configuration;
  return {
    FileName: database.fileName,
    BackupPath: database.backupPath,
    BackupInterval: database.backupInterval,
    CleanupInterval: database.cleanupInterval,
    LoggingEnabled: database.loggingEnabled,
    RestoreFromBackup: database.restoreFromBackup || server.pendingRestore !== undefined,
  };
}

/** MS-DHCPM 3.1.4.42. */
function setDatabase(call: ServerCall): ProviderResult<Row> {
  const { server, parameters, host } = call;
  const message = messages.failed('set database configuration', host);
  const { configuration } = server;
  const old = configuration.database;
  const [fileName, backupPath] = [parameters.text('FileName'), parameters.text('BackupPath')];
  for (const path of [fileName, backupPath]) {
    if (path === '') throw dhcpError(87, message);
    if (path !== undefined && !isAnsi(path)) throw dhcpError(123, message);
  }
  // The file's full path: a directory and a name in it.
  if (fileName !== undefined && !/^.+\\[^\\]+$/.test(fileName)) throw dhcpError(87, message);
  for (const minutes of [parameters.number('BackupInterval'), parameters.number('CleanupInterval')]) {
    if (minutes === 0) throw dhcpError(87, message);
    if (minutes !== undefined && minutes > MAX_MINUTES) throw dhcpError(534, message);
  }
  configuration.database = {
    ...old,
    fileName: fileName ?? old.fileName,
    backupPath: backupPath ?? old.backupPath,
    backupInterval: parameters.number('BackupInterval') ?? old.backupInterval,
    cleanupInterval: parameters.number('CleanupInterval') ?? old.cleanupInterval,
    restoreFromBackup: parameters.flag('RestoreFromBackup') ?? old.restoreFromBackup,
  };
  // Without the flag nothing is restored, whatever path was noted.
  if (!configuration.database.restoreFromBackup) server.pendingRestore = undefined;
  return { output: [databaseRow(call)], errors: [], warnings: [restart(host)] };
}

const restart = (host: string) => `Start the DHCP service on ${host} again for the change to take effect.`;

function auditLogRow({ server }: ServerCall): Row {
  const { auditLog } = server.configuration;
  return {
    Enable: auditLog.enable,
    Path: auditLog.path,
    MaxMBFileSize: auditLog.maxMBFileSize,
    DiskCheckInterval: auditLog.diskCheckInterval,
    MinMBDiskSpace: auditLog.minMBDiskSpace,
  };
}

/** MS-DHCPM 3.2.4.33, 3.2.4.34. */
function setAuditLog(call: ServerCall): ProviderResult<Row> {
  const { server, parameters, host } = call;
  const { configuration } = server;
  const message = messages.failed('set audit log parameters', host);
  const old = configuration.auditLog;
  const path = parameters.text('Path') ?? old.path;
  if (path === '') throw dhcpError(87, message);
  if (path.length > MAX_LOG_PATH_LENGTH) throw dhcpError(20033, message);
  configuration.auditLog = {
    enable: parameters.flag('Enable') ?? old.enable,
    path,
    maxMBFileSize: parameters.number('MaxMBFileSize') ?? old.maxMBFileSize,
    diskCheckInterval: parameters.number('DiskCheckInterval') ?? old.diskCheckInterval,
    minMBDiskSpace: (parameters.number('MinMBDiskSpace') ?? old.minMBDiskSpace) || DEFAULT_MIN_DISK_SPACE,
  };
  const warnings = path === old.path ? [] : [restart(host)];
  return { output: [auditLogRow(call)], errors: [], warnings };
}

/** Where a server keeps its data and its log. */
export const databaseMethods: ProviderMethods = {
  'PS_DhcpServerDatabase.Get': reads(DATABASE, (call) => [databaseRow(call)]),
  'PS_DhcpServerDatabase.Set': changes(DATABASE, setDatabase),
  'PS_DhcpServerAuditLog.Get': reads(AUDIT_LOG, (call) => [auditLogRow(call)]),
  'PS_DhcpServerAuditLog.Set': changes(AUDIT_LOG, setAuditLog),
};
