// The commands about pairs on the lab of --seed drift: what they print, and with which exit code they end.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { driftDescription } from '../../../../lib/emulator/lab/drift.js';
import { createLab, type Lab } from '../../../../lib/emulator/lab/lab.js';
import type { PairComparison } from '../../../../lib/pairs/index.js';
import { runCommand } from '../../command-harness.js';

const A = 'dhcpserver.contoso.com';
const B = 'dhcpserver2.contoso.com';
const NAME = 'SFO-SIN-Failover';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimlet-pairs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Given {
  /** What is done to the lab before. */
  readonly prepare?: (lab: Lab) => void;
  readonly answers?: readonly string[];
}

function run(words: readonly string[], { prepare, answers }: Given = {}) {
  const makeLab = () => {
    const lab = createLab(driftDescription());
    prepare?.(lab);
    return lab;
  };
  return runCommand(['--emulator', ...words], { createLab: makeLab, ...(answers && { answers }) });
}

/** Both servers have what the first one has. */
function inStep(lab: Lab): void {
  const [first, second] = [lab.server(A), lab.server(B)];
  for (const [scopeId, scope] of first.scopes) {
    const copy = second.scopes.get(scopeId);
    if (copy !== undefined) copy.configuration = structuredClone(scope.configuration);
  }
  second.configuration.optionValues = first.configuration.optionValues;
}

describe('cimlet compare', () => {
  it('tells exactly the drift, as a table by scope with both values and what it means', async () => {
    const { code, stdout } = await run(['compare', A]);
    expect(code).toBe(3);
    const [head = ''] = stdout.split('\n');
    expect(head).toBe(
      `${A} and ${B}, ${NAME} (Normal / Normal): 7 differences, 1 difference that Windows never replicates.`,
    );
    const rows = stdout
      .split('\n')
      .filter((line) => / {2}(?:reservation|option|scope|policy|exclusion|server)/.test(line));
    expect(rows).toHaveLength(8);
    expect(rows.find((row) => row.includes('10.10.10.40'))).toMatch(
      /reservation 10\.10\.10\.40 +ClientId 00-15-5d-0a-0a-28 +ClientId 00-15-5d-ff-ff-28 +The address is kept/,
    );
    expect(rows.find((row) => row.includes('option 3'))).toMatch(/option 3 +10\.10\.10\.1 +10\.10\.10\.254 /);
    expect(rows.find((row) => row.includes('exclusion'))).toMatch(/10\.20\.20\.10 to 10\.20\.20\.19 +- +yes /);
    expect(stdout).toMatch(/^ {2}What +On dhcpserver +On dhcpserver2 +Meaning$/m);
    expect(stdout).toMatch(/^10\.10\.10\.0$/m);
    expect(stdout).toMatch(/^Never replicated by Windows$/m);
    expect(stdout).toContain(`Replicating ${A} to ${B} would add 1, change 4 and remove 2 there;`);
  });

  it('shows both sides in a short line, too', async () => {
    const { stdout } = await run(['--width', '80', 'compare', A, NAME]);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => /^ {2}What +On dhcpserver +On dhcpserver2 +Meaning$/.test(line))).toHaveLength(3);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    const at = lines.findIndex((line) => line.includes('reservation 10.10.10.40'));
    expect(lines.slice(at, at + 3).join('\n')).toContain('00-15-5d-ff-ff-28');
  });

  it('has all of it as JSON', async () => {
    const { code, stdout } = await run(['compare', A, NAME, '--json']);
    expect(code).toBe(3);
    const comparison = JSON.parse(stdout) as PairComparison;
    expect(comparison.differences).toHaveLength(7);
    expect(comparison.verdict).toBe('different');
  });

  it('ends with 0 in step', async () => {
    const { code, stdout } = await run(['compare', A], { prepare: inStep });
    expect(stdout).toContain(': in step.');
    expect(code).toBe(0);
  });

  it('leaves out what Windows never replicates when it is told to', async () => {
    const prepare = (lab: Lab) => {
      inStep(lab);
      lab.server(B).configuration.optionValues = [];
    };
    expect((await run(['compare', A], { prepare })).code).toBe(3);
    expect((await run(['compare', A, '--replicated-only'], { prepare })).code).toBe(0);
  });

  it('ends with 4 where something is not known, and says what and why', async () => {
    const { code, stdout } = await run(['compare', A], { prepare: (lab) => lab.powerOff(B) });
    expect(code).toBe(4);
    expect(stdout).toMatch(/^Not known$/m);
    expect(stdout).toContain('everything');
  });

  it('ends with 1 where the server does not answer, or has no such relationship', async () => {
    expect((await run(['compare', A], { prepare: (lab) => lab.powerOff(A) })).code).toBe(1);
    const { code, stderr } = await run(['compare', A, 'other']);
    expect(code).toBe(1);
    expect(stderr).toContain(`It has ${NAME}.`);
  });

  it.each([
    [['compare'], 'compare SERVER [RELATIONSHIP]'],
    [['compare', A, NAME, 'more'], 'compare SERVER [RELATIONSHIP]'],
    [['compare', A, '--flet', 'x'], 'Did you mean --fleet?'],
    [['compare', A, '--fleet', 'x'], '--fleet stands in the place'],
    [['compare', '--partner'], '--partner has no value'],
    [['put-back', A], 'put-back SERVER FILE'],
  ])('refuses %j', async (words, remedy) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(remedy);
  });

  it('shows hostile names harmlessly, on one line and cut', async () => {
    const names = ['\u202egpj.exe', 'a\nFAKE: in step', '\u001b[2J', 'y'.repeat(10_000)];
    const { stdout, code } = await run(['compare', A], {
      prepare: (lab) => {
        const { configuration } = lab.server(B).scopes.get('10.30.30.0') ?? {};
        if (configuration === undefined) return;
        configuration.reservations = names.slice(0, 2).map((name, index) => ({
          ipAddress: `10.30.30.${100 + index}`,
          clientId: `00-15-5d-00-00-0${index}`,
          name,
          description: names[3] ?? '',
          type: 'Both' as const,
        }));
      },
    });
    expect(code).toBe(3);
    expect([...stdout].some((c) => c === '\u001b' || (c >= '\u202a' && c <= '\u202e'))).toBe(false);
    expect(stdout).not.toMatch(/^FAKE/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(400);
  });

  it('logs on to nobody whose name is none', async () => {
    const { code, stderr } = await run(['compare', A], {
      prepare: (lab) => {
        for (const [key, copy] of lab.server(A).relationships) {
          lab.server(A).relationships.set(key, { ...copy, secondaryServerName: 'evil.example/x?y' });
        }
      },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('--partner HOST');
  });
});

describe('cimlet compare --fleet', () => {
  const fleet = (text: string): string => {
    const file = join(folder, 'fleet.txt');
    writeFileSync(file, text);
    return file;
  };

  it('has one line a pair, each pair once, whichever of its servers are named', async () => {
    const { code, stdout, stderr } = await run(['compare', '--fleet', fleet(`# pairs\n${A}\n\n${B} ${NAME}\n`)]);
    expect(code).toBe(3);
    expect(stdout.trim().split('\n')).toEqual([
      `DIFFERENT  ${A} and ${B}, ${NAME}: 7 differences, 1 difference that Windows never replicates`,
    ]);
    expect(stderr).toContain('1 pair: 0 in step, 1 different, 0 not known, 0 failed.');
  });

  it('goes on behind a server that fails, and ends with 1', async () => {
    const { code, stdout } = await run(['compare', '--fleet', fleet(`nowhere.contoso.com\n${A}\n`)], {
      prepare: inStep,
    });
    expect(code).toBe(1);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^ERROR +nowhere\.contoso\.com: /);
    expect(lines[1]).toMatch(/^in step /);
  });

  it('has a line of JSON a pair', async () => {
    const { stdout } = await run(['compare', '--fleet', fleet(`${A}\nnowhere.contoso.com\n`), '--json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { verdict?: string; problem?: { code: string } });
    expect(lines.map(({ verdict, problem }) => verdict ?? problem?.code)).toEqual([
      'different',
      'ERR_NAME_NOT_RESOLVED',
    ]);
  });

  it('tries a wrong password once', async () => {
    const argv = [
      '--user',
      'CONTOSO\\dhcpadmin',
      '--password-env',
      'PW',
      '--emulator',
      'compare',
      '--fleet',
      fleet(`${A}\n${B}\n`),
    ];
    const { code, stdout, stderr } = await runCommand(argv, {
      createLab: () => createLab(driftDescription()),
      env: { PW: 'wrong' },
    });
    expect(code).toBe(1);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('1 server was not asked: the logon was refused');
  });

  it('refuses a file that is not there, and one that names nobody', async () => {
    expect((await run(['compare', '--fleet', join(folder, 'absent')])).stderr).toContain('ENOENT');
    expect((await run(['compare', '--fleet', fleet('# nobody\n')])).code).toBe(2);
  });
});

describe('cimlet replicate', () => {
  it('shows with --plan what would be lost, and changes nothing', async () => {
    const { code, stdout, lab } = await run(['replicate', A, '--plan']);
    expect(code).toBe(0);
    expect(stdout).toContain('Adds 1, changes 4, removes 2:');
    expect(stdout).toContain(`remove from ${B}: 10.10.10.0, reservation 10.10.10.43: `);
    expect(stdout).toContain(`change on ${B}: 10.20.20.0, policy Phones: Enabled false -> true`);
    expect(stdout).toContain('Stays different:');
    expect(stdout).toContain(`Invoke-DhcpServerv4FailoverReplication -ComputerName '${A}' -Name '${NAME}'`);
    expect(lab.server(B).scopes.get('10.10.10.0')?.configuration.reservations).toHaveLength(3);
  });

  it('asks, saves what goes, replicates, and put-back gives it again', async () => {
    const file = join(folder, 'saved.json');
    const done = await run(['replicate', A, '--save', file], { answers: ['1'] });
    expect(done.stderr).toContain('Type "1" without the quotes');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('Done: 0 differences now that replication carries.');
    const { lab } = done;
    expect(
      lab
        .server(B)
        .scopes.get('10.10.10.0')
        ?.configuration.reservations.map(({ ipAddress }) => ipAddress),
    ).not.toContain('10.10.10.43');
    expect(readFileSync(file, 'utf8')).toContain('10.10.10.43');
    const back = await runCommand(['--emulator', 'put-back', B, file, '--save', join(folder, 'before.json')], {
      createLab: () => createLab(lab.save()),
      answers: ['yes'],
    });
    expect(back.stdout).toContain('add to');
    expect(back.code).toBe(0);
    expect(
      back.lab
        .server(B)
        .scopes.get('10.10.10.0')
        ?.configuration.reservations.map(({ ipAddress }) => ipAddress),
    ).toContain('10.10.10.43');
  });

  it('changes nothing when something else is typed, or nobody can be asked', async () => {
    const refused = await run(['replicate', A, '--save', join(folder, 'x')], { answers: ['no'] });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Nothing was changed.');
    const alone = await run(['replicate', A, '--save', join(folder, 'x')]);
    expect(alone.code).toBe(1);
    expect(alone.stderr).toContain('no terminal to ask on');
    for (const { lab } of [refused, alone]) {
      expect(lab.server(B).scopes.get('10.10.10.0')?.configuration.reservations).toHaveLength(3);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has nothing to do in step', async () => {
    const { code, stderr } = await run(['replicate', A], { prepare: inStep });
    expect([code, stderr.trim()]).toEqual([0, 'There is nothing to do.']);
  });
});
