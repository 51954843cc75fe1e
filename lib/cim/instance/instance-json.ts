import type { CimDateTime } from '../value/cim-date-time.js';
import type { CimObject } from '../value/cim-value.js';
import type { TimeSpan } from '../value/time-span.js';

/** What JSON has of a value: text for 64-bit integers, intervals and points in time. */
export type CimJsonValue<V> = V extends bigint | TimeSpan | CimDateTime
  ? string
  : V extends readonly (infer Element)[]
    ? readonly CimJsonValue<Element>[]
    : V extends CimObject
      ? Record<string, unknown>
      : V;

/** What JSON has of an instance of a class: `instance.toJSON() as CimInstanceJson<DhcpServerv4Scope>`. A property that the server left out is not there. */
export type CimInstanceJson<T> = { readonly [Name in keyof T]: CimJsonValue<T[Name]> } & {
  readonly PSComputerName?: string;
};
