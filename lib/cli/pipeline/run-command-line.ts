import { CimSessionList } from '../../cim/session/session-list.js';
import { SharedSessions } from '../../client/shared-sessions.js';
import type { SessionFactory } from '../../cmdlet/contract/cmdlet-session.js';
import { checkVariables } from '../language/check-variables.js';
import type { CommandLine } from '../language/syntax.js';
import type { CommandIo } from '../terminal/command-io.js';
import { startDiagnosticLog } from '../terminal/diagnostic-log.js';
import { exitCodeOf } from '../terminal/exit-code.js';
import { MessagePrinter } from '../terminal/message-printer.js';
import { Palette } from '../terminal/palette.js';
import { canAsk, TerminalHost } from '../terminal/terminal-host.js';
import type { TerminalInput } from '../terminal/terminal-input.js';
import type { CommandOptions } from '../usage/options.js';
import { DefaultView } from '../views/default-view.js';
import type { CommandServices } from './command-services.js';
import { lineFiles } from './line-files.js';
import { LineSecrets } from './line-secrets.js';
import { Planner } from './pipeline.js';
import { refusingHost } from './refusing-host.js';
import { type RunOptions, runStatement, writeLines } from './run-pipeline.js';
import { LineVariables } from './variables.js';

/**
 * Runs the statements of a command line one after the other, all of them looked up before the first one runs. A statement that fails does not
 * keep the next one from running, as in PowerShell, unless its ErrorAction is Stop. Gives the highest of their exit codes.
 */
export async function runCommandLine(
  line: CommandLine,
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
  services: CommandServices,
): Promise<number> {
  const printer = new MessagePrinter(io, options);
  const secrets = new LineSecrets(options, io, input);
  const planner = new Planner(services.definitions, secrets);
  let cmdlet: string | undefined;
  try {
    checkVariables(line.statements, io.env);
    for (const statement of line.statements) {
      cmdlet = statement.pipeline.commands[0]?.name;
      printer.place = services.placeOf?.(statement);
      planner.statement(statement);
    }
  } catch (error) {
    printer.error(error, cmdlet);
    return exitCodeOf(error);
  }
  const terminal = canAsk(io) ? new TerminalHost(io, input) : undefined;
  const stopLog = options.verbose ? startDiagnosticLog((text) => printer.verbose(text)) : () => {};
  let exitCode = 0;
  const width = options.width ?? io.stdout.columns;
  const interrupted = () => printer.interrupted();
  io.signal.addEventListener('abort', interrupted);
  // What New-CimSession opens lives as long as the line.
  const sessions = new CimSessionList();
  const kept = keptSessions(services.sessionFactory);
  const run: RunOptions = {
    io,
    services: { ...services, sessionFactory: kept.factory },
    sessions,
    planner,
    secrets,
    printer,
    files: services.files ?? lineFiles,
    json: options.json,
    verbose: options.verbose,
    variables: new LineVariables(),
    width,
    palette: new Palette(io.stdout, io.env, options.color),
    view: new DefaultView(width),
    hostFor: (definition, parameters) => services.host ?? terminal ?? refusingHost(definition, parameters),
    ...(options.attempts === undefined ? {} : { attempts: options.attempts }),
    ...(options.timeoutSeconds === undefined ? {} : { timeoutMs: options.timeoutSeconds * 1000 }),
  };
  try {
    let succeeded = true;
    for (const statement of line.statements) {
      if (statement.chain !== undefined && succeeded !== (statement.chain === '&&')) continue;
      printer.place = services.placeOf?.(statement);
      const { exitCode: code, endsLine } = await runStatement(statement, run);
      succeeded = code === 0;
      exitCode = Math.max(exitCode, code);
      if (endsLine || io.signal.aborted) break;
    }
    await writeLines(run.view.end(), run);
  } finally {
    io.signal.removeEventListener('abort', interrupted);
    await Promise.all([sessions.closeAll(), kept.close()]);
    stopLog();
  }
  return exitCode;
}

/** One session a computer for all statements, so that a file of many lines logs on once; what New-CimSession opens is its own. */
function keptSessions(open: SessionFactory): { readonly factory: SessionFactory; close(): Promise<void> } {
  const shared = new SharedSessions((computerName) => open(computerName));
  return {
    factory: (computerName, own) => (own === undefined ? shared.open(computerName) : open(computerName, own)),
    close: () => shared.close(),
  };
}
