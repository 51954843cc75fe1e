import { useEffect, useState } from 'preact/hooks';
import type { CheckResult, CheckRow, Problem, ProtectSettings } from '../../bridge.js';
import { useModel } from './console-model.js';
import { ask, problemFrom } from './reading.js';

/** After the last key before the servers are asked. */
const PAUSE_MS = 400;
/** What stands in the way may go by itself: a clock that is set right, a server that comes back. */
const AGAIN_MS = 5000;

export interface Checks {
  readonly rows: readonly CheckRow[];
  /** Of the last checks that came to their end, for the fields as they are now; else null. */
  readonly result: CheckResult | null;
  /** Relationships with that partner, of the last checks. */
  readonly existing: CheckResult['existing'];
  readonly problem: Problem | null;
}

/** Checks on both servers while one types; `settings` null: the fields are not in order yet. */
export function useChecks(settings: ProtectSettings | null): Checks {
  const { bridge } = useModel();
  const [rows, setRows] = useState<ReadonlyMap<string, CheckRow>>(new Map());
  const [result, setResult] = useState<CheckResult | null>(null);
  const [existing, setExisting] = useState<CheckResult['existing']>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const text = JSON.stringify(settings);
  useEffect(() => {
    setResult(null);
    setRows(new Map());
    if (settings === null) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const abort = new AbortController();
    const look = async (): Promise<void> => {
      const seen = new Set<string>();
      const onRow = (row: CheckRow): void => {
        if (isOver) return;
        seen.add(row.id);
        setRows((last) => new Map(last).set(row.id, row));
      };
      try {
        const found = await ask(bridge, 'check', { kind: 'protect', ...settings }, { onRow, signal: abort.signal });
        if (isOver) return;
        setRows((last) => new Map([...last].filter(([id]) => seen.has(id))));
        setResult(found);
        setExisting(found.existing);
        setProblem(null);
        if (found.inTheWay + found.notKnown > 0) timer = setTimeout(() => void look(), AGAIN_MS);
      } catch (error) {
        if (isOver) return;
        setProblem(problemFrom(error));
        timer = setTimeout(() => void look(), AGAIN_MS);
      }
    };
    timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return { rows: [...rows.values()], result, existing, problem };
}
