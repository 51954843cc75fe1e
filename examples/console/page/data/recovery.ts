import type { PairView } from '../../bridge.js';

/**
 * The server that waits after its recovery, and until when about: the wait takes one maximum client lead time, and begins, as far as this console
 * can know, when it saw the state first. Null: none waits.
 */
export function recoveryOf(
  view: Pick<PairView, 'primary' | 'secondary' | 'stateSince' | 'mcltSeconds'>,
): { readonly server: string; readonly until: string } | null {
  for (const side of ['primary', 'secondary'] as const) {
    const { server, state } = view[side];
    const since = view.stateSince[side];
    if (state !== 'RecoverWait' || since === null) continue;
    return { server, until: new Date(Date.parse(since) + view.mcltSeconds * 1000).toISOString() };
  }
  return null;
}
