import type { JSX } from 'preact';
import { useNow } from '../data/console-model.js';
import { ago, atTime, fullTime, shortName, span, timeOf, visible } from '../data/format.js';
import { Icon } from './icon.js';

const LONGEST = 120;

/** A server's text: text and nothing else, isolated from the direction of what stands around it, and cut with the whole in its title. */
export function data(text: string | null, longest = LONGEST): JSX.Element {
  const shown = visible(text ?? '');
  if (shown.length <= longest) return <span class="data">{shown}</span>;
  return (
    <span class="data" title={shown}>
      {shown.slice(0, longest)}…
    </span>
  );
}

/** From one to another, in words for those who do not see the arrow. */
export function arrow(from: string, to: string): JSX.Element {
  return (
    <>
      {data(from)} <Icon name="arrow" />
      <span class="hidden"> to </span> {data(to)}
    </>
  );
}

/** A server by its short name, the whole in the title. */
export function Host({ name }: { readonly name: string }): JSX.Element {
  const short = shortName(name);
  if (short === name) return data(name, 64);
  return (
    <span class="data" title={visible(name)}>
      {visible(short)}
    </span>
  );
}

/** *20 seconds ago*, and the moment itself in the title. */
export function Ago({ at }: { readonly at: number | string | null }): JSX.Element | null {
  const now = useNow();
  const time = typeof at === 'string' ? timeOf(at) : at;
  if (time === null) return null;
  return <span title={fullTime(time)}>{ago(time, now)}</span>;
}

/** The age in a column: `20 s`; a word where it is older than twice its interval. */
export function Age({ at, everyMs }: { readonly at: string | null; readonly everyMs: number }): JSX.Element {
  const now = useNow();
  const time = timeOf(at);
  if (time === null) return <span>not known</span>;
  const ms = Math.max(0, now - time);
  return <span title={fullTime(time)}>{ms > 2 * everyMs ? `${span(ms)} ago` : span(ms)}</span>;
}

export function Moment({ at }: { readonly at: string | null }): JSX.Element | null {
  const now = useNow();
  const time = timeOf(at);
  return time === null ? null : <span title={fullTime(time)}>{atTime(time, now)}</span>;
}
