import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = join(__dirname, '../..').replaceAll('\\', '/');
const PRELUDE = `
import { addDhcpServerv4Failover, addDhcpServerv4FailoverScope, addDhcpServerv4Scope, getDhcpServerv4Failover, getDhcpServerv4Scope,
  getDhcpServerVersion, invokeDhcpServerv4FailoverReplication, removeDhcpServerv4Failover, removeDhcpServerv4Scope, setDhcpServerv4Failover,
  setDhcpServerv4Scope } from '${ROOT}/lib/dhcp-server/index.js';
import type { DhcpServerv4Failover, DhcpServerv4FailoverInstance, DhcpServerv4ScopeInstance } from '${ROOT}/lib/dhcp-server/index.js';
import type { CimInstanceJson, InvocationOptions, SetDhcpServerv4FailoverInput } from '${ROOT}/lib/index.js';
export type Used = [DhcpServerv4Failover, CimInstanceJson<object>, InvocationOptions, SetDhcpServerv4FailoverInput];
import { Secret } from '${ROOT}/lib/base/secret.js';
import { TimeSpan } from '${ROOT}/lib/cim/value/time-span.js';
declare const failover: DhcpServerv4FailoverInstance;
declare const scope: DhcpServerv4ScopeInstance;
export const all = [addDhcpServerv4Failover, addDhcpServerv4FailoverScope, addDhcpServerv4Scope, getDhcpServerv4Failover, getDhcpServerv4Scope,
  getDhcpServerVersion, invokeDhcpServerv4FailoverReplication, removeDhcpServerv4Failover, removeDhcpServerv4Scope, setDhcpServerv4Failover,
  setDhcpServerv4Scope, Secret, TimeSpan, failover, scope];
const relationship = { Name: 'n', PartnerServer: 'p', ScopeId: '10.0.0.0' };
export const used = [relationship];
`;

/** What must compile. */
const GOOD: Readonly<Record<string, string>> = {
  'each parameter set of Add': `
    addDhcpServerv4Failover({ ...relationship });
    addDhcpServerv4Failover({ ...relationship, LoadBalancePercent: 70, MaxClientLeadTime: '2:00:00', AutoStateTransition: true });
    addDhcpServerv4Failover({ ...relationship, ReservePercent: 5, ServerRole: 'Standby', StateSwitchInterval: { hours: 2 } });`,
  'both forms of an array, of a secret and of a time span': `
    addDhcpServerv4Failover({ ...relationship, ScopeId: ['10.0.0.0', '10.1.0.0'], SharedSecret: new Secret('x') });
    addDhcpServerv4Failover({ ...relationship, SharedSecret: 'x', MaxClientLeadTime: TimeSpan.from('1:00:00') });`,
  'engine parameters and aliases': `
    setDhcpServerv4Failover({ Name: 'n', Cn: 'a', Session: ['a', 'b'], wi: true, cf: false, ThrottleLimit: 4, ErrorAction: 'Stop', Verbose: true, Mode: 'LoadBalance' });
    getDhcpServerv4Failover({ CimSession: 'a' }, { timeoutMs: 1000, signal: AbortSignal.timeout(5) });
    getDhcpServerv4Failover();`,
  'a null secret turns authentication off': `setDhcpServerv4Failover({ Name: 'n', SharedSecret: null });`,
  'parameters left undefined': `
    const percent: number | undefined = Math.random() > 2 ? 60 : undefined;
    setDhcpServerv4Failover({ Name: 'n', LoadBalancePercent: percent, Force: undefined });`,
  'options without input for any cmdlet': `
    const options: InvocationOptions = { timeoutMs: 1000 };
    setDhcpServerv4Failover({ Name: 'n' }, options);
    getDhcpServerVersion({}, options);`,
  'copies of any kind as input': `
    setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: { ...failover } });
    setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: structuredClone({ ...failover }) });
    setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: failover.toJSON() as CimInstanceJson<DhcpServerv4Failover> });
    setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: { Name: 'n', PSComputerName: 'a' } });`,
  'a piped object in the place of what it brings': `
    removeDhcpServerv4Failover({ Force: true }, { input: getDhcpServerv4Failover() });
    setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: failover, timeoutMs: 1000 });
    setDhcpServerv4Failover({ Name: 'n', ReservePercent: 10 }, { input: [failover] });
    setDhcpServerv4Scope({ Description: 'x' }, { input: scope });
    addDhcpServerv4Failover({ Name: 'n', PartnerServer: 'p', ReservePercent: 5 }, { input: scope });
    addDhcpServerv4FailoverScope({ ScopeId: '10.1.0.0' }, { input: getDhcpServerv4Failover() });
    const piped = async (): Promise<void> => {
      const [changed] = await setDhcpServerv4Failover({ PassThru: true }, { input: failover });
      const state: string | undefined = changed?.State;
      const job = removeDhcpServerv4Scope({ AsJob: true }, { input: scope });
      all.push(state as never, job.state as never);
    };
    all.push(piped as never);`,
  'results with typed properties': `
    const work = async (): Promise<void> => {
      const [first] = await getDhcpServerv4Failover({ Name: ['a', 'b'] });
      if (first === undefined) return;
      const name: string = first.Name;
      const mode: 'LoadBalance' | 'HotStandby' = first.Mode;
      const percent: number | null = first.LoadBalancePercent;
      const lead: TimeSpan = first.MaxClientLeadTime;
      const computer: string | undefined = first.PSComputerName;
      for await (const id of invokeDhcpServerv4FailoverReplication({ Force: true })) { const text: string = id; all.push(text as never); }
      const [version] = await getDhcpServerVersion();
      const major: number | undefined = version?.MajorVersion;
      all.push(name as never, mode as never, percent as never, lead as never, computer as never, major as never);
    };
    all.push(work as never);`,
  'a job': `
    const job = getDhcpServerv4Failover({ AsJob: true });
    job.stop();
    for await (const item of getDhcpServerv4Failover({ AsJob: false })) all.push(item.State as never);`,
};

/** What must not compile, and a word of what the compiler says. */
const BAD: Readonly<Record<string, readonly [source: string, says: RegExp]>> = {
  'a percentage of each mode': [
    `addDhcpServerv4Failover({ ...relationship, LoadBalancePercent: 50, ReservePercent: 5 });`,
    /ReservePercent|LoadBalancePercent/,
  ],
  'a share beside a role': [
    `addDhcpServerv4Failover({ ...relationship, LoadBalancePercent: 50, ServerRole: 'Active' });`,
    /Active/,
  ],
  'a name beside a scope, by a sentence': [
    `getDhcpServerv4Failover({ Name: 'n', ScopeId: '10.0.0.0' });`,
    /belongs to parameter set \w+, not to \w+: keep to the parameters of one set/,
  ],
  'null where PowerShell has no null': [`setDhcpServerv4Failover({ Name: 'n', Mode: null });`, /null/],
  'null for a number': [`setDhcpServerv4Failover({ Name: 'n', LoadBalancePercent: null });`, /null/],
  'a copy as input with a change that the cmdlet does not take from it': [
    `const input: SetDhcpServerv4FailoverInput = { ...failover, LoadBalancePercent: 60 };
    setDhcpServerv4Failover({}, { input });`,
    /LoadBalancePercent/,
  ],
  'input without what identifies it': [
    `setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: { Mode: 'LoadBalance' } });`,
    /Name/,
  ],
  'input for a cmdlet that takes none': [`getDhcpServerVersion({}, { input: failover });`, /never|undefined/],
  'a method of a spread': [`const spread = { ...failover }; spread.toJSON();`, /toJSON/],
  'a missing mandatory parameter': [`addDhcpServerv4Failover({ Name: 'n', PartnerServer: 'p' });`, /ScopeId/],
  'a missing parameter that no piped object may bring': [
    `addDhcpServerv4FailoverScope({ Name: 'n' }, { input: failover });`,
    /ScopeId/,
  ],
  'a missing mandatory parameter beside options without input': [
    `removeDhcpServerv4Failover({ Force: true }, { timeoutMs: 1 });`,
    /Name|input/,
  ],
  'a percentage of each mode beside input': [
    `addDhcpServerv4Failover({ ...relationship, LoadBalancePercent: 50, ReservePercent: 5 }, { input: scope });`,
    /ReservePercent|LoadBalancePercent/,
  ],
  'an unknown parameter beside input': [`setDhcpServerv4Failover({ Percent: 60 }, { input: failover });`, /Percent/],
  'no parameters where some are needed': [`setDhcpServerv4Failover();`, /Expected 1-2 arguments/],
  'half of a range': [`setDhcpServerv4Scope({ ScopeId: '10.0.0.0', StartRange: '10.0.0.1' });`, /EndRange|StartRange/],
  'a value outside the accepted ones': [`setDhcpServerv4Failover({ Name: 'n', Mode: 'Both' });`, /Both/],
  'a number as text': [
    `setDhcpServerv4Failover({ Name: 'n', LoadBalancePercent: '60' });`,
    /LoadBalancePercent|number/,
  ],
  'an unknown parameter': [`setDhcpServerv4Failover({ Name: 'n', Percent: 60 });`, /Percent/],
  'a property of the result that is not a parameter': [
    `addDhcpServerv4Failover({ ...relationship, Mode: 'HotStandby' });`,
    /Mode/,
  ],
  'a parameter in another spelling': [`setDhcpServerv4Failover({ name: 'n' });`, /name/],
  'WhatIf on a cmdlet that changes nothing': [`getDhcpServerv4Failover({ WhatIf: true });`, /WhatIf/],
  'Force where PowerShell has none': [
    `addDhcpServerv4FailoverScope({ Name: 'n', ScopeId: '10.0.0.0', Force: true });`,
    /Force/,
  ],
  'several names where one is taken': [
    `setDhcpServerv4Failover({ Name: ['a', 'b'], LoadBalancePercent: 1 });`,
    /Name|string/,
  ],
  'a null secret on Add': [`addDhcpServerv4Failover({ ...relationship, SharedSecret: null });`, /SharedSecret|null/],
  'a job treated as results': [
    `for await (const item of getDhcpServerv4Failover({ AsJob: true })) all.push(item as never);`,
    /asyncIterator/,
  ],
  'a result changed': [`failover.Name satisfies string; failover.Name = 'other';`, /read-only/],
  'a property that may be null taken for granted': [
    `const percent: number = failover.LoadBalancePercent; all.push(percent as never);`,
    /null/,
  ],
};

const PAGES = join(ROOT, 'docs/cmdlets');

/** The TypeScript examples of the help pages, by page and number. */
const EXAMPLES: readonly (readonly [name: string, source: string])[] = readdirSync(PAGES).flatMap((page) =>
  [...readFileSync(join(PAGES, page), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(
    (match, index) => [`example ${index + 1} of ${page}`, match[1] ?? ''] as const,
  ),
);

describe('the types of the generated cmdlets', () => {
  let folder = '';
  let output = '';
  const fileOf = (group: string, index: number): string => `${group}-${index}.ts`;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cimlet-types-'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.json'),
        compilerOptions: { typeRoots: [join(ROOT, 'node_modules/@types')] },
        include: ['*.ts'],
      }),
    );
    Object.values(GOOD).forEach((source, index) => {
      writeFileSync(join(folder, fileOf('good', index)), PRELUDE + wrapped(source));
    });
    Object.values(BAD).forEach(([source], index) => {
      writeFileSync(join(folder, fileOf('bad', index)), PRELUDE + wrapped(source));
    });
    EXAMPLES.forEach(([, source], index) => {
      writeFileSync(
        join(folder, fileOf('example', index)),
        source.replace("'cimlet'", `'${ROOT}/lib/dhcp-server/index.js'`),
      );
    });
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    try {
      output = execFileSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', folder], {
        cwd: folder,
        encoding: 'utf8',
      });
    } catch (error) {
      output = String((error as { stdout?: unknown }).stdout);
    }
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The messages about one file: its own lines, and the indented ones below them. */
  const messages = (file: string): string =>
    output
      .split(/\n(?=\S)/)
      .filter((message) => message.startsWith(`${file}(`))
      .join('\n');

  it.each(Object.keys(GOOD).map((name, index) => [name, index] as const))('allow %s', (_name, index) => {
    expect(messages(fileOf('good', index))).toBe('');
  });

  it.each(EXAMPLES.map(([name], index) => [name, index] as const))('allow %s', (_name, index) => {
    expect(messages(fileOf('example', index))).toBe('');
  });

  it('have an example for each cmdlet', () => {
    expect(new Set(EXAMPLES.map(([name]) => name.replace(/.* of /, ''))).size).toBe(readdirSync(PAGES).length - 1);
  });

  it.each(Object.entries(BAD).map(([name, [, says]], index) => [name, says, index] as const))(
    'refuse %s',
    (_name, says, index) => {
      expect(messages(fileOf('bad', index))).toMatch(says);
    },
  );
});

/** Within a function, so that statements may await. */
function wrapped(source: string): string {
  return `export async function snippet(): Promise<void> {\n${source}\n}\n`;
}
