import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EmulatorAddresses } from '../../lib/cli/commands/emulator-command.js';
import { PackedPackage } from '../package/packed-package.js';
import { describeWithPowerShell, type Environment, FORMS, runPowerShell, title } from './powershell-program.js';

/** The examples of Add-DhcpServerv4Failover's documentation, as they stand there. */
const EXAMPLES = [
  'Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -SharedSecret "sEcReT"',
  'Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ServerRole Standby -ScopeId 10.10.10.0,10.20.20.0',
  'Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -LoadBalancePercent 70 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
  'Add-DhcpServerv4Failover -ComputerName "dhcpserver.contoso.com" -Name "SFO-SIN-Failover" -PartnerServer "dhcpserver2.contoso.com" -ScopeId 10.10.10.0,10.20.20.0 -ReservePercent 10 -MaxClientLeadTime 2:00:00 -AutoStateTransition $True -StateSwitchInterval 2:00:00',
];

/** What their titles say of the relationship; the first has a secret, and asks before it is sent. */
const SHOWN = [
  'Mode',
  'LoadBalancePercent',
  'ServerRole',
  'ReservePercent',
  'MaxClientLeadTime',
  'AutoStateTransition',
  'EnableAuth',
];

describeWithPowerShell(title('cimlet, installed as a user does it'), () => {
  let home: string;
  let packed: PackedPackage;
  let emulator: ChildProcess;
  let env: Record<string, string>;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'home ü '));
    packed = new PackedPackage();
    const prefix = join(home, 'npm');
    mkdirSync(prefix);
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', '-g', '--prefix', prefix, ...quietly, packed.tarball], {
      cwd: home,
      stdio: 'ignore',
    });
    env = { HOME: home, XDG_DATA_HOME: '', PATH: [join(prefix, 'bin'), process.env['PATH']].join(delimiter) };
    execFileSync('cimlet', ['powershell', '--install'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    emulator = spawn('cimlet', ['emulator', '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(emulator.stdout as NodeJS.ReadableStream, 'data');
    const { servers, credential, ca } = JSON.parse(String(line)) as EmulatorAddresses;
    const places = servers.map(({ name, https }) => `--connect-to ${name}:5986:${https.host}:${https.port}`);
    env['LAB_PASSWORD'] = credential.password;
    env['CIMLET_OPTIONS'] =
      `--auth CredSsp --use-ssl --ca '${ca}' --user '${credential.userName}' --password-env LAB_PASSWORD ${places.join(' ')}`;
  });
  afterAll(async () => {
    emulator.kill('SIGINT');
    await once(emulator, 'exit');
    packed.remove();
    rmSync(home, { recursive: true });
  });

  // What is installed is the same in both forms; what it answers is not.
  it.each(FORMS)(
    'a new PowerShell finds the cmdlets by their names, and Get-DhcpServerv4Failover answers, with %s',
    async (_, form) => {
      const { stdout, stderr } = await runPowerShell(
        [
          '-NonInteractive',
          '-Command',
          'Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com; "$? $((Get-Command Get-DhcpServerv4Failover).Source)"',
        ],
        { ...env, ...form },
      );
      expect([stdout.trim(), stderr]).toEqual(['True Cimlet.DhcpServer', '']);
    },
  );

  it.each(FORMS)('runs the four examples of the documentation as they stand there, with %s', async (_, form) => {
    const lines = EXAMPLES.flatMap((example) => [
      example,
      `Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com | ForEach-Object { "> $(@(${SHOWN.map((name) => `$_.${name}`).join(', ')}) -join '|') $($_.ScopeId -join ',')" }`,
      'Remove-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com -Name SFO-SIN-Failover -Force',
    ]);
    const { stdout, stderr } = await runPowerShell(['-Command', lines.join('\n')], { ...env, ...form }, 'Y\n');
    expect(stderr).toBe('');
    expect(stdout).toContain('[Y] Yes');
    expect(stdout.split('\n').filter((line) => line.startsWith('> '))).toEqual([
      '> LoadBalance|50|||01:00:00|False|True 10.10.10.0,10.20.20.0',
      '> HotStandby||Standby|5|01:00:00|False|False 10.10.10.0,10.20.20.0',
      '> LoadBalance|70|||02:00:00|True|False 10.10.10.0,10.20.20.0',
      '> HotStandby||Active|10|02:00:00|True|False 10.10.10.0,10.20.20.0',
    ]);
  });

  it.each(FORMS)(
    'with a lab of its own it answers, too, and runs the script of the documentation as it was installed, with %s',
    async (_, form) => {
      const script = join(home, 'npm/lib/node_modules/cimlet/examples/powershell/failover-report.ps1');
      const report = join(home, 'report');
      const { stdout, stderr } = await runPowerShell(
        [
          '-NonInteractive',
          '-Command',
          `Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com; "answered: $?"
& '${script}' -Server dhcpserver.contoso.com -Partner dhcpserver2.contoso.com -Path '${report}'
Get-DhcpServerv4Failover -ComputerName dhcpserver.contoso.com | ForEach-Object { "pair: $($_.Name)" }`,
        ],
        { ...env, ...form, CIMLET_OPTIONS: '--emulator' },
      );
      expect([stdout.trim().split('\n'), stderr]).toEqual([
        ['answered: True', '2 scopes, 0 problems', 'pair: dhcpserver-dhcpserver2'],
        '',
      ]);
      expect(readFileSync(`${report}.csv`, 'utf8')).toContain('"dhcpserver2.contoso.com","LoadBalance","Normal"');
      expect(readFileSync(`${report}.html`, 'utf8')).toContain('<td>10.20.20.0</td>');
    },
  );

  it('Install-PSResource takes the packed modules from a repository that is a folder, and they work in both forms', async () => {
    const own = {
      ...env,
      HOME: join(home, 'other'),
      XDG_CACHE_HOME: '',
      XDG_CONFIG_HOME: '',
      CIMLET_OPTIONS: '--emulator',
    };
    mkdirSync(own.HOME);
    const repository = join(home, 'packages');
    execFileSync('cimlet', ['powershell', '--pack', repository], { env: { ...process.env, ...own }, stdio: 'ignore' });
    const installing = `Register-PSResourceRepository -Name folder -Uri '${repository}' -Trusted
Install-PSResource -Name DhcpServer, CimCmdlets -Repository folder -Scope CurrentUser -Quiet`;
    const using = `#Requires -Modules DhcpServer
$session = New-CimSession dhcpserver.contoso.com
"$((Get-DhcpServerVersion -CimSession $session).MajorVersion) $((Get-Command Get-DhcpServerVersion, New-CimSession).Source -join ' ')"
(Get-DhcpServerv4Scope -CimSession $session -ScopeId 10.10.10.0 | Format-Table ScopeId, Name -HideTableHeaders | Out-String).Trim()
(Receive-Job (Get-DhcpServerVersion -CimSession $session -AsJob) -Wait).MajorVersion
(Get-Help Get-DhcpServerv4Scope).Syntax.syntaxItem.Count -gt 0`;
    const run = async (text: string, form: Environment = {}) => {
      const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-Command', text], { ...own, ...form });
      return [...stdout.trim().split('\n'), stderr];
    };
    expect(await run(installing)).toEqual(['', '']);
    for (const [, form] of FORMS) {
      expect(await run(using, form)).toEqual(['10 DhcpServer CimCmdlets', '10.10.10.0 SFO clients', '10', 'True', '']);
    }
  });

  it('is gone after --uninstall', async () => {
    execFileSync('cimlet', ['powershell', '--uninstall'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    expect(readdirSync(join(home, '.local/share/powershell/Modules'))).toEqual([]);
  });
});
