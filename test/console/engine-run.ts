import type { Method, Params, Problem, Progress, Results, Rows, RunEvent } from '../../examples/console/bridge.js';
import type { Engine } from '../../examples/console/engine/engine.js';

/** All that one run told. */
export interface Told<M extends Method> {
  readonly events: readonly RunEvent<M>[];
  /** The last of each key, in the order of their first. */
  readonly rows: readonly Rows[M][];
  readonly problems: readonly Problem[];
  readonly progress: Progress | undefined;
  readonly how: 'done' | 'stopped' | 'failed';
  readonly result: Results[M] | null;
  readonly problem: Problem | null;
}

/** Runs a method to its end. `started` gets what stops it. */
export function runToEnd<M extends Method>(
  engine: Pick<Engine, 'run'>,
  method: M,
  params: Params[M],
  hear: (event: RunEvent<M>, stop: (how: 'after-these' | 'now') => void) => void = () => undefined,
): Promise<Told<M>> {
  return new Promise((resolve) => {
    const events: RunEvent<M>[] = [];
    const stop = engine.run(method, params, (event) => {
      events.push(event);
      hear(event, stop);
      if (event.type === 'end') resolve(told(events, event));
    });
  });
}

function told<M extends Method>(events: readonly RunEvent<M>[], end: RunEvent<M> & { type: 'end' }): Told<M> {
  const all = events.flatMap((event) => (event.type === 'rows' ? event.rows : []));
  return {
    events,
    rows: [...new Map(all.map((row, index) => [keyOf(row) ?? String(index), row] as const)).values()],
    problems: events.flatMap((event) => (event.type === 'problem' ? [event.problem] : [])),
    progress: events.filter((event) => event.type === 'progress').at(-1) as Progress | undefined,
    how: end.how,
    result: end.result,
    problem: end.problem,
  };
}

function keyOf(row: unknown): string | undefined {
  const { key, server, id } = Object(row) as { readonly key?: string; readonly server?: string; readonly id?: string };
  return key ?? id ?? server;
}

/** The result of a run that is to succeed. */
export async function resultOf<M extends Method>(
  engine: Pick<Engine, 'run'>,
  method: M,
  params: Params[M],
): Promise<Results[M]> {
  const { result, problem } = await runToEnd(engine, method, params);
  if (result === null) throw new Error(`${method}: ${problem?.code} ${problem?.what}`);
  return result;
}
