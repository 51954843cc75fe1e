import type { Deadline } from '../../base/deadline.js';

/** The objects of pipeline input: an iterable's or async iterable's items, or the one object itself. */
export async function* inputObjects(input: object | undefined, deadline: Deadline): AsyncGenerator<unknown> {
  if (input === undefined) return;
  if (Symbol.asyncIterator in input) {
    const iterator = (input as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    let done = false;
    try {
      while (!done) {
        const next = await deadline.race(iterator.next());
        done = next.done === true;
        if (!done) yield next.value;
      }
    } finally {
      // Not waited for: an iterator that is still busy with its next item may take as long as it likes.
      if (!done) Promise.resolve(iterator.return?.()).catch(() => {});
    }
  } else if (Symbol.iterator in input) yield* input as Iterable<unknown>;
  else yield input;
}
