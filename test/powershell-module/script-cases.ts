import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import {
  describeWithPowerShell,
  type Environment,
  isPlain,
  MANIFEST,
  runPowerShell,
  title,
} from './powershell-program.js';

const FOLDER = resolve('test/powershell-module/cases');

/** Scripts in the manner of public ones: reports, provisioning, maintenance. */
const SCRIPTS = resolve('test/powershell-module/scripts');

/** More scripts, with what they print, in a folder beside the checkout. */
const BESIDE = join(process.env['CIMLET_REFERENCE'] ?? '', '../prototype/powershell/cases');

/**
 * Scripts of the form that has Microsoft's own types. One of them prints an instance in a text: Microsoft's type has no key in it without its native half,
 * while plain objects have it as in Windows.
 */
const REAL = /^real-|^12-types-and-members$|^08-advanced-function$|^15-language$/;

const expectedOf = (folder: string): [string, string][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => [name.replace('.txt', ''), readFileSync(join(folder, name), 'utf8').trim()]);

async function outcomes(folder: string, filter: string, env: Environment): Promise<Map<string, string>> {
  const script = resolve('test/powershell-module/run-cases.ps1');
  const parameters = ['-Manifest', MANIFEST, '-Folder', folder, '-Filter', filter];
  const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-File', script, ...parameters], env);
  const rows = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { name: string; text: string });
  if (rows.length === 0) throw new Error(`${stdout}\n${stderr}`);
  return new Map(rows.map(({ name, text }) => [name, text]));
}

/** One form in a file of its own: they take long, and jest has the files of a run side by side. */
export function describeScripts(text: string, form: Environment): void {
  describeWithPowerShell(title(text), () => {
    it.each([
      [FOLDER, '*.ps1'],
      [SCRIPTS, '*.ps1'],
      [BESIDE, '*-*.ps1'],
    ])('print what they print in Windows: %s', async (folder, filter) => {
      if (!existsSync(folder)) return;
      const expected = expectedOf(folder).filter(([name]) => !(isPlain(form) && REAL.test(name)));
      const got = await outcomes(folder, filter, form);
      expect(expected.length).toBeGreaterThan(10);
      expect(Object.fromEntries(expected.map(([name]) => [name, got.get(name)]))).toEqual(Object.fromEntries(expected));
    });
  });
}
