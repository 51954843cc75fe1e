import { describe, expect, it } from '@jest/globals';
import { explainLine } from '../../../../lib/cli/commands/explain/explain-line.js';
import type { ExplainedCmdlet, ExplainedStatement } from '../../../../lib/cli/commands/explain/explained-line.js';
import { parseCommandWords } from '../../../../lib/cli/language/command-words.js';
import { commandDefinitions } from '../../../../lib/cli/pipeline/command-definitions.js';
import type { MethodInvocation } from '../../../../lib/cmdlet/contract/cmdlet-session.js';
import { fuzzRuns, fuzzSeed } from '../../../fuzz-runs.js';
import { generateLines } from '../../../powershell/lines/generated-lines.js';
import { StubServers } from '../../../powershell/live/stub-session.js';
import { runLine } from '../../../powershell/run-line.js';
import { declaredCmdlets } from '../../../powershell/stub/cdxml-cmdlets.js';
import { stubClasses } from '../../../powershell/stub/stub-objects.js';
import { runCommand } from '../../command-harness.js';

const explain = (line: string) => explainLine(parseCommandWords([line]), commandDefinitions, {});

async function only(line: string): Promise<ExplainedCmdlet> {
  const { statements } = await explain(line);
  const stage = statements.at(-1)?.stages.at(-1);
  if (stage?.kind !== 'cmdlet') throw new Error(`${line} does not end in a cmdlet.`);
  return stage;
}

describe('a line that is explained', () => {
  it('shows the set, the types, the values as they are bound, and the targets', async () => {
    expect(
      await only('Add-DhcpServerv4Failover SFO-SIN 10.10.10.0,10.20.20.0 dhcp2 -SharedSecret s3cret -Cn dhcp1'),
    ).toEqual({
      kind: 'cmdlet',
      name: 'Add-DhcpServerv4Failover',
      parameterSets: ['LoadBalance'],
      parameters: [
        { name: 'SharedSecret', type: 'String', value: '[secret]' },
        { name: 'ComputerName', type: 'String', value: 'dhcp1' },
        { name: 'Name', type: 'String', value: 'SFO-SIN' },
        { name: 'ScopeId', type: 'IPAddress[]', value: ['10.10.10.0', '10.20.20.0'] },
        { name: 'PartnerServer', type: 'String', value: 'dhcp2' },
      ],
      fromPipeline: [],
      defaults: {},
      approves: ['Force'],
      sends: ['method root/Microsoft/Windows/DHCP/PS_DhcpServerv4Failover.AddByLoadBalance'],
      targets: ['dhcp1'],
      asks: true,
      whatIf: false,
    });
  });

  it('says what a piped object gives, and what is not known before the line runs', async () => {
    const removed = await only('Get-DhcpServerv4Scope | Remove-DhcpServerv4Scope -Force');
    expect([removed.fromPipeline, removed.targets]).toEqual([['ScopeId'], ['where the piped object came from']]);
    const named = await only('$x = Get-DhcpServerv4Scope; Get-DhcpServerv4Lease -ScopeId $x[0].ScopeId');
    expect(named.parameters).toEqual([{ name: 'ScopeId', type: 'IPAddress', expression: '$x[0].ScopeId' }]);
  });

  it('shows the cmdlets of script blocks and of parentheses', async () => {
    const { statements } = await explain(
      'Get-DhcpServerv4Failover | % { Invoke-DhcpServerv4FailoverReplication -Name $_.Name -Force }',
    );
    expect(statements[0]?.inner[0]?.stages.map(({ name }) => name)).toEqual(['Invoke-DhcpServerv4FailoverReplication']);
  });

  it('refuses what the line would be refused for', async () => {
    await expect(explain('Get-DhcpServerv4Scope -Nosuch 1')).rejects.toThrow('has no parameter named "Nosuch"');
    const { statements, refusals } = await explain('Get-DhcpServerv4Scope; Remove-DhcpServerv4Scope');
    expect(refusals.map(({ message }) => message)).toEqual([
      'Remove-DhcpServerv4Scope needs ScopeId, which is missing.',
    ]);
    expect(statements.map(({ stages }) => stages.map(({ name }) => name))).toEqual([
      ['Get-DhcpServerv4Scope'],
      ['Remove-DhcpServerv4Scope'],
    ]);
    const { code } = await runCommand(['--explain', 'Get-DhcpServerv4Scope', '-ScopeId', 'x']);
    expect(code).toBe(2);
  });

  it('repeats no secret, wherever it stands', async () => {
    const lines = [
      "Add-DhcpServerv4Failover a 10.0.0.0 b -SharedSecret 'hunter2' -Force",
      "$s = 'hunter2'; Add-DhcpServerv4Failover a 10.0.0.0 b -SharedSecret $s -Force",
      "$p = @{ SharedSecret = 'hunter2' }; Set-DhcpServerv4Failover a @p",
      'Get-DhcpServerv4Failover | Set-DhcpServerv4Failover -SharedSecret hunter2',
      'Get-DhcpServerv4Failover | % { Set-DhcpServerv4Failover $_.Name -SharedSecret:hunter2 }',
      'Get-DhcpServerv4Failover | % { Set-DhcpServerv4Failover $_.Name -SharedSecret (Write-Output hunter2) }',
    ];
    for (const line of lines) {
      for (const json of [[], ['--json']]) {
        const { code, stdout, stderr } = await runCommand([...json, '--explain', line]);
        expect([line, code, `${stdout}${stderr}`.includes('hunter2')]).toEqual([line, 0, false]);
      }
    }
  });

  it('shows a secret that would be asked for', async () => {
    const { parameters } = await only('Set-DhcpServerv4Failover a -SharedSecret');
    expect(parameters).toEqual([
      { name: 'SharedSecret', type: 'String', value: '[secret]' },
      { name: 'Name', type: 'String', value: 'a' },
    ]);
  });

  it('opens no session and asks for no password', async () => {
    const { code, stdout } = await runCommand([
      '--user',
      'CONTOSO\\x',
      '--explain',
      'Remove-DhcpServerv4Scope 10.10.10.0 -Cn nowhere.invalid',
    ]);
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'Remove-DhcpServerv4Scope (set Remove2)',
        '    -ComputerName [String] nowhere.invalid',
        '    -ScopeId [IPAddress[]] ["10.10.10.0"]',
        '    sends method root/Microsoft/Windows/DHCP/PS_DhcpServerv4Scope.Remove to nowhere.invalid',
        'Nothing was sent.',
        '',
      ],
    ]);
    expect((await runCommand(['--explain', 'demo'])).code).toBe(2);
  });
});

/** Every cmdlet of an explained line, those that stand in blocks too. */
function cmdletsOf(statements: readonly ExplainedStatement[]): ExplainedCmdlet[] {
  return statements.flatMap(({ stages, inner }) => [
    ...stages.filter((stage): stage is ExplainedCmdlet => stage.kind === 'cmdlet'),
    ...cmdletsOf(inner),
  ]);
}

/** What a request is, that an explanation has to show: its method, and parameters by their names. */
function isShown({ className, method, parameters }: MethodInvocation, cmdlets: readonly ExplainedCmdlet[]): boolean {
  return cmdlets.some(({ sends, parameters: own, fromPipeline, defaults, approves }) => {
    const names = [...own.map(({ name }) => name), ...fromPipeline, ...Object.keys(defaults), ...approves].map((name) =>
      name.toLowerCase(),
    );
    const isSplatted = own.some(({ name }) => name === '(splatted)');
    return (
      sends.some((text) => text.endsWith(`/${className}.${method.name}`)) &&
      (isSplatted || Object.keys(parameters).every((name) => names.includes(name.toLowerCase())))
    );
  });
}

it('shows every request that is sent when it is run', async () => {
  const seed = fuzzSeed(5);
  const lines = generateLines(seed, Math.min(fuzzRuns(400), 10_000), declaredCmdlets(), stubClasses());
  let sent = 0;
  const hidden: string[] = [];
  for (const { line } of lines) {
    const requests: MethodInvocation[] = [];
    const servers = new StubServers((request) => requests.push(request));
    await runLine(line, servers.open);
    if (requests.length === 0) continue;
    sent += requests.length;
    const { statements } = await explain(line);
    const cmdlets = cmdletsOf(statements);
    for (const request of requests)
      if (!isShown(request, cmdlets)) hidden.push(`${line}: ${request.className}.${request.method.name}`);
  }
  expect(hidden).toEqual([]);
  expect(sent).toBeGreaterThan(100);
});
