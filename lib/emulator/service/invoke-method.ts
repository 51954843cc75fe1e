import { isCimletError } from '../../base/errors.js';
import { readMethodInput, writeMethodOutput } from '../../cim/codec/index.js';
import type { CimInstance } from '../../cim/instance/cim-instance.js';
import { parseCimResource } from '../../cim/instance/resource-uri.js';
import type { CimValue } from '../../cim/value/cim-value.js';
import type { CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import type { CimNamespace } from '../cim/cim-namespace.js';
import type { MethodImplementation } from '../cim/class-definition.js';
import { findInstance } from '../cim/instance-access.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { providerFault, serviceFaults } from '../fault/wsman-faults.js';
import { addressed } from './instance-requests.js';
import { actionNotSupported, type ServiceRequest } from './service-request.js';

interface InvokedMethod {
  readonly namespace: CimNamespace;
  readonly className: string;
  readonly method: CimMethodDeclaration;
  readonly run: MethodImplementation;
  readonly instance: CimInstance | undefined;
}

/** Invokes a method. Errors for which the client did not register make the operation fail, all of them in its fault. */
export async function invoke(request: ServiceRequest, errorSource: string): Promise<string> {
  const { envelope, operation, scope } = request;
  const { namespace, className, method, run, instance } = await findMethod(request);
  const parameters = readParameters(request, namespace, className, method);
  const { resourceUri } = envelope;
  operation.streamsFor({ resourceUri, method });
  const { returnValue = 0, outParameters } = await run({ parameters, instance, operation, scope });
  if (operation.errors.length > 0) throw new RequestFault(providerFault(operation.errors, errorSource));
  return writeMethodOutput({
    resourceUri,
    method,
    outParameters: { ...operation.collected, ...outParameters },
    returnValue,
  });
}

async function findMethod(request: ServiceRequest): Promise<InvokedMethod> {
  const { envelope, scope } = request;
  const { resourceUri, selectors, action } = envelope;
  const { namespace, target } = addressed(request);
  const resource = parseCimResource(resourceUri, selectors);
  const definition = resource && namespace.definition(resource.className);
  if (resource === undefined || definition === undefined) {
    throw new RequestFault(wmiFaults.invalidClass(resource?.className ?? resourceUri));
  }
  const { declaration } = definition;
  const prefix = `${resourceUri}/`;
  if (!action.toLowerCase().startsWith(prefix.toLowerCase())) throw actionNotSupported(request);
  const name = action.slice(prefix.length);
  const method = declaration.methods.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  const run = method && definition.methods?.[method.name];
  // 0x80041055 is WBEM_E_METHOD_NOT_IMPLEMENTED: one that is declared only is told as one that is not there.
  if (method === undefined || run === undefined) {
    throw new RequestFault(wmiFaults.invalidMethod(resource.className, name));
  }
  const keys = [...Object.keys(resource.keys), ...Object.keys(envelope.referenceSelectors ?? {})];
  if (method.isStatic && keys.length > 0) throw new RequestFault(serviceFaults.unexpectedSelectors(keys));
  const { className } = declaration;
  const instance = method.isStatic ? undefined : (await findInstance(namespace, target, scope)).instance;
  return { namespace, className, method, run, instance };
}

function readParameters(
  { envelope }: ServiceRequest,
  namespace: CimNamespace,
  className: string,
  method: CimMethodDeclaration,
): Record<string, CimValue> {
  try {
    return readMethodInput(envelope.body, method, { namespace: namespace.name, classes: namespace.lookup, className });
  } catch (error) {
    if (isCimletError(error)) throw new RequestFault(wmiFaults.invalidParameters(error.message));
    throw error;
  }
}
