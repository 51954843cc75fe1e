import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, jest } from '@jest/globals';

// PowerShell takes its time, and each script has a lab of its own.
jest.setTimeout(600_000);

/** The PowerShell to test with. */
export const PWSH = process.env['CIMLET_PWSH'] ?? '';

export const MODULES = resolve('powershell/Modules');
export const MANIFEST = resolve(MODULES, 'Cimlet.DhcpServer/Cimlet.DhcpServer.psd1');

const ADVICE =
  'CIMLET_PWSH names no PowerShell: dotnet tool install PowerShell --version 7.6.9 --tool-path DIR; CIMLET_PWSH=DIR/pwsh npm run test:powershell';

/** Tests that need PowerShell; without it they are skipped, and their title says how to get it. */
export const describeWithPowerShell: typeof describe.skip = PWSH === '' ? describe.skip : describe;
export const title = (text: string): string => (PWSH === '' ? `${text} (${ADVICE})` : text);

/** The two forms that objects have, each with what asks for it. */
export const FORMS: readonly (readonly [form: string, env: Environment])[] = [
  ['Microsoft’s types', {}],
  ['plain objects', { CIMLET_OBJECTS: 'plain' }],
];

/** {@link describeWithPowerShell}, once for each form of objects. What stands outside of it looks at no object: the text of the module, its packages. */
export function describeInBothForms(text: string, tests: (form: Environment) => void): void {
  for (const [form, env] of FORMS) describeWithPowerShell(title(`${text}, with ${form}`), () => tests(env));
}

/** Whether objects are plain where PowerShell is started with this. */
export const isPlain = (form: Environment): boolean => form['CIMLET_OBJECTS'] === 'plain';

export interface PowerShellRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Runs PowerShell with these arguments, no profile, and a lab behind the module. `input` is what stands on its standard input. */
export function runPowerShell(args: readonly string[], env: Environment = {}, input = ''): Promise<PowerShellRun> {
  return new Promise((done) => {
    const child = execFile(
      PWSH,
      ['-NoProfile', ...args],
      {
        env: { ...process.env, CIMLET_OPTIONS: '--emulator', TERM: 'dumb', NO_COLOR: '1', ...env },
        maxBuffer: 2 ** 26,
      },
      (_, stdout, stderr) => done({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Runs a script's text after the import of the module, and gives its lines. */
export async function runScript(text: string, env: Environment = {}): Promise<string[]> {
  const whole = `$ErrorActionPreference = 'Continue'; Import-Module '${MANIFEST}'\n${text}`;
  const encoded = Buffer.from(whole, 'utf16le').toString('base64');
  const { stdout, stderr } = await runPowerShell(['-NonInteractive', '-EncodedCommand', encoded], env);
  const lines = stdout.split('\n').map((line) => line.trimEnd());
  return [...lines, ...(stderr === '' ? [] : [`stderr: ${stderr}`])].filter((line) => line !== '');
}
