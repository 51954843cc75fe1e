/** PowerShell's own cmdlets that are not here, by what to do instead; names in lower case, the first part of a family for all of it. */
const REMEDIES: readonly (readonly [names: RegExp, remedy: string])[] = [
  [/^(?:(?:set|add)-content|sc|ac)$/, 'Out-File writes texts to a file, with -Append behind what it holds.'],
  [
    /^(?:export|convertto)-(?:clixml|xml|html)$/,
    'End the line in ConvertTo-Json or ConvertTo-Csv, or use --json, and convert that.',
  ],
  [/^(?:get-member|gm)$/, 'End the line in | Select-Object -First 1 | Format-List * to see the properties.'],
  [/^(?:out-gridview|ogv|format-wide|fw|format-custom|fc)$/, 'Use Format-Table or Format-List.'],
  [
    /^get-credential$/,
    'Where you log on: --user NAME with --password-env or --password-stdin, or wait for the prompt. A parameter takes the user name, -Credential CONTOSO\\dns, and the password from --secret-env, --secret-stdin or the prompt.',
  ],
  [
    /^(?:get|wait|receive|stop|remove|start)-job$/,
    'Leave -AsJob and the job cmdlets out: several servers are worked on at a time anyway, see -ThrottleLimit.',
  ],
  [/^(?:import|get)-module$|^ipmo$/, 'Leave it out: the cmdlets are built in.'],
  [/^(?:get-command|gcm)$/, 'Get-Help *Failover* lists cmdlets by name.'],
  [
    /^(?:invoke-command|icm|enter-pssession|new-pssession)$/,
    'Give the computers to the cmdlet itself: -CimSession server1,server2.',
  ],
  [
    /^read-host$/,
    'Let your shell ask, and put the value into the line or the environment ($env:NAME); a secret parameter without a value is asked for.',
  ],
  [/^(?:get-content|gc|cat|type)$/, 'Import-Csv and ConvertFrom-Json read what the line or a CSV file holds.'],
  [/^(?:start-sleep|sleep)$/, 'Let your shell wait between two lines.'],
  [/^(?:add-member|new-object)$/, 'Write [pscustomobject]@{ Name = "x" }, or a calculated property of Select-Object.'],
  [/^(?:(?:get|restart|start|stop)-service)$/, 'Services of Windows are read with Get-CimInstance Win32_Service.'],
  [/^get-(?:winevent|eventlog)$/, 'Events are read with Get-CimInstance -Query over Win32_NTLogEvent.'],
  [
    /^(?:test-netconnection|tnc|test-connection|test-wsman)$/,
    'cimlet test HOST takes the steps of a connection one by one.',
  ],
  [/^(?:write-(?:error|warning|verbose))$/, 'Write-Host says a text.'],
];

/** What to do instead of a cmdlet of PowerShell that cimlet has not; undefined for a name that is not among them. */
export function substituteFor(name: string): string | undefined {
  return REMEDIES.find(([names]) => names.test(name.toLowerCase()))?.[1];
}

/** What to do on the command line instead of a common parameter that the engine has not; by its full name. */
export const PARAMETER_SUBSTITUTES: Readonly<Record<string, string>> = {
  AsJob:
    'Leave -AsJob out, and run the command itself in the background of your shell; several servers are worked on at a time anyway.',
};
