import { type ErrorJson, errorJson, reviveError } from '../../base/text/error-json.js';

interface Unread {
  readonly json: ErrorJson;
  readonly stack: string | undefined;
}

/**
 * Failures of results that nobody has awaited or iterated yet, by a token of each result. A copy of each: the error itself remembers, in its stack, the
 * result that it would keep from being collected.
 */
const unread = new Map<object, Unread>();
const collected = new FinalizationRegistry<object>(raise);
let watchesExit = false;

/**
 * Keeps the failure of a result until somebody reads it; the function that it gives says that this has come. Where nobody can any more, because the
 * result is gone or the program is at its end, it is an unhandled rejection, as of any promise that nobody awaits.
 */
export function keepUnread(result: object, failure: unknown): () => void {
  const token = {};
  unread.set(token, { json: errorJson(failure), stack: failure instanceof Error ? failure.stack : undefined });
  collected.register(result, token, token);
  if (!watchesExit) {
    watchesExit = true;
    process.on('beforeExit', () => {
      for (const left of [...unread.keys()]) raise(left);
    });
  }
  return () => {
    unread.delete(token);
    collected.unregister(token);
  };
}

function raise(token: object): void {
  const failure = unread.get(token);
  if (failure === undefined) return;
  unread.delete(token);
  const error = reviveError(failure.json);
  if (failure.stack !== undefined) error.stack = failure.stack;
  void Promise.reject(error);
}
