import type { CimEnhancedOptions, CimResponse } from './cim-enhanced-options.js';
import type { Patience } from './iteration.js';

type Question<A> = (about: A) => CimResponse | Promise<CimResponse>;

/** The same wishes; while the caller answers a question it is the server that waits, and so the patience with it rests. */
export function restWhileAsked<T extends CimEnhancedOptions>(options: T, patience: Patience): T {
  const { promptUser, answerError } = options;
  return {
    ...options,
    ...(promptUser !== undefined && { promptUser: resting(promptUser, patience) }),
    ...(answerError !== undefined && { answerError: resting(answerError, patience) }),
  };
}

function resting<A>(ask: Question<A>, patience: Patience): (about: A) => Promise<CimResponse> {
  return async (about) => {
    patience.rest();
    const answer = await ask(about);
    patience.wait();
    return answer;
  };
}
