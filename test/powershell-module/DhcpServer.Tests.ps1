# What somebody who tests scripts with Pester sees of the module: errors by id, mocks, filters by parameters.
BeforeAll {
    Import-Module $env:CIMLET_MANIFEST
    $Server = @{ ComputerName = 'dhcpserver.contoso.com' }

    function Add-Pair {
        param([string]$Name, [string]$Scope)
        if (Get-DhcpServerv4Failover @Server -ScopeId $Scope -ErrorAction SilentlyContinue) { throw "$Scope is in a relationship." }
        Add-DhcpServerv4Failover @Server -Name $Name -ScopeId $Scope -PartnerServer dhcpserver2.contoso.com -Force
    }
}

Describe 'the manifests' {
    It '<_> is valid' -ForEach 'Cimlet.DhcpServer', 'DhcpServer', 'CimCmdlets' {
        $path = [System.IO.Path]::Combine($env:CIMLET_MANIFEST, '..', '..', $_, "$_.psd1")
        $manifest = Test-ModuleManifest -Path $path -ErrorAction Stop
        $manifest.ExportedFunctions.Count | Should -BeGreaterOrEqual 12
        $manifest.PowerShellVersion | Should -Be ([version]'7.4')
    }
    It 'have approved verbs only' {
        (Get-Command -Module Cimlet.DhcpServer -CommandType Function).Verb | Sort-Object -Unique | Should -BeIn (Get-Verb).Verb
    }
}

Describe 'results' {
    It 'are instances with their types' {
        $scope = Get-DhcpServerv4Scope @Server -ScopeId 10.10.10.0
        $scope.ScopeId | Should -BeOfType ([ipaddress])
        $scope.LeaseDuration | Should -Be ([timespan]::FromDays(8))
        $scope.psobject.TypeNames | Should -Contain 'Microsoft.Management.Infrastructure.CimInstance#DhcpServerv4Scope'
    }
    It 'are <Count> scopes on <Name>' -ForEach @{ Name = 'dhcpserver.contoso.com'; Count = 2 }, @{ Name = 'dhcpserver2.contoso.com'; Count = 0 } {
        Get-DhcpServerv4Scope -ComputerName $Name | Should -HaveCount $Count
    }
    It 'are nothing for a server without relationships' {
        Get-DhcpServerv4Failover @Server | Should -BeNullOrEmpty
    }
}

Describe 'errors' {
    It 'have the id of Windows, and its type' {
        { Get-DhcpServerv4Failover @Server -Name None -ErrorAction Stop } |
            Should -Throw -ErrorId 'DHCP 20115,Get-DhcpServerv4Failover' -ExceptionType ([Microsoft.Management.Infrastructure.CimException])
    }
    It 'of the binder come before anything is sent' {
        { Add-DhcpServerv4Failover @Server -Name A -ScopeId 10.10.10.0 -PartnerServer b -LoadBalancePercent 101 } |
            Should -Throw -ErrorId 'ParameterArgumentValidationError,Add-DhcpServerv4Failover'
    }
    It 'are not terminating without -ErrorAction Stop' {
        { Get-DhcpServerv4Failover @Server -Name None -ErrorAction SilentlyContinue } | Should -Not -Throw
    }
}

Describe 'mocks' {
    It 'stand in for the functions, with their parameters' {
        Mock Get-DhcpServerv4Failover { [pscustomobject]@{ Name = 'X' } } -ParameterFilter { $ScopeId -contains '10.10.10.0' }
        Mock Add-DhcpServerv4Failover {}
        { Add-Pair -Name P -Scope 10.10.10.0 } | Should -Throw '10.10.10.0 is in a relationship.'
        Should -Invoke Add-DhcpServerv4Failover -Times 0 -Exactly
        Should -Invoke Get-DhcpServerv4Failover -Times 1 -Exactly -ParameterFilter { $ComputerName -eq 'dhcpserver.contoso.com' }
    }
    It 'are gone with their test' {
        Add-Pair -Name P -Scope 10.10.10.0
        (Get-DhcpServerv4Failover @Server -Name P).State | Should -Be Normal
        Remove-DhcpServerv4Failover @Server -Name P -Force
    }
}
