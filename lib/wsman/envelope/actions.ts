import { NS } from './namespaces.js';

const MICROSOFT = 'http://schemas.microsoft.com/wbem/wsman/1/wsman';
const DMTF = 'http://schemas.dmtf.org/wbem/wsman/1/wsman';

/** Action URIs of requests (DSP0226 annex B; MS-WSMV 3.1.4, 3.2.4.2). A response's is the request's with `Response` appended. */
export const ACTIONS = {
  get: `${NS.transfer}/Get`,
  put: `${NS.transfer}/Put`,
  create: `${NS.transfer}/Create`,
  delete: `${NS.transfer}/Delete`,
  enumerate: `${NS.enumeration}/Enumerate`,
  pull: `${NS.enumeration}/Pull`,
  release: `${NS.enumeration}/Release`,
  subscribe: `${NS.eventing}/Subscribe`,
  renew: `${NS.eventing}/Renew`,
  unsubscribe: `${NS.eventing}/Unsubscribe`,
  /** The answer to a prompt; no URI, but a path. */
  interactiveResponse: '/InteractiveResponse',
  end: `${MICROSOFT}/End`,
  keepAlive: `${MICROSOFT}/Keepalive`,
  cancel: `${MICROSOFT}/Cancel`,
  acknowledge: `${MICROSOFT}/Acknowledge`,
  acknowledgeRequest: `${MICROSOFT}/AcknowledgeRequest`,
  heartbeat: `${DMTF}/Heartbeat`,
} as const;

/** Resource URIs of messages about an operation, not about a resource. */
export const FULL_DUPLEX = `${MICROSOFT}/FullDuplex`;
export const ROBUST_CONNECTION = `${MICROSOFT}/RobustConnection`;

/** Class metadata in CIM-XML (DSP0227 1.1 section 15.4). */
export const CLASS_METADATA = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';

/** Delivery by Pull requests of the subscriber (DSP0226 10.2.9.5). */
export const PULL_DELIVERY = `${DMTF}/Pull`;

/**
 * What a message that only keeps an operation's connection going is, by its action; undefined for every other message.
 * The specification spells Keepalive in two ways (MS-WSMV 2.2.2.1, 3.2.4.2.1.2).
 */
export function upkeepKind(action: string | undefined): 'keepAlive' | 'acknowledge' | 'acknowledgeRequest' | undefined {
  if (action === undefined || !action.startsWith(MICROSOFT)) return undefined;
  switch (action.slice(MICROSOFT.length).toLowerCase()) {
    case '/keepalive':
      return 'keepAlive';
    case '/acknowledge':
      return 'acknowledge';
    case '/acknowledgerequest':
      return 'acknowledgeRequest';
    default:
      return undefined;
  }
}
