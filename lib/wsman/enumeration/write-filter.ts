import type { XmlWriter } from '../../xml/writer.js';
import { type AssociationFilter, type EnumerationFilter, FILTER_DIALECTS } from '../contract/enumeration-filter.js';
import { NS } from '../envelope/namespaces.js';
import { writeReference, writeSelectorSet } from '../envelope/write-endpoint-reference.js';

/** Writes `w:Filter` (DSP0226 8.3, annex E; DSP0227 8.2). The prefixes `a` and `w` must be declared. */
export function writeFilter(xml: XmlWriter, filter: EnumerationFilter): void {
  switch (filter.kind) {
    case 'wql':
      xml.element('w:Filter', filter.query, { Dialect: FILTER_DIALECTS.wql });
      return;
    case 'selector':
      xml.open('w:Filter', { Dialect: FILTER_DIALECTS.selector });
      writeSelectorSet(xml, filter);
      xml.close();
      return;
    case 'other':
      xml.open('w:Filter', { Dialect: filter.dialect }).raw(filter.markup).close();
      return;
    default:
      writeAssociationFilter(xml, filter);
  }
}

function writeAssociationFilter(xml: XmlWriter, filter: AssociationFilter): void {
  const { kind, object, associationClassName, role, resultClassName, resultRole, includeResultProperties } = filter;
  xml.open('w:Filter', { Dialect: FILTER_DIALECTS.association });
  xml.open(kind === 'associated' ? 'b:AssociatedInstances' : 'b:AssociationInstances', { 'xmlns:b': NS.cimBinding });
  // Windows' client puts the parts of the reference right into Object.
  xml.open('b:Object');
  writeReference(xml, object);
  xml.close();
  if (kind === 'associated' && associationClassName !== undefined) {
    xml.element('b:AssociationClassName', associationClassName);
  }
  // The order of DSP0227's schema: AssociationClassName, Role, ResultClassName, ResultRole; then the properties.
  if (role !== undefined) xml.element('b:Role', role);
  if (resultClassName !== undefined) xml.element('b:ResultClassName', resultClassName);
  if (kind === 'associated' && resultRole !== undefined) xml.element('b:ResultRole', resultRole);
  for (const property of includeResultProperties ?? []) xml.element('b:IncludeResultProperty', property);
  xml.close().close();
}
