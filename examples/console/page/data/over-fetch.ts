import type { Bridge, Method, Params, Problem, RunEvent, Stop } from '../../bridge.js';
import { keep, kept } from './tab-store.js';

/** The bridge in a browser: `POST /run` answers lines of JSON, aborting it stops now, `POST /stop` stops and lets the run say what became of it. */
export function overFetch(): Bridge {
  return { api: 1, run };
}

const BEARER = 'bearer';
/** Within this a run that is stopped now has ended, or is not waited for. */
const ENDS_WITHIN_MS = 1000;

/** The token of the link is good for one exchange; the address is cleaned of it before anything is shown. */
export async function takeToken(): Promise<void> {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname);
  const answer = await fetch('/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => undefined);
  if (!answer?.ok) return;
  const { bearer } = (await answer.json()) as { readonly bearer: string };
  keep(BEARER, bearer);
}

function run<M extends Method>(method: M, params: Params[M], listen: (event: RunEvent<M>) => void): Stop {
  const id = crypto.randomUUID();
  const abort = new AbortController();
  void follow(id, method, params, listen, abort.signal);
  return (how) => {
    // What becomes of a change is told by the engine alone; of a reading nobody wants to know.
    if (how === 'now' && method !== 'apply') return abort.abort();
    if (how === 'now') setTimeout(() => abort.abort(), ENDS_WITHIN_MS);
    void post('/stop', { id, how }).catch(() => undefined);
  };
}

const headers = (): Record<string, string> => ({
  'content-type': 'application/json',
  authorization: `Bearer ${kept<string>(BEARER) ?? ''}`,
});

function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(path, { method: 'POST', headers: headers(), body: JSON.stringify(body), ...(signal && { signal }) });
}

async function follow<M extends Method>(
  id: string,
  method: M,
  params: Params[M],
  listen: (event: RunEvent<M>) => void,
  signal: AbortSignal,
): Promise<void> {
  let hasEnded = false;
  const end = (how: 'stopped' | 'failed', problem: Problem): void => {
    if (!hasEnded) listen({ type: 'end', how, result: null, problem });
    hasEnded = true;
  };
  try {
    const answer = await post('/run', { id, method, params }, signal);
    if (answer.status === 401) return end('failed', problem('NO_TOKEN', NO_TOKEN, 'nothing'));
    if (!answer.ok || answer.body === null)
      return end('failed', problem('REFUSED', `The console refused it (${answer.status}).`, 'nothing'));
    for await (const line of lines(answer.body)) {
      const event = JSON.parse(line) as RunEvent<M>;
      if (hasEnded) return;
      hasEnded = event.type === 'end';
      listen(event);
    }
    end('failed', problem('ENGINE_ENDED', ENDED, 'not known'));
  } catch {
    if (signal.aborted) end('stopped', problem('STOPPED', 'It was stopped.', 'not known'));
    else end('failed', problem('ENGINE_ENDED', ENDED, 'not known'));
  }
}

const NO_TOKEN = 'This link has been used, or belongs to a console that has ended.';
const ENDED = 'The engine ended. What was under way is not known.';

function problem(code: string, what: string, changed: Problem['changed']): Problem {
  const remedy = 'Start the console again, and open the link that it prints.';
  return { code, where: null, what, remedy, changed, again: true, record: null };
}

async function* lines(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const pieces = (rest + value).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) if (piece !== '') yield piece;
  }
  if (rest.trim() !== '') yield rest;
}
