import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export interface ExampleRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example as its first lines say, with the package as it was built. */
export function runExample(name: string, env: Readonly<Record<string, string>> = {}): Promise<ExampleRun> {
  const { PATH = '', HOME = '' } = process.env;
  const options = { cwd: ROOT, env: { PATH, HOME, ...env }, timeout: 60_000 };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [`examples/${name}`], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}
