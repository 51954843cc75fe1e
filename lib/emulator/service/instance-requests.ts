import { writeInstance } from '../../cim/codec/index.js';
import { parseCimResource } from '../../cim/instance/resource-uri.js';
import type { ResourceTarget } from '../../wsman/contract/wsman-client.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { XmlWriter } from '../../xml/writer.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import { createInstance, deleteInstance, findInstance, modifyInstance } from '../cim/instance-access.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { writeReferenceContent } from './item-format.js';
import { findNamespace, requestSpelling, type ServiceRequest } from './service-request.js';

/** WS-Transfer Get (DSP0226 7.2). */
export async function getInstance(request: ServiceRequest): Promise<string> {
  const { namespace, target } = addressed(request);
  const { instance } = await findInstance(namespace, target, request.scope);
  return writeInstance(instance, { spelling: requestSpelling(request) });
}

/** WS-Transfer Put (DSP0226 7.3): the response has the instance as it is now. */
export async function putInstance(request: ServiceRequest): Promise<string> {
  const { namespace, target } = addressed(request);
  const instance = await modifyInstance(namespace, target, request.envelope.body, request.scope);
  return writeInstance(instance, { spelling: requestSpelling(request) });
}

/** WS-Transfer Create (DSP0226 7.5): the response says where the instance is. */
export async function postInstance(request: ServiceRequest): Promise<string> {
  const { namespace, target } = addressed(request);
  const instance = await createInstance(namespace, target, request.envelope.body, request.scope);
  const xml = new XmlWriter().open('x:ResourceCreated', {
    'xmlns:x': NS.transfer,
    'xmlns:a': NS.addressing,
    'xmlns:w': NS.wsman,
  });
  writeReferenceContent(xml, instance, requestSpelling(request));
  return xml.close().toString();
}

/** WS-Transfer Delete (DSP0226 7.4). */
export async function removeInstance(request: ServiceRequest): Promise<string> {
  const { namespace, target } = addressed(request);
  await deleteInstance(namespace, target, request.scope);
  return '';
}

/** The namespace and target of a request about one class or instance. @throws RequestFault */
export function addressed({ state, envelope }: ServiceRequest): {
  readonly namespace: CimNamespace;
  readonly target: ResourceTarget;
} {
  const { resourceUri, selectors, referenceSelectors } = envelope;
  const resource = parseCimResource(resourceUri, selectors);
  if (resource === undefined) throw new RequestFault(serviceFaults.resourceNotFound(resourceUri));
  return {
    namespace: findNamespace(state, resource.namespace),
    target: { resourceUri, selectors, ...(referenceSelectors !== undefined && { referenceSelectors }) },
  };
}
