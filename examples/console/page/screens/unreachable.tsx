import type { JSX } from 'preact';
import type { Problem } from '../../bridge.js';
import { useModel } from '../data/console-model.js';
import { AgainButton, Notice } from '../parts/notice.js';

/** The engine or the loopback server is gone, or does not know this page. */
export function Unreachable({ problem }: { readonly problem: Problem }): JSX.Element {
  const model = useModel();
  const hasNoToken = problem.code === 'NO_TOKEN';
  return (
    <>
      {model.state.get() === null ? (
        <h1>{hasNoToken ? 'This page is not known to its console' : 'The console does not answer'}</h1>
      ) : null}
      <Notice look="bad" role="alert" action={<AgainButton onClick={() => void model.start()} />}>
        <strong>{problem.what}</strong> {problem.remedy ?? 'Start the console again, and open the link that it prints.'}
      </Notice>
    </>
  );
}
