# What the functions share that make the calls.

$script:Protocol = 1
$script:LongestLine = 16MB
# Requests of piped objects that are open at a time, as the engine of Windows has several jobs at work.
$script:OpenAtATime = 16
# Lines of results that may lie here unread, for each call.
$script:Credit = 16
$script:Scope = [runspace]::DefaultRunspace.InstanceId.ToString('N')
$script:Prefix = [guid]::NewGuid().ToString('N').Substring(0, 12)
$script:Serial = 0
$script:Manifest = [System.IO.Path]::Combine($PSScriptRoot, 'Cimlet.DhcpServer.psd1')
$script:Builders = @{}
$script:Invariant = [cultureinfo]::InvariantCulture
$script:Common = [System.Collections.Generic.HashSet[string]]::new([string[]][System.Management.Automation.Cmdlet]::CommonParameters, [StringComparer]::OrdinalIgnoreCase)
