$manifest = (Get-Module Cimlet.DhcpServer).Path -replace '\.psm1$', '.psd1'
$session = New-CimSession dhcpserver.contoso.com
$counts = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
    Import-Module $using:manifest
    $scope = Get-DhcpServerv4Scope -CimSession $using:session -ScopeId 10.10.10.0
    "$($scope.Name) $($scope.CimClass.CimClassName) $(@(Get-CimSession).Count)"
}
$counts | Group-Object | ForEach-Object { "$($_.Count) times: $($_.Name)" }
"node processes: $(@(Get-Process -Name 'cimlet*', 'node*' -ErrorAction Ignore | Where-Object { $_.Parent.Id -eq $PID }).Count)"
