/** The WS-Management codes after which PowerShell's CIM engine asks a busy server again, and no others (enum WsManErrorCode in CimChildJobBase). */
const QUOTAS: ReadonlyMap<number, string> = new Map([
  [0x803381a5, 'ERROR_WSMAN_QUOTA_MAX_SHELLS'],
  [0x803381a6, 'ERROR_WSMAN_QUOTA_MAX_OPERATIONS'],
  [0x803381a7, 'ERROR_WSMAN_QUOTA_USER'],
  [0x803381a8, 'ERROR_WSMAN_QUOTA_SYSTEM'],
  [0x803381ab, 'ERROR_WSMAN_QUOTA_MAX_SHELLUSERS'],
  [0x803381e4, 'ERROR_WSMAN_QUOTA_MAX_SHELLS_PPQ'],
  [0x803381e5, 'ERROR_WSMAN_QUOTA_MAX_USERS_PPQ'],
  [0x803381e6, 'ERROR_WSMAN_QUOTA_MAX_PLUGINSHELLS_PPQ'],
  [0x803381e7, 'ERROR_WSMAN_QUOTA_MAX_PLUGINOPERATIONS_PPQ'],
  [0x803381e8, 'ERROR_WSMAN_QUOTA_MAX_OPERATIONS_USER_PPQ'],
  [0x803381e9, 'ERROR_WSMAN_QUOTA_MAX_COMMANDS_PER_SHELL_PPQ'],
  [0x803381ea, 'ERROR_WSMAN_QUOTA_MIN_REQUIREMENT_NOT_AVAILABLE_PPQ'],
]);

/** The name of the quota that a code says is used up; undefined for every other code. */
export function quotaOf(code: number): string | undefined {
  return QUOTAS.get(code >>> 0);
}
