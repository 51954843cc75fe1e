// PowerShell itself, in a process that runs line after line.
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { GeneratedLine } from '../lines/generated-lines.js';
import type { RecordedRow } from '../recorded-row.js';

/** The program: CIMLET_PWSH, or `pwsh` on the path; undefined where there is none. */
export function findPowerShell(): string | undefined {
  const named = process.env['CIMLET_PWSH'];
  const program = named === undefined ? 'pwsh' : resolve(named);
  try {
    execFileSync(program, ['-NoProfile', '-NonInteractive', '-Command', 'exit 0'], { stdio: 'ignore' });
    return program;
  } catch {
    return undefined;
  }
}

export class RealPowerShell {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #waiting: ((row: string) => void)[] = [];
  #failure: Error | undefined;
  #stderr = '';

  constructor(program: string, recorder: string, module: string) {
    this.#process = spawn(program, ['-NoProfile', '-NonInteractive', '-File', recorder, '-Module', module], {
      env: { ...process.env, TZ: 'UTC', NO_COLOR: '1', POWERSHELL_TELEMETRY_OPTOUT: '1' },
    });
    this.#process.stderr.on('data', (data) => (this.#stderr += String(data)));
    this.#lines = createInterface({ input: this.#process.stdout });
    this.#lines.on('line', (text) => (text.startsWith('{') ? this.#waiting.shift()?.(text) : undefined));
    this.#process.on('close', (code) => {
      this.#failure = new Error(
        `PowerShell ended with ${code} and ${this.#waiting.length} lines left: ${this.#stderr.slice(-2000)}`,
      );
      for (const give of this.#waiting.splice(0)) give('');
    });
  }

  /** What PowerShell makes of a line. */
  async run(line: GeneratedLine): Promise<RecordedRow> {
    if (this.#failure !== undefined) throw this.#failure;
    const answer = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin.write(`${JSON.stringify(line)}\n`);
    });
    if (answer === '') throw this.#failure ?? new Error('PowerShell has not answered.');
    const { id, expected } = JSON.parse(answer) as Pick<RecordedRow, 'id' | 'expected'>;
    if (id !== line.id) throw new Error(`PowerShell answered to ${id} instead of ${line.id}.`);
    return { ...line, expected };
  }

  /** Ends it, whatever it still has to do. */
  async end(): Promise<void> {
    if (this.#failure !== undefined) return;
    const closed = new Promise((resolve) => this.#process.on('close', resolve));
    this.#process.kill();
    await closed;
  }
}
