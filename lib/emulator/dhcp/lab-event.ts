import type { FailoverState } from './relationship.js';

/** What happened in a lab, as it happens. `time` is the lab's clock, milliseconds since 1970. */
export type LabEvent = { readonly time: number } & (
  | {
      readonly type: 'state-changed';
      readonly server: string;
      readonly relationship: string;
      readonly from: FailoverState;
      readonly to: FailoverState;
    }
  | {
      readonly type: 'relationship-created' | 'relationship-changed' | 'relationship-removed';
      readonly server: string;
      readonly relationship: string;
    }
  | {
      readonly type: 'scope-created' | 'scope-changed' | 'scope-removed' | 'scope-replicated';
      readonly server: string;
      readonly scopeId: string;
    }
  | {
      readonly type: 'lease-granted' | 'lease-released';
      readonly server: string;
      readonly scopeId: string;
      readonly ipAddress: string;
    }
  | { readonly type: 'powered-on' | 'powered-off'; readonly server: string }
  | { readonly type: 'service-changed'; readonly server: string; readonly service: string }
  | { readonly type: 'clock-skewed'; readonly server: string; readonly skewMs: number }
  | { readonly type: 'link-cut' | 'link-restored'; readonly servers: readonly [string, string] }
);

/** An event before the lab stamps it with the time. */
export type LabEventBody = LabEvent extends infer Event
  ? Event extends LabEvent
    ? Omit<Event, 'time'>
    : never
  : never;

export type LabObserver = (event: LabEvent) => void;
