// Every code block of the documentation: TypeScript compiles and runs, command lines run and end as they say.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pLimit from 'p-limit';
import { createLab } from '../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { blocksOf, type CodeBlock } from './markdown-blocks.js';
import { type ProcessResult, ReaderFolder } from './reader-folder.js';

const ROOT = join(__dirname, '../..');
const BLOCKS = blocksOf(ROOT);

/** Languages of blocks that nothing is done with. */
const NO_CODE: Readonly<Record<string, string>> = {
  text: 'output and syntax',
  typescript: 'declarations and the examples of their comments, of docs/reference',
  ini: 'settings of other programs',
  powershell: 'is for a Windows server, or run in PowerShell by test/powershell-module',
};

/** Lines of shell that are not run here. */
const ELSEWHERE: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^npm ci && npm (run demo|test)$/, 'the tests run inside of it'],
  [/^npm (ci|test)$/, 'the tests run inside of it'],
  [/^(npm run|npx cimlet) demo$/, 'test/cli runs the demonstration'],
  [/^npm install [\w@ ./-]+$/, 'test/package installs the tarball'],
  [/^node examples\/[\w-]+\.mjs( +# exit 1)?$/, 'test/examples runs each of them'],
];

const isScript = ({ language }: CodeBlock) => language === 'ts' || language === 'js';
const isShell = ({ language }: CodeBlock) => language === 'sh';
const isRun = ({ notRun }: CodeBlock) => notRun === undefined;
/** Written by the generator: their command lines are run by test/dhcp-server, and their TypeScript does the same. */
const isGenerated = ({ page }: CodeBlock) => page.startsWith('docs/cmdlets');

const fileName = ({ name }: CodeBlock) => name.replace(/\W+/g, '-');
const scripts = BLOCKS.filter(isScript);
const runScripts = scripts.filter((block) => isRun(block) && !isGenerated(block));
const shellLines = BLOCKS.filter((block) => isShell(block) && isRun(block) && !isGenerated(block)).flatMap((block) =>
  block.source
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ page: block.name, line })),
);
const isElsewhere = (line: string) => ELSEWHERE.some(([pattern]) => pattern.test(line));
const commandLines = shellLines.filter(({ line }) => /^(npx )?cimlet /.test(line) && !isElsewhere(line));

const folder = new ReaderFolder(ROOT);
const twoAtATime = pLimit(2);
const started = new Map<string, Promise<ProcessResult>>();
let messages: readonly string[] = [];

beforeAll(() => {
  for (const block of scripts) folder.write(`${fileName(block)}.${block.language}`, block.source);
  messages = folder.typeCheck();
  for (const block of runScripts) {
    started.set(
      block.name,
      twoAtATime(() => folder.runModule(`run-${fileName(block)}`, block.source)),
    );
  }
  for (const { page, line } of commandLines) {
    started.set(
      page + line,
      twoAtATime(() => folder.runShell(line.replace(/^npx /, ''))),
    );
  }
  // A run that cannot be started is told by its own test.
  for (const run of started.values()) run.catch(() => undefined);
}, 120_000);

afterAll(async () => {
  await Promise.allSettled(started.values());
  folder.remove();
});

describe('the blocks', () => {
  it('are where they are expected', () => {
    expect(new Set(BLOCKS.map(({ page }) => page)).size).toBeGreaterThan(15);
    expect(runScripts.length).toBeGreaterThan(10);
    expect(commandLines.length).toBeGreaterThan(2);
  });

  it.each(BLOCKS)('$name is of a known language', ({ language }) => {
    expect(['ts', 'js', 'sh', 'json', ...Object.keys(NO_CODE)]).toContain(language);
  });

  const leftOut = BLOCKS.filter(({ notRun }) => notRun !== undefined);
  it(`of which ${leftOut.length} are not run stand alone with that`, () => {
    const isPowerShell = ({ language }: CodeBlock) => language === 'powershell'; // test/powershell-module runs those of its page
    const known = (block: CodeBlock) => isScript(block) || isShell(block) || isPowerShell(block);
    expect(leftOut.filter((block) => isGenerated(block) || !known(block))).toEqual([]);
    expect(leftOut.length).toBeLessThan(runScripts.length);
  });
  it.each(leftOut)('$name is not run: $notRun', ({ notRun }) => {
    expect(notRun).toMatch(/\w+ \w+/);
  });
});

describe('TypeScript', () => {
  it('has no message that belongs to no block', () => {
    expect(messages.filter((message) => !scripts.some((block) => message.startsWith(fileName(block))))).toEqual([]);
  });

  it.each(scripts)('$name compiles', (block) => {
    expect(messages.filter((message) => message.startsWith(`${fileName(block)}.`))).toEqual([]);
  });

  it.each(runScripts)('$name runs, and prints what its comments say', async ({ name, source }) => {
    const { code, stdout, stderr } = (await started.get(name)) as ProcessResult;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // `console.log(x); // Normal` promises a line that ends so; a comment that begins in lower case only explains.
    const promised = [...source.matchAll(/console\.log\(.*\); \/\/ ([A-Z0-9'].*)$/gm)].map(([, said = '']) => said);
    expect(promised.filter((said) => !stdout.split('\n').includes(said))).toEqual([]);
  });
});

it('no sample needs `await using`, which JavaScript has from Node 24 on', () => {
  expect(scripts.length).toBeGreaterThan(50);
  expect(scripts.filter(({ source }) => /\bawait using\b/.test(source)).map(({ name }) => name)).toEqual([]);
});

describe('JSON', () => {
  it.each(BLOCKS.filter(({ language }) => language === 'json'))('$name is JSON', ({ page, source }) => {
    const value = JSON.parse(source) as LabDescription;
    if (page !== 'docs/emulator.md') return;
    const lab = createLab(value, { follow: null });
    expect(lab.servers.map(({ name }) => name)).toEqual(value.servers?.map(({ name }) => name));
    lab.close();
  });
});

describe('the command line', () => {
  it.each(shellLines)('$page: $line is run, or somewhere else', ({ page, line }) => {
    const elsewhere = ELSEWHERE.filter(([pattern]) => pattern.test(line)).map(([, reason]) => reason);
    expect([...elsewhere, ...(started.has(page + line) ? ['here'] : [])]).toHaveLength(1);
  });

  it.each(commandLines)('$page: $line', async ({ page, line }) => {
    const { code, stderr } = (await started.get(page + line)) as ProcessResult;
    const expected = Number(/# exit (\d)$/.exec(line)?.[1] ?? 0);
    expect({ code, stderr: expected === 0 ? stderr : '' }).toEqual({ code: expected, stderr: '' });
  });

  it.each(shellLines.filter(({ line }) => line.startsWith('node ')))('$line names a file', ({ line }) => {
    expect(existsSync(join(ROOT, line.split(' ')[1] ?? ''))).toBe(true);
  });
});

it('every page that is linked is there', () => {
  const broken = [...new Set(BLOCKS.map(({ page }) => page))].flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^\w+:/.test(target) && !existsSync(join(ROOT, page, '..', target)))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});
