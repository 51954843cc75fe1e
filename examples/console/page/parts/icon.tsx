import type { JSX } from 'preact';

/** One shape for each state, so that colour is never all that tells it: lines of a 16 by 16 grid. */
const SHAPES = {
  ok: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.4 8.2l1.8 1.8 3.4-3.8',
  warn: 'M8 2.2 14.4 13.4H1.6ZM8 6.4v3.2M8 11.6v.1',
  bad: 'M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4ZM6 6l4 4M10 6l-4 4',
  move: 'M13.6 8A5.6 5.6 0 1 1 11 3.3M11.2 1v2.6H8.6',
  none: 'M5.4 2.6A6 6 0 0 1 8 2M10.8 2.7A6 6 0 0 1 13 4.7M14 7.4A6 6 0 0 1 13.3 10.8M11.2 13.1A6 6 0 0 1 8 14M5.2 13.3A6 6 0 0 1 3 11.3M2 8.6A6 6 0 0 1 2.7 5.2M6.4 6.4a1.7 1.7 0 1 1 2.2 1.7c-.5.2-.6.5-.6 1M8 11.3v.1',
  off: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5 8h6',
  fleet:
    'M3 2.4h10a1 1 0 0 1 1 1v2.4a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3.4a1 1 0 0 1 1-1ZM3 9.2h10a1 1 0 0 1 1 1v2.4a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-2.4a1 1 0 0 1 1-1ZM4.6 4.6h.1M4.6 11.4h.1',
  pairs:
    'M2.6 5h2.6a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H2.6a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM10.8 5h2.6a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-2.6a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM6.2 8h3.6',
  scopes: 'M2 4h12M2 8h12M2 12h7',
  find: 'M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8ZM10.4 10.4l3.4 3.4',
  log: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.6V8l2.4 1.6',
  arrow: 'M2.5 8h11M9.5 4l4 4-4 4',
  down: 'M4 6.2l4 4 4-4',
  lock: 'M4.2 7h7.6A1.2 1.2 0 0 1 13 8.2v4.2a1.2 1.2 0 0 1-1.2 1.2H4.2A1.2 1.2 0 0 1 3 12.4V8.2A1.2 1.2 0 0 1 4.2 7ZM5.2 7V5a2.8 2.8 0 0 1 5.6 0v2',
  leave: 'M6.5 2.5H3v11h3.5M6.5 8h7M10.5 5l3 3-3 3',
} as const;

export type IconName = keyof typeof SHAPES;

/** Drawn beside words, which say the same. */
export function Icon({ name, class: className }: { readonly name: IconName; readonly class?: string }): JSX.Element {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" data-icon={name} class={className}>
      <path d={SHAPES[name]} />
    </svg>
  );
}
