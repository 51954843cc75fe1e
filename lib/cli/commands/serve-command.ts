import { SERVE_LIMITS } from '../../serve/line/protocol.js';
import { serve } from '../../serve/serve.js';
import { commandDefinitions } from '../pipeline/command-definitions.js';
import { withSessions } from '../sessions/with-sessions.js';
import type { CommandIo } from '../terminal/command-io.js';
import { TerminalInput } from '../terminal/terminal-input.js';
import { type CommandOptions, parseOptions } from '../usage/options.js';
import { UsageError } from '../usage/usage-error.js';

/** Where a program that starts `cimlet serve` for others lets them give the command's options. */
const SERVE_OPTIONS_VARIABLE = 'CIMLET_OPTIONS';

/** How often it is looked whether the parent still lives, beside the end of the input. */
const PARENT_MS = 5000;

/**
 * `cimlet [options] serve`: runs cmdlets for another program, such as the PowerShell module, until its input ends (docs/project/serve.md). Options are taken
 * from $CIMLET_OPTIONS, too; those on the command line go before them.
 */
export async function runServe(given: readonly string[], io: CommandIo, version: string): Promise<number> {
  const options = serveOptions(given, io.env);
  const { ownProcess } = io;
  // Ctrl-C in a terminal reaches every process of its group; whoever called decides what it stops.
  ownProcess?.ignoreInterrupts();
  ownProcess?.nameItself('cimlet serve');
  const orphaned = new AbortController();
  const parent = ownProcess?.parentId();
  const watch = setInterval(() => {
    if (ownProcess?.parentId() !== parent) orphaned.abort();
  }, PARENT_MS);
  watch.unref();
  try {
    const code = await withSessions(options, io, new TerminalInput(io.stdin), undefined, (openSession) =>
      serve({
        definitions: commandDefinitions,
        openSession: (computerName, own) => openSession(computerName, own),
        version,
        input: io.stdin,
        output: io.stdout,
        limits: SERVE_LIMITS,
        signal: orphaned.signal,
      }),
    );
    ownProcess?.endSoon(code);
    return code;
  } finally {
    clearInterval(watch);
  }
}

function serveOptions(given: readonly string[], env: CommandIo['env']): CommandOptions {
  const options = parseOptions([...wordsOf(env[SERVE_OPTIONS_VARIABLE] ?? ''), ...given]);
  const [command, ...more] = options.rest;
  const [unexpected] = command === 'serve' ? more : options.rest;
  if (unexpected !== undefined) {
    throw new UsageError(
      `${command === 'serve' ? 'cimlet serve' : `$${SERVE_OPTIONS_VARIABLE}`} does not take ${JSON.stringify(unexpected)}.`,
      `Options stand before the word serve, or in $${SERVE_OPTIONS_VARIABLE}: --use-ssl --ca FILE. A value with blanks stands in quotes.`,
    );
  }
  if (options.passwordStdin) {
    throw new UsageError(
      '--password-stdin: the standard input of cimlet serve holds calls.',
      'Use --password-env VAR, or open sessions with a credential of their own.',
    );
  }
  return options;
}

/** Split at blanks, but for those in quotes. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
