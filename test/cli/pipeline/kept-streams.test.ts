// about_CommonParameters: -OutVariable, -ErrorVariable, -PipelineVariable; about_Pipeline_Chain_Operators: && and ||.
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../command-harness.js';

async function run(line: string) {
  const { code, stdout, stderr } = await runCommand(['--json', '--emulator', line]);
  const values = stdout
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one) as unknown);
  return { code, values, stderr };
}

const ABSENT = 'Get-DhcpServerv4Failover -Name absent -ErrorAction SilentlyContinue';

describe('a variable that a common parameter names', () => {
  it('holds the results, which also go on', async () => {
    const { code, values } = await run(
      'Get-DhcpServerv4Scope -OutVariable all | ForEach-Object Name; $all.Count; $all[1].Name',
    );
    expect({ code, values }).toEqual({ code: 0, values: ['SFO clients', 'SIN clients', 2, 'SIN clients'] });
  });

  it('gets more of them behind a +', async () => {
    const { values } = await run(
      'Get-DhcpServerv4Scope 10.10.10.0 -ov all | Out-Null; Get-DhcpServerv4Scope 10.20.20.0 -ov +all | Out-Null; $all.Name',
    );
    expect(values.flat()).toEqual(['SFO clients', 'SIN clients']);
  });

  it('holds the error records, those that are not shown, too', async () => {
    const { values, stderr } = await run(
      `${ABSENT} -ErrorVariable e; $e.Count; "$($e[0].FullyQualifiedErrorId)"; "$e"`,
    );
    expect(values).toEqual([
      1,
      'DHCP 20115,Get-DhcpServerv4Failover',
      'Failed to get failover relationship absent on DHCP server dhcpserver.contoso.com.',
    ]);
    expect(stderr).toBe('');
  });

  it('holds nothing where ErrorAction Ignore keeps no record', async () => {
    const { values } = await run('Get-DhcpServerv4Failover -Name absent -ea Ignore -ev e; $e.Count');
    expect(values).toEqual([0]);
  });

  it('holds the object on its way for the script blocks behind it', async () => {
    const { values } = await run(
      'Get-DhcpServerv4Scope -PipelineVariable s | Select-Object Name | ForEach-Object { "$($s.ScopeId) $($_.Name)" }',
    );
    expect(values).toEqual(['10.10.10.0 SFO clients', '10.20.20.0 SIN clients']);
  });

  it.each(['5$', 'true', '_', "''"])('cannot be called %s', async (name) => {
    const { code, values } = await run(`Get-DhcpServerVersion -OutVariable ${name}`);
    expect({ code, values }).toEqual({ code: 2, values: [] });
  });
});

describe('statements that && and || join', () => {
  it.each([
    [`${ABSENT} && 'then'`, []],
    [`${ABSENT} || 'else'`, ['else']],
    ["'a' && 'b'", ['a', 'b']],
    ["'a' || 'b'", ['a']],
    [`${ABSENT} && 'then' || 'else'`, ['else']],
    ["'a' || 'b' && 'c'", ['a', 'c']],
    [`${ABSENT} && 'then'; 'next'`, ['next']],
  ])('%s', async (line, expected) => {
    expect((await run(line)).values).toEqual(expected);
  });

  it.each(['$x = Get-DhcpServerVersion && $x', "'a' && $x = 5", "('a' && 'b')", "'a' &&", "'a' || ; 'b'"])(
    'does not take %s',
    async (line) => {
      expect(await run(line)).toMatchObject({ code: 2, values: [] });
    },
  );
});

it('Write-Host says a text on standard error', async () => {
  const { values, stderr } = await run(
    "Write-Host 'Removing' 2>$null; Write-Host -Separator ', ' a,b -ForegroundColor Red",
  );
  expect({ values, stderr }).toEqual({ values: [], stderr: 'Removing\na, b\n' });
});
