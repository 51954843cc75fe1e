import type { BoundCall } from './bound-call.js';
import { requiredPrompts } from './confirm.js';
import type { InvocationTarget } from './invocation-target.js';
import type { SessionRequestOptions } from './operation.js';
import type { RunServices } from './run-services.js';

/**
 * What the server is told of the caller's preferences, and who hears and answers it while it works (MS-WSMV 2.2.10), as PowerShell's CIM
 * engine derives it, within the call's limit:
 * - texts and progress go to the call's streams, as far as somebody listens;
 * - errors that do not end the operation become error records; with ErrorAction Stop and Inquire the server waits until it is decided
 *   whether it shall go on;
 * - critical questions always go to the host; normal ones when Confirm or the confirm preference asks, else the server takes yes.
 */
export function serverInteraction(
  call: BoundCall,
  target: InvocationTarget,
  services: Omit<RunServices, 'report'>,
  report: (failure: unknown) => Promise<void>,
): SessionRequestOptions {
  const { common, options, streams, deadline, confirmation, isOver } = services;
  const { hears } = streams;
  const asksNormally = requiredPrompts(call, common, options).shouldProcess;
  const waits = common.ErrorAction === 'Stop' || common.ErrorAction === 'Inquire';
  let reporting: Promise<void> = Promise.resolve();
  return {
    deadline,
    onWarning: hears.warning ? (text) => streams.warning(target, text) : undefined,
    onVerbose: hears.verbose ? (text) => streams.verbose(target, text) : undefined,
    onDebug: hears.debug ? (text) => streams.debug(target, text) : undefined,
    onProgress: hears.progress ? (progress) => streams.operationProgress(target, progress) : undefined,
    onError: (error) => {
      reporting = report(error);
      // Whoever waits for the reports hears of its failure.
      reporting.catch(() => {});
    },
    answerError: waits ? () => reporting.then(() => (isOver() ? ('no' as const) : ('yes' as const))) : undefined,
    writeErrorMode: waits ? 'inquire' : 'report',
    promptUserMode: asksNormally ? 'inquire' : common.Verbose === true ? 'report' : 'ignore',
    promptUserAnswer: asksNormally ? undefined : true,
    promptUser: async ({ message, promptType, needsAnswer }) => {
      if (!needsAnswer) {
        streams.verbose(target, message);
        return 'yes';
      }
      if (isOver()) return 'no';
      if (promptType === 'normal' && !asksNormally) return 'yes';
      try {
        return await deadline.race(confirmation.answerServer(target, promptType, message));
      } catch (error) {
        if (options.host !== undefined) services.fail(error);
        throw error;
      }
    },
  };
}
