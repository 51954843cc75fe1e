import type { XmlElement } from '../../xml/tree/element.js';
import type { ResourceTarget } from '../contract/operation-request.js';
import { readReference } from '../envelope/read-endpoint-reference.js';

/** Reads `ResourceCreated`; undefined when the server, which has created the instance, does not say where it is. */
export function readCreated(body: XmlElement | undefined): ResourceTarget | undefined {
  return body?.name === 'ResourceCreated' ? readReference(body) : undefined;
}
