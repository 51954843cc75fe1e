// What others make of an instance of the packed tarball: bson, pino, Vitest's comparisons, other runtimes, and the lowest TypeScript that is promised.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FetchedTools } from './fetched-tools.js';
import { PackedPackage, ROOT } from './packed-package.js';

/** The lowest TypeScript of docs/support.md. */
const LOWEST_TYPESCRIPT = /\| TypeScript \| (\d+\.\d+) or later/.exec(
  readFileSync(join(ROOT, 'docs/support.md'), 'utf8'),
)?.[1];
/** Each judge, and the packages of npm that it is made of. */
const JUDGES = {
  bson: ['bson@7.3.1'],
  pino: ['pino@10.4.0'],
  Vitest: ['vitest@4.1.0'],
  Bun: ['bun@1.4.5'],
  Deno: ['deno@2.9.6'],
  'the lowest TypeScript': [`typescript@~${LOWEST_TYPESCRIPT}.0`],
  OpenTelemetry: ['@opentelemetry/api@1.9.0', '@opentelemetry/sdk-trace-base@2.0.0'],
} as const;
type Judge = keyof typeof JUDGES;

/** What npm could give, fetched before the tests are named: a judge that cannot be had is skipped, and says how to get it. */
const fetched = new Map<Judge, FetchedTools>();
for (const judge of Object.keys(JUDGES) as Judge[]) {
  try {
    fetched.set(judge, new FetchedTools(...JUDGES[judge]));
  } catch {
    // Its tests say so.
  }
}

function judged(judge: Judge, name: string, test: (tools: FetchedTools) => void | Promise<void>): void {
  const tools = fetched.get(judge);
  if (tools === undefined) it.skip(`${name} (npm gives no ${JUDGES[judge].join(', ')})`, () => {});
  else it(name, () => test(tools));
}

/** An instance with a value of each kind that others stumble over. */
const MAKE = `
const { CimInstance, CimDateTime, TimeSpan } = require('cimlet');
const type = { Name: 'string', Big: 'uint64', Lead: 'datetime', When: 'datetime', Nothing: 'string' };
const declaration = (of = 'X') => ({ namespace: 'root/x', className: of, methods: [], properties: Object.entries(type).map(([name, type]) => ({ name, type, key: name === 'Name' })) });
const make = (Name, computerName = 'a.contoso.com') => CimInstance.create(declaration(), { Name, Big: 5n, Lead: TimeSpan.from('2:00:00'), When: CimDateTime.from('2026-11-24T08:00:00Z'), Nothing: null }, { computerName });
const instance = make('n');`;
const NAMES = ['Name', 'Big', 'Lead', 'When', 'Nothing', 'PSComputerName'];

const packed = new PackedPackage();
packed.install();
afterAll(() => {
  packed.remove();
  for (const tools of fetched.values()) tools.remove();
});

const printed = (file: string, source: string): unknown => JSON.parse(packed.node(file, `${MAKE}\n${source}`));
const required = (tools: FetchedTools, name: string): string => `require(${JSON.stringify(tools.path(name))})`;

/** The one package of a platform that brings a program. */
function program(tools: FetchedTools, scope: string, file: string): string {
  const [platform] = readdirSync(tools.path(scope));
  if (platform === undefined) throw new Error(`There is no ${file} for this machine.`);
  return tools.path(join(scope, platform, file));
}

describe('an instance', () => {
  judged('bson', 'is a document to bson', (tools) => {
    const source = `const { serialize, deserialize } = ${required(tools, 'bson')};
      const back = deserialize(serialize(instance), { useBigInt64: true });
      console.log(JSON.stringify([Object.keys(back), back.Name, String(back.Big), back.Lead, back.When.toISOString(), back.Nothing, back.PSComputerName]));`;
    const values = ['n', '5', { totalMilliseconds: 7_200_000 }, '2026-11-24T08:00:00.000Z', null, 'a.contoso.com'];
    expect(printed('bson.cjs', source)).toEqual([NAMES, ...values]);
  });

  judged('pino', 'is logged by pino with its JSON, as the object and within one', (tools) => {
    const source = `const lines = [];
      const log = ${required(tools, 'pino')}({ base: null, timestamp: false }, { write: (line) => lines.push(JSON.parse(line)) });
      log.info(instance, 'whole');
      log.info({ scope: instance }, 'within');
      console.log(JSON.stringify(lines));`;
    const json = {
      Name: 'n',
      Big: '5',
      Lead: '02:00:00',
      When: '2026-11-24T08:00:00.000000Z',
      Nothing: null,
      PSComputerName: 'a.contoso.com',
    };
    expect(printed('pino.cjs', source)).toEqual([
      expect.objectContaining({ ...json, Big: expect.anything(), msg: 'whole' }),
      { level: 30, scope: json, msg: 'within' },
    ]);
  });

  judged('Vitest', 'is compared by Vitest with what it holds, strictly too', (tools) => {
    writeFileSync(
      join(packed.folder, 'equality.test.mjs'),
      `import { createRequire } from 'node:module';
       import { expect, it } from 'vitest';
       const require = createRequire(import.meta.url);
       ${MAKE}
       it('equal data is equal', () => {
         expect(make('n')).toEqual(make('n'));
         expect(make('n')).toStrictEqual(make('n'));
         expect({ ...make('n') }).toStrictEqual({ ...make('n') });
         expect(make('n')).toMatchObject({ Name: 'n', PSComputerName: 'a.contoso.com' });
       });
       it('other data is not', () => {
         expect(make('n')).not.toEqual(make('m'));
         expect(make('n')).not.toStrictEqual(make('n', 'b.contoso.com'));
         const changed = make('n');
         changed.Lead = TimeSpan.from('2:00:01');
         expect(changed).not.toEqual(make('n'));
       });
       it.fails('(this one has to fail)', () => expect(make('n')).toEqual(make('m')));`,
    );
    const vitest = spawnSync(process.execPath, [tools.path('vitest/vitest.mjs'), 'run', '--root', packed.folder], {
      cwd: packed.folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_PATH: tools.path(''), NO_COLOR: '1' },
    });
    expect(vitest.stdout + vitest.stderr).toMatch(/Tests +2 passed \| 1 expected fail \(3\)/);
  });

  const OUTPUT = `console.log(JSON.stringify([Object.keys(instance), instance, Object.keys(structuredClone(instance)), { ...instance }.Name]));`;
  const inRuntime = (file: string, ...args: readonly string[]): void => {
    writeFileSync(join(packed.folder, 'runtime.cjs'), `${MAKE}\n${OUTPUT}`);
    const there: unknown = JSON.parse(packed.run(file, [...args, 'runtime.cjs']));
    expect(there).toEqual(printed('node.cjs', OUTPUT));
    expect(there).toEqual([NAMES, expect.objectContaining({ Name: 'n' }), NAMES, 'n']);
  };
  judged('Bun', 'is the same in Bun', (tools) => inRuntime(program(tools, '@oven', 'bin/bun'), 'run'));
  judged('Deno', 'is the same in Deno', (tools) => inRuntime(program(tools, '@deno', 'deno'), 'run', '-A'));
});

describe(`TypeScript ${LOWEST_TYPESCRIPT}, the lowest that is promised`, () => {
  const SOURCE = `
import { type CimClassDeclaration, type CimInstance, type DhcpServerv4FailoverInstance, getDhcpServerv4Failover, isInstanceOf, setDhcpServerv4Failover } from 'cimlet';
import { startEmulator } from 'cimlet/emulator';
import { comparePair } from 'cimlet/pairs';
declare const failover: DhcpServerv4FailoverInstance;
declare const maybe: DhcpServerv4FailoverInstance | undefined;
declare const some: CimInstance;
declare const failoverClass: CimClassDeclaration<DhcpServerv4FailoverInstance>;
export const used = [startEmulator, comparePair];
export async function works(): Promise<void> {
  await setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: failover });
  await setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: { ...failover } });
  await setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: getDhcpServerv4Failover() });
  await setDhcpServerv4Failover({ Name: failover.Name, CimSession: 's', LoadBalancePercent: 60 });
  const copy = { ...failover, LoadBalancePercent: 60 };
  const percent: number = copy.LoadBalancePercent;
  const computer: string | undefined = copy.PSComputerName;
  failover.LoadBalancePercent = 60;
  failover.LoadBalancePercent = null;
  const { PSComputerName, ...rest } = failover;
  used.push(percent as never, computer as never, PSComputerName as never, rest as never);
  if (isInstanceOf(some, failoverClass)) used.push(some.Mode as never);
}
export function doesNot(): void {
  // @ts-expect-error a copy is no parameters
  void setDhcpServerv4Failover({ ...failover, LoadBalancePercent: 60 });
  // @ts-expect-error nor is the instance
  void setDhcpServerv4Failover(failover);
  // @ts-expect-error nor one that may be missing
  void setDhcpServerv4Failover({ ...maybe, Name: 'x', LoadBalancePercent: 60 });
  // @ts-expect-error an object that lacks what identifies it
  void setDhcpServerv4Failover({ LoadBalancePercent: 60 }, { input: { Mode: 'LoadBalance' } });
  const copy = { ...failover };
  // @ts-expect-error a spread has no methods
  void copy.toJSON;
  // @ts-expect-error and no class
  void copy.cimClass;
  // @ts-expect-error missing is nothing to set
  failover.LoadBalancePercent = undefined;
  // @ts-expect-error a key
  failover.Name = 'other';
  // @ts-expect-error read-only in the schema
  failover.PrimaryServerIP = null;
  // @ts-expect-error changed as a whole
  failover.ScopeId?.push('10.0.0.0');
  // @ts-expect-error no such property
  failover.LoadBalancePercnt = 60;
  // @ts-expect-error percentages of two modes
  void setDhcpServerv4Failover({ Name: 'n', LoadBalancePercent: '60' });
}
`;
  function compile(tsc: string): void {
    writeFileSync(join(packed.folder, 'types.ts'), SOURCE);
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022'];
    const modules = ['--module', 'node16', '--moduleResolution', 'node16', '--lib', 'es2023,esnext.disposable'];
    const types = ['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node', '--skipLibCheck', 'false'];
    const { stdout, status } = spawnSync(process.execPath, [tsc, ...options, ...modules, ...types, 'types.ts'], {
      cwd: packed.folder,
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  }
  judged('the lowest TypeScript', 'allows and refuses what is written here', (tools) =>
    compile(tools.path('typescript/bin/tsc')),
  );
  it('which is what the newest allows and refuses', () => compile(join(ROOT, 'node_modules/typescript/bin/tsc')));
});

describe('the example of telemetry', () => {
  judged('OpenTelemetry', 'makes spans of OpenTelemetry, those of messages below those of cmdlets', (tools) => {
    const example = packed.folder;
    for (const file of ['telemetry.mjs', 'connect.mjs']) {
      copyFileSync(join(packed.folder, 'node_modules/cimlet/examples', file), join(example, file));
    }
    symlinkSync(tools.path('@opentelemetry'), join(packed.folder, 'node_modules/@opentelemetry'));
    writeFileSync(
      join(example, 'instrumentation.mjs'),
      `import { trace } from '@opentelemetry/api';
       import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
       const exporter = new InMemorySpanExporter();
       trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
       process.on('exit', () => {
         const spans = exporter.getFinishedSpans();
         const parentOf = (span) => spans.find((one) => one.spanContext().spanId === span.parentSpanContext?.spanId)?.name;
         for (const span of spans) {
           console.log(['SPAN', span.name, span.attributes['server.address'], parentOf(span), span.status.code].join(' '));
         }
       });`,
    );
    const spans = packed
      .run(process.execPath, ['--import', './instrumentation.mjs', 'telemetry.mjs'])
      .split('\n')
      .filter((line) => line.startsWith('SPAN'));
    expect(spans.sort()).toEqual([
      'SPAN Get dhcpserver.contoso.com Get-DhcpServerv4Scope 0',
      'SPAN Get dhcpserver2.contoso.com Get-DhcpServerv4Scope 0',
      'SPAN Get-DhcpServerv4Failover dhcpserver.contoso.com  2',
      'SPAN Get-DhcpServerv4Scope dhcpserver.contoso.com  0',
      'SPAN Get-DhcpServerv4Scope dhcpserver2.contoso.com  0',
      'SPAN GetByName dhcpserver.contoso.com Get-DhcpServerv4Failover 2',
    ]);
  });
});
