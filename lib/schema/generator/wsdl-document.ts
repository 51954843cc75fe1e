import { DOMImplementation, type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { classResourceUri } from '../../cim/instance/resource-uri.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../../cim/value/class-declaration.js';
import { ElementBuilder } from './element-builder.js';
import { embeddedClasses, writeTypes } from './wsdl-types.js';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const SOAP12 = 'http://schemas.xmlsoap.org/wsdl/soap12/';
const HTTP = 'http://schemas.xmlsoap.org/soap/http';
const XS = 'http://www.w3.org/2001/XMLSchema';
const WSA = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const CIM = 'http://schemas.dmtf.org/wbem/wscim/1/common';

/** WinRM's port and path over TLS. Whoever calls a server names it; this is nobody's. */
const ADDRESS = 'https://localhost:5986/wsman';

/**
 * The methods of a class as WSDL 1.1 with the binding for SOAP 1.2, document and literal: the elements `METHOD_INPUT` and `METHOD_OUTPUT`
 * of WS-CIM (DSP0230), the actions of WS-Management. The class goes by Microsoft's resource URI, which names the class's namespace, so
 * that a request needs no selector: WSDL has no place for one.
 * @param classes Where embedded instances are looked up.
 */
export function wsdlDocument(
  declaration: CimClassDeclaration,
  classes: readonly CimClassDeclaration[],
  header: string,
): string {
  const { className, namespace, methods, description } = declaration;
  const target = classResourceUri(namespace, className, 'wmi');
  const embedded = embeddedClasses(declaration, classes);
  const document = new DOMImplementation().createDocument(WSDL, 'wsdl:definitions');
  const prefixes = new Map([
    ['wsdl', WSDL],
    ['soap12', SOAP12],
    ['xs', XS],
    ['wsa', WSA],
    ['cim', CIM],
    ['tns', target],
    ...embedded.map((one, index): [string, string] => [
      `c${index + 1}`,
      classResourceUri(one.namespace, one.className, 'wmi'),
    ]),
  ]);
  const root = new ElementBuilder(rootOf(document), prefixes);
  root.declare().set({ name: className, targetNamespace: target });
  if (description !== undefined) root.add('wsdl:documentation').text(description);
  writeTypes(root.add('wsdl:types'), declaration, embedded, prefixes);
  for (const { name } of methods) {
    for (const part of ['INPUT', 'OUTPUT']) {
      const message = root.add('wsdl:message', { name: `${name}_${part}` });
      message.add('wsdl:part', { name: 'parameters', element: `tns:${name}_${part}` });
    }
  }
  const portType = root.add('wsdl:portType', { name: className });
  for (const method of methods) writeOperation(portType, method, target);
  const binding = root.add('wsdl:binding', { name: `${className}_SOAP12`, type: `tns:${className}` });
  binding.add('soap12:binding', { style: 'document', transport: HTTP });
  for (const method of methods) writeBoundOperation(binding, method, target);
  const service = root.add('wsdl:service', { name: className });
  const port = service.add('wsdl:port', { name: `${className}_WSMan`, binding: `tns:${className}_SOAP12` });
  port.add('soap12:address', { location: ADDRESS });
  root.indent();
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${header} -->\n${new XMLSerializer().serializeToString(document)}\n`;
}

function rootOf(document: Document): Element {
  if (document.documentElement === null) throw new Error('A document that was made with a root has none.');
  return document.documentElement;
}

function writeOperation(portType: ElementBuilder, method: CimMethodDeclaration, target: string): void {
  const { name, description } = method;
  const operation = portType.add('wsdl:operation', { name });
  if (description !== undefined) operation.add('wsdl:documentation').text(description);
  const action = `${target}/${name}`;
  operation.add('wsdl:input', { message: `tns:${name}_INPUT`, 'wsa:Action': action });
  operation.add('wsdl:output', { message: `tns:${name}_OUTPUT`, 'wsa:Action': `${action}Response` });
}

function writeBoundOperation(binding: ElementBuilder, { name }: CimMethodDeclaration, target: string): void {
  const operation = binding.add('wsdl:operation', { name });
  operation.add('soap12:operation', { soapAction: `${target}/${name}`, style: 'document' });
  for (const part of ['wsdl:input', 'wsdl:output']) operation.add(part).add('soap12:body', { use: 'literal' });
}
