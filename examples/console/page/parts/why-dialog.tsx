import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CheckResult, CheckRow, Problem } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { ask, problemFrom } from '../data/reading.js';
import { Button } from './button.js';
import { CheckList } from './check-list.js';
import { Dialog } from './dialog.js';
import { Notice, ProblemNotice } from './notice.js';

/** Looks in order, from what is asked easily to what is left. */
export function WhyDialog({
  pairKey,
  name,
  onClose,
}: {
  readonly pairKey: string;
  readonly name: string;
  readonly onClose: () => void;
}): JSX.Element {
  const { bridge } = useModel();
  const [rows, setRows] = useState<ReadonlyMap<string, CheckRow>>(new Map());
  const [result, setResult] = useState<CheckResult | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setRows(new Map());
    setResult(null);
    setProblem(null);
    const onRow = (row: CheckRow): void => setRows((last) => new Map(last).set(row.id, row));
    ask(bridge, 'check', { kind: 'why', key: pairKey }, { onRow, signal: abort.signal }).then(
      setResult,
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(problemFrom(error));
      },
    );
    return () => abort.abort();
  }, [round]);
  return (
    <Dialog
      title={`Why is ${name} not in contact?`}
      onClose={onClose}
      footer={
        <>
          <Button
            onClick={() => setRound(round + 1)}
            off={result === null && problem === null ? 'It is being looked at.' : null}
          >
            Look again
          </Button>
          <Button isFirst onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <ProblemNotice problem={problem} />
      {result?.sentence == null ? null : (
        <Notice look={result.inTheWay > 0 ? 'warn' : 'info'} role="status">
          <strong>{result.sentence}</strong>
        </Notice>
      )}
      <CheckList rows={[...rows.values()]} isReading={result === null && problem === null} />
    </Dialog>
  );
}
