import { writeInstance } from '../../cim/codec/index.js';
import { CimInstance } from '../../cim/instance/cim-instance.js';
import { classResourceUri } from '../../cim/instance/resource-uri.js';
import type { CimScalar, CimValue } from '../../cim/value/cim-value.js';
import { NS } from '../../wsman/envelope/namespaces.js';
import type { RequestEnvelope } from '../../wsman/service/read-request.js';
import { RequestFault } from '../../wsman/service/request-fault.js';
import { parseXml } from '../../xml/parse.js';
import { XmlElement } from '../../xml/tree/element.js';
import { XmlWriter } from '../../xml/writer.js';
import { findInstance, modifyInstance } from '../cim/instance-access.js';
import { wmiFaults } from '../fault/wmi-faults.js';
import { serviceFaults } from '../fault/wsman-faults.js';
import { type FragmentPath, readFragmentPath } from './fragment-path.js';
import { addressed } from './instance-requests.js';
import { writeFragment } from './item-format.js';
import { requestSpelling, type ServiceRequest } from './service-request.js';

type Fragment = NonNullable<RequestEnvelope['fragment']>;

/** The dialect that is meant where none is named (DSP0226 7.7). */
const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116';

/** Get of a part of an instance (DSP0226 7.7; MS-WSMV 3.1.4.1.18). What is not there is a fragment that is nil. */
export async function getFragment(request: ServiceRequest, fragment: Fragment): Promise<string> {
  const { namespace, target } = addressed(request);
  const { instance } = await findInstance(namespace, target, request.scope);
  return writePart(request, instance, pathIn(instance, fragment));
}

/** Put of a part: the rest stays as it is, and the response has the part as it is now. */
export async function putFragment(request: ServiceRequest, fragment: Fragment): Promise<string> {
  const { namespace, target } = addressed(request);
  const { instance } = await findInstance(namespace, target, request.scope);
  const path = pathIn(instance, fragment);
  const body = changedBody(instance, path, request.envelope.body);
  return writePart(request, await modifyInstance(namespace, target, body, request.scope), path);
}

function pathIn({ cimClass }: CimInstance, { path, dialect = XPATH }: Fragment): FragmentPath {
  if (dialect.trim() !== XPATH) {
    throw new RequestFault(
      serviceFaults.noFragment('WSMAN_FRAGMENT_DIALECT_REQUESTED_UNAVAILABLE', `in the dialect ${dialect}`),
    );
  }
  const found = readFragmentPath(path, (name) => name.toLowerCase() === cimClass.className.toLowerCase());
  if (found !== undefined) return found;
  throw new RequestFault(serviceFaults.noFragment('WSMAN_INVALID_FRAGMENT_PATH', `of the path ${path}`));
}

/** `w:XmlFragment` with what a path means. */
function writePart(request: ServiceRequest, instance: CimInstance, path: FragmentPath): string {
  const spelling = requestSpelling(request);
  const { property, isText } = path;
  if (property === undefined) {
    const whole = writeInstance(instance, { spelling });
    return new XmlWriter().open('w:XmlFragment', { 'xmlns:w': NS.wsman }).raw(whole).close().toString();
  }
  const meant = indexed(instance, path);
  if (meant !== undefined && !isText) return writeFragment(meant, spelling, [property]);
  const text =
    meant === undefined
      ? ''
      : elementsOf(meant, property)
          .map((element) => element.text)
          .join('');
  const attributes = { 'xmlns:w': NS.wsman, 'xmlns:xsi': NS.xsi };
  const xml = new XmlWriter();
  if (text !== '') return xml.element('w:XmlFragment', text, attributes).toString();
  return xml.element('w:XmlFragment', undefined, { ...attributes, 'xsi:nil': 'true' }).toString();
}

/** The instance with that element of the array alone; undefined when there is no such property or element. */
function indexed(instance: CimInstance, { property = '', index }: FragmentPath): CimInstance | undefined {
  const { cimClass } = instance;
  const declaration = cimClass.properties.find(({ name }) => name.toLowerCase() === property.toLowerCase());
  if (declaration === undefined || index === undefined) return declaration && instance;
  const value = instance.cimInstanceProperties.get(declaration.name)?.value;
  const element: CimScalar | null | undefined = isArray(value) ? value[index - 1] : undefined;
  return element === undefined ? undefined : CimInstance.create(cimClass, { [declaration.name]: [element] });
}

/** A property as elements: one, or one an element of an array. */
function elementsOf(instance: CimInstance, property: string): readonly XmlElement[] {
  return parseXml(writeFragment(instance, 'dmtf', [property])).children;
}

/** The body of a Put of a whole instance that changes the part alone. */
function changedBody(instance: CimInstance, path: FragmentPath, body: XmlElement | undefined): XmlElement | undefined {
  if (body?.name !== 'XmlFragment' || body.namespace !== NS.wsman) {
    throw new RequestFault(wmiFaults.typeMismatch('The body is not an XmlFragment.'));
  }
  const { property, index } = path;
  if (property === undefined) return body.children[0];
  const { className } = instance.cimClass;
  const given = givenElements(body, property, path.isText);
  const uri = classResourceUri(CimInstance.namespaceOf(instance), className, 'dmtf');
  const whole = (elements: readonly XmlElement[]) => new XmlElement(uri, className, [], elements, '', body.scope);
  if (index === undefined) return whole(given);
  const [replacement] = given;
  if (indexed(instance, path) === undefined || replacement === undefined || given.length > 1) {
    throw new RequestFault(
      serviceFaults.noFragment('WSMAN_INVALID_FRAGMENT_PATH', `of one element of ${property} with this body`),
    );
  }
  return whole(elementsOf(instance, property).map((element, at) => (at === index - 1 ? replacement : element)));
}

function givenElements(body: XmlElement, property: string, isText: boolean): readonly XmlElement[] {
  const nil = body.attributes.filter(({ name, namespace }) => name === 'nil' && namespace === NS.xsi);
  if (isText || nil.length > 0) return [new XmlElement('', property, nil, [], body.text, body.scope)];
  const other = body.children.find(({ name }) => name.toLowerCase() !== property.toLowerCase());
  if (body.children.length > 0 && other === undefined) return body.children;
  throw new RequestFault(
    wmiFaults.typeMismatch(`The fragment has ${other === undefined ? 'nothing' : `a ${other.name}`}, not ${property}.`),
  );
}

function isArray(value: CimValue | undefined): value is readonly (CimScalar | null)[] {
  return Array.isArray(value);
}
