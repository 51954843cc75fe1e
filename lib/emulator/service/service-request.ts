import type { Clock } from '../../base/clock.js';
import { type ResourceUriSpelling, spellingOf } from '../../cim/instance/resource-uri.js';
import type { RequestEnvelope } from '../../wsman/service/read-request.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import type { RequestScope } from '../cim/class-definition.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import type { OpenEnumerations } from './open-enumerations.js';
import type { OperationQuota } from './quota.js';
import type { RunningOperation } from './running-operation.js';
import type { Subscriptions } from './subscriptions.js';

/** What a server works with, whatever is asked. */
export interface ServerState {
  readonly clock: Clock;
  readonly namespaces: readonly CimNamespace[];
  readonly enumerations: OpenEnumerations;
  readonly subscriptions: Subscriptions;
  readonly quota: OperationQuota;
}

/** One request on its way to what answers it. */
export interface ServiceRequest {
  readonly state: ServerState;
  readonly envelope: RequestEnvelope;
  readonly scope: RequestScope;
  readonly operation: RunningOperation;
  /** For the whole reply. */
  readonly maxEnvelopeSize: number;
}

/** What a reply has beside its body and its items. */
const HEADROOM = 2_048;

/** Bytes that the items of a page may have. */
export function roomForItems({ maxEnvelopeSize }: ServiceRequest): number {
  return Math.max(1, maxEnvelopeSize - HEADROOM);
}

export function requestSpelling({ envelope }: ServiceRequest): ResourceUriSpelling {
  return spellingOf(envelope.resourceUri);
}

/** The namespace of a name; root/cimv2 when the request names none. @throws RequestFault */
export function findNamespace({ namespaces }: ServerState, name: string | undefined): CimNamespace {
  const wanted = (name ?? 'root/cimv2').toLowerCase();
  const found = namespaces.find((namespace) => namespace.name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  throw new RequestFault(wmiFaults.invalidNamespace(name ?? 'root/cimv2'));
}

/** The value of a selector, whatever the case of its name. */
export function selectorOf({ selectors }: RequestEnvelope, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.entries(selectors).find(([candidate]) => candidate.toLowerCase() === lower)?.[1];
}

/** @throws RequestFault when the request says nothing that the service can do. */
export function actionNotSupported({ envelope }: ServiceRequest): RequestFault {
  return new RequestFault(serviceFaults.actionNotSupported(envelope.action));
}
