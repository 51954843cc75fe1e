import { NAMESPACE_SELECTOR } from '../../cim/instance/resource-uri.js';
import { readEnumerate } from '../../wsman/service/read-enumerate.js';
import type { RequestEnvelope } from '../../wsman/service/read-request.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { type MetadataOptions, writeClassMetadata } from '../cim/write-class-metadata.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { begin } from './enumerate.js';
import { findNamespace, type ServiceRequest, selectorOf } from './service-request.js';

/** Get on the metadata URI (MS-WSMV 3.1.4.2): one class. */
export function getClass({ state, envelope }: ServiceRequest): string {
  const namespace = findNamespace(state, selectorOf(envelope, NAMESPACE_SELECTOR));
  const className = selectorOf(envelope, 'ClassName') ?? '';
  const definition = namespace.definition(className);
  if (definition === undefined) throw new RequestFault(wmiFaults.invalidClass(className));
  return writeClassMetadata(definition, namespace, metadataOptions(envelope));
}

/** Enumerate on the metadata URI (MS-WSMV 3.1.4.8): the classes below one, or from the roots on. */
export function enumerateClasses(request: ServiceRequest): Promise<string> {
  const { state, envelope } = request;
  const message = readEnumerate(envelope.body);
  const namespace = findNamespace(state, selectorOf(envelope, NAMESPACE_SELECTOR));
  const className = selectorOf(envelope, 'ClassName') || undefined;
  if (className !== undefined && namespace.find(className) === undefined) {
    throw new RequestFault(wmiFaults.invalidClass(className));
  }
  const options = metadataOptions(envelope);
  const classes = namespace.subclasses(className, isSet(envelope, 'IncludeSubClasses'));
  return begin(
    request,
    message,
    classes.map((definition) => writeClassMetadata(definition, namespace, options)),
  );
}

function metadataOptions(envelope: RequestEnvelope): MetadataOptions {
  return {
    qualifiers: isSet(envelope, 'IncludeQualifiers'),
    inherited: isSet(envelope, 'IncludeInheritedElements'),
    derivation: isSet(envelope, 'IncludeInheritanceHierarchy'),
  };
}

function isSet({ options }: RequestEnvelope, name: string): boolean {
  return options.some(
    (option) => option.name.toLowerCase() === name.toLowerCase() && /^\s*(?:true|1)\s*$/i.test(option.value),
  );
}
