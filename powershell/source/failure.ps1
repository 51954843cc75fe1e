# An error of the process as PowerShell's own: catch by type, -ErrorVariable and $Error see what they see in Windows.

function Write-Failure($Run, $Failure) {
    $record = Get-ErrorRecord $Failure
    if ($Failure['computerName'] -and $Run.Given -contains 'CimSession') {
        $record = [System.Management.Automation.Runspaces.RemotingErrorRecord]::new($record, [System.Management.Automation.Remoting.OriginInfo]::new($Failure['computerName'], [guid]::Empty))
    }
    # What the binder of Windows would have refused ends the call there, too.
    if ($Failure['binding'] -ceq '1') { $Run.Cmdlet.ThrowTerminatingError($record) }
    $Run.Cmdlet.WriteError($record)
}

function Get-ErrorRecord($Failure) {
    $category = [System.Management.Automation.ErrorCategory]::NotSpecified
    $null = [Enum]::TryParse([System.Management.Automation.ErrorCategory], $Failure['category'], [ref]$category)
    $exception = Get-CimException $Failure
    # The function's name is added by whoever writes the record.
    $id = $Failure['fullyQualifiedErrorId']
    $cut = $id.LastIndexOf(',')
    $record = [System.Management.Automation.ErrorRecord]::new($exception, ($cut -ge 0 ? $id.Substring(0, $cut) : $id), $category, $Failure['targetName'])
    $record.CategoryInfo.Reason = $Failure['reason'] ?? 'CimException'
    $record.CategoryInfo.TargetName = $Failure['targetName'] ?? ''
    $record.CategoryInfo.TargetType = $Failure['targetType'] ?? ''
    $hint = Get-Hint $Failure
    if ($hint) {
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($Failure['message'])
        $record.ErrorDetails.RecommendedAction = $hint
    }
    $record
}

# In Windows a script that names no computer runs on the server itself.
function Get-Hint($Failure) {
    if ($Failure['code'] -cin 'ERR_CONNECTION_REFUSED' -and $Failure['computerName'] -in 'localhost', '127.0.0.1', '::1', '.') {
        return "This computer is no DHCP server. Name one: -ComputerName, or for all calls `$PSDefaultParameterValues['*-DhcpServer*:ComputerName'] = 'dhcp1.contoso.com'."
    }
    $Failure['hint']
}

function Get-CimException($Failure) {
    $exception = [Microsoft.Management.Infrastructure.CimException]::new($Failure['message'])
    $members = $exception.psobject.Properties
    foreach ($name in 'MessageId', 'StatusCode', 'Hint', 'Code') {
        # The type has some of these itself, from the native half that it does not have here.
        if ($null -ne $Failure[$name]) { $members.Add([psnoteproperty]::new($name, $Failure[$name])) }
    }
    $setter = [Microsoft.Management.Infrastructure.CimException].GetProperty('NativeErrorCode')?.GetSetMethod($true)
    $code = [Microsoft.Management.Infrastructure.NativeErrorCode]::Failed
    if ($null -ne $setter -and [Enum]::TryParse([Microsoft.Management.Infrastructure.NativeErrorCode], $Failure['nativeErrorCode'], [ref]$code)) { $null = $setter.Invoke($exception, @($code)) }
    if ($null -ne $Failure['errorData']) { $members.Add([psnoteproperty]::new('ErrorData', (ConvertFrom-Embedded $Failure['errorData']))) }
    $exception
}
