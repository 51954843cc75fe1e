import { PACKAGE_VERSION } from '../base/text/package-version.js';
import type { Lab } from '../emulator/lab/lab.js';
import type { FleetDoor } from './commands/fleet/fleet-tools.js';
import { mentionsHelp } from './commands/help/help-words.js';
import { parseCommandWords } from './language/command-words.js';
import { commandDefinitions } from './pipeline/command-definitions.js';
import { runCommandLine } from './pipeline/run-command-line.js';
import { readScript } from './pipeline/script.js';
import { withSessions } from './sessions/with-sessions.js';
import { type CommandIo, lineWidth, writeText, writeVisible } from './terminal/command-io.js';
import { exitCodeOf } from './terminal/exit-code.js';
import { interruptedCode } from './terminal/interruption.js';
import { Palette } from './terminal/palette.js';
import { TerminalInput } from './terminal/terminal-input.js';
import { visibleText } from './terminal/visible-text.js';
import type { ColorMode } from './usage/option-values.js';
import { type CommandOptions, parseOptions } from './usage/options.js';
import { OWN_COMMANDS } from './usage/own-commands.js';
import { UsageError } from './usage/usage-error.js';
import { fitted } from './views/fitted.js';

/** Commands that Ctrl-C ends in good order. */
const UNTIL_INTERRUPTED: readonly string[] = ['emulator', 'serve', 'fleet'];

/** What tests replace. */
export interface MainOverrides {
  /** Makes the lab of --emulator. */
  readonly createLab?: () => Lab;
  /** The way to a fleet of `cimlet fleet`. */
  readonly fleet?: FleetDoor;
}

/**
 * The `cimlet` command. `argv` is what follows the program's name. Gives the exit code: 0 when every target succeeded, 1 when some failed
 * or a confirmation was refused, 2 when the line could not be understood. It never throws and never ends the process.
 */
export async function main(argv: readonly string[], io: CommandIo, overrides: MainOverrides = {}): Promise<number> {
  const input = new TerminalInput(io.stdin);
  let json = argv.includes('--json');
  let color: ColorMode | undefined;
  let command = '';
  try {
    if (argv[0] === '__complete')
      return await (await import('./commands/completion-command.js')).runComplete(argv.slice(1), io);
    const options = parseOptions(argv);
    ({ json, color } = options);
    [command = ''] = options.rest;
    const code = await run(argv, options, io, input, overrides);
    if (UNTIL_INTERRUPTED.includes(command)) return code;
    const interrupted = interruptedCode(io.signal);
    if (interrupted === undefined) return code;
    await sayInterrupted(command, io, json || argv.includes('--json'));
    return interrupted;
  } catch (error) {
    const interrupted = interruptedCode(io.signal);
    if (interrupted !== undefined) {
      await sayInterrupted(command, io, json || argv.includes('--json'));
      return interrupted;
    }
    const palette = new Palette(io.stderr, io.env, json ? 'never' : color);
    const { errorReport } = await import('./terminal/report-error.js');
    const report = visibleText(errorReport(error, undefined, json).join('\n'));
    for (const line of fitted(report, json ? undefined : lineWidth(io.stderr)))
      await writeVisible(io.stderr, `${palette.text(line, 'error')}\n`);
    return exitCodeOf(error);
  }
}

/** A line of cmdlets has said it itself, while it waited for its servers. */
async function sayInterrupted(command: string, io: CommandIo, json: boolean): Promise<void> {
  if (!OWN_COMMANDS.includes(command)) return;
  const message = 'Interrupted.';
  await writeText(io.stderr, json ? `${JSON.stringify({ message, code: 'ERR_ABORTED' })}\n` : `cimlet: ${message}\n`);
}

async function run(
  argv: readonly string[],
  options: CommandOptions,
  io: CommandIo,
  input: TerminalInput,
  overrides: MainOverrides,
): Promise<number> {
  const [command] = options.rest;
  if (options.version) {
    await writeText(io.stdout, `cimlet ${PACKAGE_VERSION}\n`);
    return 0;
  }
  const asksHelp = options.help || options.rest.slice(1).includes('--help');
  const script = asksHelp ? undefined : await readScript(options, io, input);
  if (asksHelp || (command === undefined && script === undefined)) {
    const help =
      command === undefined
        ? (await import('./commands/help/help.js')).generalHelp(commandDefinitions)
        : (await import('./commands/help/help-request.js')).helpOn(command, commandDefinitions);
    const sink = asksHelp ? io.stdout : io.stderr;
    await writeText(sink, fitted(help, options.width ?? lineWidth(sink)).join('\n'));
    return asksHelp ? 0 : 2;
  }
  if (options.explain && OWN_COMMANDS.some((own) => own === command))
    throw new UsageError(`--explain is of a PowerShell line, and ${command} is none.`, 'Leave --explain out.');
  // The emulator is loaded only where it is wanted: it is larger than all that a call to a real server needs.
  if (command === 'emulator') {
    return await (await import('./commands/emulator-command.js')).runEmulator(withTrailingOptions(options), io);
  }
  if (command === 'demo') return await (await import('./commands/demo.js')).runDemo(withTrailingOptions(options), io);
  if (command === 'decode') {
    return await (await import('./commands/decode-command.js')).runDecode(options.rest.slice(1), options, io);
  }
  if (command === 'test') {
    return await (await import('./commands/test-command.js')).runTest(options.rest.slice(1), options, io, input);
  }
  if (command === 'completion') {
    return await (await import('./commands/completion-command.js')).runCompletion(options.rest.slice(1), io);
  }
  if (command === 'powershell') {
    const { runPowershell } = await import('./commands/powershell-command.js');
    return await runPowershell(options.rest.slice(1), io);
  }
  if (command === 'serve') {
    const { runServe } = await import('./commands/serve-command.js');
    return await runServe(argv, io, PACKAGE_VERSION);
  }
  if (command === 'generate') {
    const { runGenerate } = await import('./commands/generate-command.js');
    return await runGenerate(options.rest.slice(1), io, (use) =>
      withSessions(options, io, input, overrides.createLab, use),
    );
  }
  if (command === 'compare' || command === 'replicate' || command === 'put-back') {
    const { runPairCommand } = await import('./commands/pairs/pair-command.js');
    return await withSessions(options, io, input, overrides.createLab, (open) =>
      runPairCommand(command, options.rest.slice(1), { io, input, open, json: options.json, width: options.width }),
    );
  }
  if (command === 'fleet') {
    const { runFleet } = await import('./commands/fleet/fleet-command.js');
    return await runFleet(argv, options, { io, input }, overrides.fleet);
  }
  const line = script?.line ?? parseCommandWords(options.rest);
  const help = mentionsHelp(line)
    ? (await import('./commands/help/help-request.js')).helpAskedFor(
        line,
        commandDefinitions,
        options.width ?? lineWidth(io.stdout),
      )
    : undefined;
  if (help !== undefined) {
    await writeText(io.stdout, help);
    return 0;
  }
  if (options.explain) {
    const { runExplain } = await import('./commands/explain/explain-command.js');
    return await runExplain(line, options, io, commandDefinitions);
  }
  return await withSessions(options, io, input, overrides.createLab, (sessionFactory, computers) =>
    runCommandLine(line, options, io, input, {
      definitions: commandDefinitions,
      sessionFactory,
      computers,
      placeOf: script?.placeOf,
    }),
  );
}

/** `cimlet emulator --json` is `cimlet --json emulator`. */
function withTrailingOptions(options: CommandOptions): CommandOptions {
  const [command = '', ...words] = options.rest;
  const trailing = parseOptions(words);
  const [unexpected] = trailing.rest;
  if (unexpected !== undefined) {
    throw new UsageError(
      `cimlet ${command} does not take ${JSON.stringify(unexpected)}.`,
      'cimlet --help shows what it takes.',
    );
  }
  const { lab = options.lab, seed = options.seed, state = options.state } = trailing;
  if (lab !== undefined && seed !== undefined) {
    throw new UsageError('--lab and --seed are both given.', 'Give one of them.');
  }
  if (state !== undefined && command !== 'emulator') {
    throw new UsageError(`cimlet ${command} keeps no lab.`, 'Write: cimlet emulator --state FILE');
  }
  return {
    ...options,
    ...(lab === undefined ? {} : { lab }),
    ...(seed === undefined ? {} : { seed }),
    ...(state === undefined ? {} : { state }),
    json: options.json || trailing.json,
    verbose: options.verbose || trailing.verbose,
  };
}
