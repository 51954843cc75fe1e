# What is neither output nor error: questions, -WhatIf, progress.

# Whether to ask has been decided where the rules are known; here it is only put. ShouldProcess would decide again, and let a removal pass.
function Read-Answer($Run, [string]$Id, $Question) {
    $yes = $false
    $null, $caption, $message = $Question
    try {
        $all = $Run.YesToAll
        $none = $Run.NoToAll
        $yes = $Run.Cmdlet.ShouldContinue($message, $caption, [ref]$all, [ref]$none)
        $Run.YesToAll = $all
        $Run.NoToAll = $none
    } catch [System.Management.Automation.MethodInvocationException] {
        $why = $_.Exception.InnerException
        $record = [System.Management.Automation.ErrorRecord]::new($why, 'ConfirmationNotPossible', 'InvalidOperation', $null)
        # A console whose input has ended says nothing better than NullReferenceException.
        $words = $why -is [System.NullReferenceException] ? 'There is nobody to ask: the input has ended.' : $why.Message
        $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new("$words It wanted to ask: $message")
        $record.ErrorDetails.RecommendedAction = 'Give -Force (or -Confirm:$false) to go ahead without being asked.'
        $Run.Cmdlet.ThrowTerminatingError($record)
    } finally { Send-Line $Run.Client @{ id = $Id; answer = ($yes ? 'yes' : 'no') } }
}

# Only -WhatIf's own way prints PowerShell's own "What if: ".
function Write-WhatIf($Run, [string]$Text) {
    $WhatIfPreference = $true
    $null = $Run.Cmdlet.ShouldProcess(($Text -creplace '^What if: ', ''), '', '')
}

function Write-Advance($Run, $News) {
    $record = [System.Management.Automation.ProgressRecord]::new(1, ($News['activity'] ? $News['activity'] : $Run.Name), ($News['statusDescription'] ? $News['statusDescription'] : ' '))
    if ($News.ContainsKey('percentComplete')) { $record.PercentComplete = [int]$News['percentComplete'] }
    if ($News.ContainsKey('secondsRemaining')) { $record.SecondsRemaining = [int]$News['secondsRemaining'] }
    if ($News['currentOperation']) { $record.CurrentOperation = $News['currentOperation'] }
    $Run.Cmdlet.WriteProgress($record)
}
