/** Thrown through the stages of a pipeline that ErrorAction Stop has ended; what ended it has been printed. */
export class PipelineStopped extends Error {
  override readonly name = 'PipelineStopped';
}

/** The items until the pipeline is stopped: what has come through it by then is shown. */
export async function* untilStopped<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof PipelineStopped)) throw error;
  }
}
