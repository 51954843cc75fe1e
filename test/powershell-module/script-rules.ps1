# The rules of PSScriptAnalyzer's default set, by PowerShell's own parser, for machines that have not the analyzer itself: a line for each finding.
param([Parameter(Mandatory)][string[]]$Path)
$aliases = (Get-Alias).Name
$verbs = (Get-Verb).Verb
$automatic = '_', 'args', 'input', 'PSItem', 'Matches', 'Error', 'Host', 'PID', 'PWD', 'Event', 'Sender', 'this', 'foreach', 'switch', 'MyInvocation', 'PSBoundParameters', 'PSCmdlet', 'true', 'false'
# PowerShell gives these a value as they are set.
$settable = 'WhatIfPreference', 'ErrorActionPreference'
foreach ($file in $Path) {
    $tokens, $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile((Resolve-Path $file), [ref]$tokens, [ref]$errors)
    $name = Split-Path -Leaf $file
    $say = { param($rule, $extent, $text) "${name}:$($extent.StartLineNumber) $rule $text" }
    $all = { param([type]$type) $ast.FindAll({ $args[0] -is $type }, $true) }
    $text = [System.IO.File]::ReadAllText((Resolve-Path $file))
    foreach ($problem in $errors) { & $say 'ParseError' $problem.Extent $problem.Message }
    if ($text -match '[^\x00-\x7f]' -and -not $text.StartsWith([char]0xfeff)) { "${name}:1 PSUseBOMForUnicodeEncodedFile" }
    foreach ($match in [regex]::Matches($text, '(?m)[ \t]+$')) { "${name}: PSAvoidTrailingWhitespace at $($match.Index)" }
    foreach ($command in & $all ([System.Management.Automation.Language.CommandAst])) {
        $called = $command.GetCommandName()
        if ($called -and $called -in $aliases) { & $say 'PSAvoidUsingCmdletAliases' $command.Extent $called }
        if ($called -in 'Invoke-Expression', 'iex') { & $say 'PSAvoidUsingInvokeExpression' $command.Extent '' }
        if ($called -eq 'Write-Host') { & $say 'PSAvoidUsingWriteHost' $command.Extent '' }
        if ($called -like '*-WmiObject') { & $say 'PSAvoidUsingWMICmdlet' $command.Extent '' }
        if ($called -eq 'ConvertTo-SecureString' -and $command.Extent.Text -match '-AsPlainText') { & $say 'PSAvoidUsingConvertToSecureStringWithPlainText' $command.Extent '' }
    }
    foreach ($block in & $all ([System.Management.Automation.Language.CatchClauseAst])) {
        if ($block.Body.Statements.Count -eq 0) { & $say 'PSAvoidUsingEmptyCatchBlock' $block.Extent '' }
    }
    foreach ($variable in & $all ([System.Management.Automation.Language.VariableExpressionAst])) {
        if ($variable.VariablePath.IsGlobal) { & $say 'PSAvoidGlobalVars' $variable.Extent $variable.Extent.Text }
    }
    foreach ($assignment in & $all ([System.Management.Automation.Language.AssignmentStatementAst])) {
        $left = $assignment.Left -as [System.Management.Automation.Language.VariableExpressionAst]
        if ($null -ne $left -and $left.VariablePath.UserPath -in $automatic) { & $say 'PSAvoidAssignmentToAutomaticVariable' $left.Extent $left.Extent.Text }
    }
    foreach ($comparison in & $all ([System.Management.Automation.Language.BinaryExpressionAst])) {
        # On the right of an array it is a filter, which is meant where the left is written as one.
        if ($comparison.Operator -match '^[CI](eq|ne)$' -and $comparison.Right.Extent.Text -eq '$null' -and $comparison.Left -isnot [System.Management.Automation.Language.ArrayExpressionAst]) {
            & $say 'PSPossibleIncorrectComparisonWithNull' $comparison.Extent $comparison.Extent.Text
        }
    }
    foreach ($function in & $all ([System.Management.Automation.Language.FunctionDefinitionAst])) {
        $verb, $noun = $function.Name.Split('-', 2)
        if ($verb -notin $verbs) { & $say 'PSUseApprovedVerbs' $function.Extent $function.Name }
        if ($noun -cmatch '[^s]s$' -and $noun -notmatch '(us|is|ics|News|Statistics)$') { & $say 'PSUseSingularNouns' $function.Extent $function.Name }
        if ($noun -match '[#,(){}\[\]&/\\$^;:"''<>|?@`*~%+=]') { & $say 'PSReservedCmdletChar' $function.Extent $function.Name }
        $block = $function.Body.ParamBlock
        $parameters = @($function.Parameters) + @($block.Parameters) -ne $null
        $supports = $block.Attributes.Extent.Text -match 'SupportsShouldProcess'
        if ($verb -in 'New', 'Set', 'Remove', 'Start', 'Stop', 'Restart', 'Reset', 'Update' -and -not $supports) { & $say 'PSUseShouldProcessForStateChangingFunctions' $function.Extent $function.Name }
        # The names of variables in the whole function, and in texts.
        $used = @($function.Body.FindAll({ $args[0] -is [System.Management.Automation.Language.VariableExpressionAst] }, $true) | Where-Object { $_.Parent -isnot [System.Management.Automation.Language.ParameterAst] })
        foreach ($parameter in $parameters) {
            $which = $parameter.Name.VariablePath.UserPath
            if ($which -match 'password|passphrase' -and $parameter.StaticType -eq [string]) { & $say 'PSAvoidUsingPlainTextForPassword' $parameter.Extent $which }
            if ($parameter.StaticType -eq [switch] -and $parameter.DefaultValue.Extent.Text -eq '$true') { & $say 'PSAvoidDefaultValueSwitchParameter' $parameter.Extent $which }
            if ($which -in [System.Management.Automation.Cmdlet]::CommonParameters) { & $say 'PSReservedParams' $parameter.Extent $which }
            if ($used.VariablePath.UserPath -notcontains $which -and $function.Body.Extent.Text -notmatch 'PSBoundParameters') { & $say 'PSReviewUnusedParameter' $parameter.Extent $which }
        }
        foreach ($one in $function.Body.FindAll({ $args[0] -is [System.Management.Automation.Language.AssignmentStatementAst] }, $true)) {
            $left = $one.Left -as [System.Management.Automation.Language.VariableExpressionAst]
            if ($null -eq $left -or $left.VariablePath.IsScript -or $left.VariablePath.DriveName -or $left.VariablePath.UserPath -in $settable + 'null') { continue }
            if (@($used | Where-Object { $_.VariablePath.UserPath -replace '^\w+:' -eq ($left.VariablePath.UserPath -replace '^\w+:') }).Count -lt 2) { & $say 'PSUseDeclaredVarsMoreThanAssignments' $left.Extent $left.Extent.Text }
        }
    }
}
