Set-DhcpServerAuditLog -Enable $true -MaxMBFileSize 100 -WarningAction SilentlyContinue
Set-DhcpServerDatabase -BackupInterval 90 -WarningAction SilentlyContinue
$log = Get-DhcpServerAuditLog
$database = Get-DhcpServerDatabase
"log: $($log.Enable), $($log.MaxMBFileSize) MB; backup every $($database.BackupInterval) minutes"
"settings: conflict detection $((Get-DhcpServerSetting).ConflictDetectionAttempts)"
Set-DhcpServerSetting -ConflictDetectionAttempts 2
(Get-DhcpServerSetting).ConflictDetectionAttempts
