import type { XmlElement } from '../../xml/tree/element.js';
import { XmlWriter } from '../../xml/writer.js';
import { type AssociationFilter, type EnumerationFilter, FILTER_DIALECTS } from '../contract/enumeration-filter.js';
import { NS } from '../envelope/namespaces.js';
import { readReference, readSelectorSet } from '../envelope/read-endpoint-reference.js';
import { writeElement } from '../envelope/write-element.js';
import { RequestFault } from './request-fault.js';

const FILTERS = new Set([NS.wsman, NS.enumeration, NS.eventing] as string[]);

/**
 * Reads the Filter of an Enumerate or Subscribe, in any of its namespaces (MS-WSMV 3.1.4.1.13). A dialect that we do not know
 * comes out as `other`, for the server to refuse.
 * @throws RequestFault `CannotProcessFilter` for a filter that is not what its dialect says.
 */
export function readFilter(request: XmlElement): EnumerationFilter | undefined {
  const filter = request.children.find((child) => child.name === 'Filter' && FILTERS.has(child.namespace));
  if (filter === undefined) return undefined;
  const dialect = filter.attribute('Dialect')?.trim() ?? FILTER_DIALECTS.xpath;
  switch (dialect.toLowerCase()) {
    case FILTER_DIALECTS.wql.toLowerCase():
      return { kind: 'wql', query: filter.text.trim() };
    case FILTER_DIALECTS.selector.toLowerCase():
      return readSelectorFilter(filter);
    case FILTER_DIALECTS.association.toLowerCase():
      return readAssociationFilter(filter);
    default: {
      const xml = new XmlWriter();
      if (filter.text.trim() !== '') xml.text(filter.text);
      for (const child of filter.children) writeElement(xml, child);
      return { kind: 'other', dialect, markup: xml.toString() };
    }
  }
}

function readSelectorFilter(filter: XmlElement): EnumerationFilter {
  const set = filter.child('SelectorSet');
  const { selectors, referenceSelectors } = readSelectorSet(set);
  const isConforming =
    set !== undefined &&
    referenceSelectors === undefined &&
    // Neither a name twice nor a quote in a value (MS-WSMV 3.1.4.1.13).
    set.childrenNamed('Selector').length === Object.keys(selectors).length &&
    !Object.values(selectors).some((value) => /["']/.test(value));
  if (!isConforming) throw cannotProcess('the selectors');
  return { kind: 'selector', selectors };
}

function readAssociationFilter(filter: XmlElement): AssociationFilter {
  const [query] = filter.children;
  const kind =
    query?.name === 'AssociatedInstances'
      ? 'associated'
      : query?.name === 'AssociationInstances'
        ? 'associations'
        : undefined;
  const element = query?.child('Object');
  const object = element && readReference(element);
  if (query === undefined || kind === undefined || object === undefined) throw cannotProcess('the association filter');
  const text = (name: string) => query.child(name)?.text.trim() || undefined;
  const associationClassName = text('AssociationClassName');
  const role = text('Role');
  const resultClassName = text('ResultClassName');
  const resultRole = text('ResultRole');
  const properties = query.childrenNamed('IncludeResultProperty').map((property) => property.text.trim());
  return {
    kind,
    object,
    ...(associationClassName === undefined ? {} : { associationClassName }),
    ...(role === undefined ? {} : { role }),
    ...(resultClassName === undefined ? {} : { resultClassName }),
    ...(resultRole === undefined ? {} : { resultRole }),
    ...(properties.length === 0 ? {} : { includeResultProperties: properties }),
  };
}

function cannotProcess(what: string): RequestFault {
  return new RequestFault({
    soapCode: 'Sender',
    soapSubcode: 'wsen:CannotProcessFilter',
    reason: `The service cannot process the filter: ${what} is not valid.`,
    // ERROR_WSMAN_ENUMERATE_CANNOT_PROCESS_FILTER
    wsmanCode: 0x8033801a,
  });
}
