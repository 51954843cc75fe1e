import { CimSessionList } from '../../cim/session/session-list.js';
import type { CommandLine } from '../language/command-line.js';
import type { CommandIo } from '../terminal/command-io.js';
import { startDiagnosticLog } from '../terminal/diagnostic-log.js';
import { MessagePrinter } from '../terminal/message-printer.js';
import { exitCodeOf } from '../terminal/report-error.js';
import { canAsk, TerminalHost } from '../terminal/terminal-host.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import type { CommandServices } from './command-services.js';
import { planPipeline } from './pipeline.js';
import { refusingHost } from './refusing-host.js';
import { runPipeline } from './run-pipeline.js';
import { LineVariables } from './variables.js';

/**
 * Runs the pipelines of a command line one after the other, all of them looked up before the first one runs. A pipeline that fails does not
 * keep the next one from running, as in PowerShell, unless its ErrorAction is Stop. Gives the highest of their exit codes.
 */
export async function runCommandLine(
  line: CommandLine,
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
  services: CommandServices,
): Promise<number> {
  const printer = new MessagePrinter(io, options.json);
  let planned: ReturnType<typeof planPipeline>[];
  let cmdlet: string | undefined;
  try {
    planned = line.pipelines.map((pipeline) => {
      cmdlet = pipeline.stages[0]?.name;
      return planPipeline(pipeline, services.definitions, options);
    });
  } catch (error) {
    printer.error(error, cmdlet);
    return exitCodeOf(error);
  }
  const terminal = canAsk(io) ? new TerminalHost(io, input) : undefined;
  const stopLog = options.verbose ? startDiagnosticLog((text) => printer.line(`VERBOSE: ${text}`)) : () => {};
  let exitCode = 0;
  // What New-CimSession opens lives as long as the line.
  const sessions = new CimSessionList();
  const variables = new LineVariables();
  try {
    for (const pipeline of planned) {
      const { exitCode: code, endsLine } = await runPipeline(pipeline, {
        io,
        services,
        sessions,
        variables,
        printer,
        hostFor: (definition, parameters) => terminal ?? refusingHost(definition, parameters),
        ...(options.timeoutSeconds === undefined ? {} : { timeoutMs: options.timeoutSeconds * 1000 }),
      });
      exitCode = Math.max(exitCode, code);
      if (endsLine || io.signal.aborted) break;
    }
  } finally {
    await sessions.closeAll();
    stopLog();
  }
  return exitCode;
}
