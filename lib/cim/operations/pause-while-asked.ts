import type { CimEnhancedOptions, CimResponse } from './cim-enhanced-options.js';
import type { ServerPatience } from './server-patience.js';

type Question<A> = (about: A) => CimResponse | Promise<CimResponse>;

/** The same options; while the caller answers a question it is the server that waits, and so the patience with it pauses. */
export function pauseWhileAsked<T extends CimEnhancedOptions>(options: T, patience: ServerPatience): T {
  const { promptUser, answerError } = options;
  return {
    ...options,
    ...(promptUser !== undefined && { promptUser: pausing(promptUser, patience) }),
    ...(answerError !== undefined && { answerError: pausing(answerError, patience) }),
  };
}

function pausing<A>(ask: Question<A>, patience: ServerPatience): (about: A) => Promise<CimResponse> {
  return async (about) => {
    patience.pause();
    const answer = await ask(about);
    patience.resume();
    return answer;
  };
}
