function Write-Log([string]$Text, [ValidateSet('INFO', 'ERROR')][string]$Level = 'INFO') { "[$Level] $Text" | Out-File -FilePath run.log -Append -Encoding utf8 }
foreach ($id in '10.10.10.0', '10.30.30.0') {
    try {
        $scope = Get-DhcpServerv4Scope -ScopeId $id -ErrorAction Stop
        Write-Log "$($scope.Name) is $($scope.State)"
    } catch {
        Write-Log "${id}: $($_.FullyQualifiedErrorId.Split(',')[0])" -Level ERROR
    }
}
