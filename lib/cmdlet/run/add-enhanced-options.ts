import type { CimEnhancedOptions } from '../../cim/operations/cim-enhanced-options.js';
import { ApprovedQuestions } from '../confirm/approved-questions.js';
import type { RunServices } from './run-services.js';
import type { TargetRun } from './target-run.js';

/**
 * Adds to a request what the server is told of the caller's preferences, and who hears and answers it while it works (MS-WSMV 2.2.10), as
 * PowerShell's CIM engine derives it:
 * - texts and progress go to the call's streams, as far as somebody listens;
 * - errors that do not end the operation become error records; with ErrorAction Stop and Inquire the server waits until it is decided
 *   whether it shall go on;
 * - critical questions always go to the host, but for those that the call's approval answers; normal ones when Confirm or the confirm preference asks, but for the first
 *   of a server, which the answer to ShouldProcess is for; else the server takes yes.
 */
export function addEnhancedOptions(
  request: { -readonly [K in keyof CimEnhancedOptions]: CimEnhancedOptions[K] },
  { call, target, prompts }: TargetRun,
  services: Omit<RunServices, 'report'>,
  report: (failure: unknown) => Promise<void>,
): void {
  const { engineParameters, options, streams, deadline, confirmation } = services;
  const { enabled } = streams;
  const asksNormally = prompts.shouldProcess;
  const waits = engineParameters.ErrorAction === 'Stop' || engineParameters.ErrorAction === 'Inquire';
  let approved: ApprovedQuestions | undefined;
  // ShouldProcess has been asked of the whole call: the server's first question of this kind is the same one.
  let isAnswered = asksNormally && call.operation.shouldProcess !== 'each';
  let reporting: Promise<void> | undefined;
  if (enabled.warning) request.onWarning = (text) => streams.warning(target, text);
  if (enabled.verbose) request.onVerbose = (text) => streams.verbose(target, text);
  if (enabled.debug) request.onDebug = (text) => streams.debug(target, text);
  if (enabled.progress) request.onProgress = (progress) => streams.operationProgress(target, progress);
  request.onError = (error) => {
    reporting = report(error);
    // Whoever waits for the reports hears of its failure.
    reporting.catch(() => {});
  };
  if (waits) {
    request.answerError = async () => {
      await reporting;
      return services.isOver ? 'no' : 'yes';
    };
  }
  request.writeErrorMode = waits ? 'inquire' : 'report';
  request.promptUserMode = asksNormally ? 'inquire' : engineParameters.Verbose === true ? 'report' : 'ignore';
  if (!asksNormally) request.promptUserAnswer = true;
  request.promptUser = async ({ message, promptType, needsAnswer }) => {
    if (!needsAnswer) {
      streams.verbose(target, message);
      return 'yes';
    }
    if (services.isOver) return 'no';
    if (promptType === 'normal' && !asksNormally) return 'yes';
    if (promptType === 'normal' && isAnswered) {
      isAnswered = false;
      streams.verbose(target, message);
      return 'yes';
    }
    approved ??= new ApprovedQuestions(call, prompts);
    if (promptType === 'critical' && approved.take(message)) {
      streams.verbose(target, message);
      return 'yes';
    }
    try {
      return await deadline.race(confirmation.answerServer(target, promptType, message));
    } catch (error) {
      if (options.host !== undefined) services.fail(error);
      throw error;
    }
  };
}
