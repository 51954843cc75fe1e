import { CimInstance } from '../../lib/cim/instance/cim-instance.js';
import { CimDateTime } from '../../lib/cim/value/cim-date-time.js';
import type { CimValue } from '../../lib/cim/value/cim-value.js';
import { TimeSpan } from '../../lib/cim/value/time-span.js';

/** A value of ours as node-soap gives it: no nulls and no empty arrays; times in their element. */
export function asNodeSoap(value: CimValue): unknown {
  if (Array.isArray(value)) return value.map(asNodeSoap);
  if (value instanceof TimeSpan) return { Interval: value.toIso() };
  if (value instanceof CimDateTime) return { Datetime: value.toIso() };
  if (!(value instanceof CimInstance)) return value;
  const properties = [...value.cimInstanceProperties]
    .filter((property) => property.value !== null && !(Array.isArray(property.value) && property.value.length === 0))
    .map((property) => [property.name, asNodeSoap(property.value)]);
  return Object.fromEntries(properties);
}

/** What node-soap gave, without `attributes`: an instance's `xsi:type` names its class. */
export function withoutAttributes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAttributes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'attributes');
  return Object.fromEntries(entries.map(([name, item]) => [name, withoutAttributes(item)]));
}
