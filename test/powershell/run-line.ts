// One line through the command, in this process: which cmdlets were called with what, what came out, what was refused.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { PassThrough } from 'node:stream';
import type { DiagnosticMessages } from '../../lib/base/diagnostics.js';
import { newCimSession } from '../../lib/cim/session/cim-session.js';
import { helpAskedFor } from '../../lib/cli/commands/help/help-request.js';
import { parseCommandWords } from '../../lib/cli/language/command-words.js';
import { commandDefinitions } from '../../lib/cli/pipeline/command-definitions.js';
import { runCommandLine } from '../../lib/cli/pipeline/run-command-line.js';
import { exitCodeOf } from '../../lib/cli/terminal/exit-code.js';
import { errorReport } from '../../lib/cli/terminal/report-error.js';
import { TerminalInput } from '../../lib/cli/terminal/terminal-input.js';
import { parseOptions } from '../../lib/cli/usage/options.js';
import type { SessionFactory } from '../../lib/cmdlet/contract/cmdlet-session.js';
import { createLab } from '../../lib/emulator/lab/lab.js';
import type { LabDescription } from '../../lib/emulator/lab/lab-description.js';
import { recordedCall } from './bound-call.js';
import { workInEmptyFolder } from './empty-folder.js';
import type { RecordedCall } from './recorded-row.js';

// Whoever runs lines runs them there.
workInEmptyFolder();

export interface LineRun {
  readonly code: number;
  readonly calls: readonly RecordedCall[];
  readonly stdout: string;
  /** Fully qualified ids, or the sentence where there is none. */
  readonly errors: readonly string[];
}

/** A line against the emulator's lab, which is new for it. */
export async function runInLab(line: string, description: LabDescription, width?: number): Promise<LineRun> {
  const lab = createLab({ ...description, testNamespace: true });
  const [local = ''] = lab.servers.map(({ name }) => name);
  const named = (computer: string) =>
    lab.servers.find(({ name }) => name === computer || name.split('.')[0] === computer)?.name ?? local;
  try {
    return await runLine(
      line,
      (computer) => newCimSession(named(computer), { transport: () => lab.transport(named(computer)) }),
      width,
    );
  } finally {
    lab.close();
  }
}

/** `width`: as on a terminal of so many columns; without it each object as one line of JSON. */
export async function runLine(line: string, sessionFactory: SessionFactory, width?: number): Promise<LineRun> {
  const calls: RecordedCall[] = [];
  const listen = (message: unknown) => calls.push(recordedCall(message as DiagnosticMessages['cimlet:cmdlet:bound']));
  subscribe('cimlet:cmdlet:bound', listen);
  const texts = { stdout: '', stderr: '' };
  try {
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    stdin.end();
    const io = {
      stdin,
      stdout: Object.assign(
        sink((text) => (texts.stdout += text)),
        width === undefined ? {} : { columns: width },
      ),
      stderr: sink((text) => (texts.stderr += text)),
      env: {},
      signal: new AbortController().signal,
    };
    const options = parseOptions(['--emulator', ...(width === undefined ? ['--json'] : []), '--', line]);
    let code: number;
    try {
      const parsed = parseCommandWords([line]);
      const help = helpAskedFor(parsed, commandDefinitions);
      code =
        help !== undefined
          ? 0
          : await runCommandLine(parsed, options, io, new TerminalInput(stdin), {
              definitions: commandDefinitions,
              sessionFactory,
              host: { confirm: () => Promise.resolve('yes') },
              files: { read: () => Promise.resolve(''), write: () => Promise.resolve() },
            });
    } catch (error) {
      code = exitCodeOf(error);
      texts.stderr += `${errorReport(error, undefined, true).join('\n')}\n`;
    }
    return { code, calls, stdout: texts.stdout, errors: errorIds(texts.stderr) };
  } finally {
    unsubscribe('cimlet:cmdlet:bound', listen);
  }
}

function sink(write: (text: string) => void) {
  return Object.assign(new PassThrough(), {
    write: (text: string) => {
      write(text);
      return true;
    },
  });
}

function errorIds(stderr: string): string[] {
  return stderr.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const error = JSON.parse(line) as {
      readonly fullyQualifiedErrorId?: string;
      readonly FullyQualifiedErrorId?: string;
      readonly message?: string;
    };
    return [error.fullyQualifiedErrorId ?? error.FullyQualifiedErrorId ?? error.message ?? line];
  });
}
