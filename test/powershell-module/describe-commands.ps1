# What PowerShell itself says of the functions of the module, a line of JSON each.
param([Parameter(Mandatory)][string]$Manifest)
Import-Module $Manifest
$common = [System.Management.Automation.Cmdlet]::CommonParameters
foreach ($command in Get-Command -Module Cimlet.DhcpServer -CommandType Function) {
    $parameters = foreach ($parameter in $command.Parameters.Values) {
        if ($parameter.Name -in $common) { continue }
        $type = [System.Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
        $sets = foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
            [ordered]@{ set = $set.Key; required = $set.Value.IsMandatory; position = $set.Value.Position -lt 0 ? $null : $set.Value.Position; byName = $set.Value.ValueFromPipelineByPropertyName }
        }
        $values = $parameter.Attributes.Where({ $_ -is [System.Management.Automation.ValidateSetAttribute] }).ValidValues
        [ordered]@{ name = $parameter.Name; type = $type.Name; aliases = @($parameter.Aliases); sets = @($sets); values = @($values) }
    }
    [ordered]@{ name = $command.Name; shouldProcess = $command.Parameters.ContainsKey('WhatIf'); default = $command.DefaultParameterSet; parameters = @($parameters) } | ConvertTo-Json -Compress -Depth 6
}
