import { CimletError } from '../base/errors.js';
import { XmlReader } from './reader.js';
import type { XmlLimits } from './text/limits.js';
import type { XmlElement } from './tree/element.js';
import { TreeBuilder } from './tree/tree-builder.js';

/**
 * The root element of a small document. Long replies go through `XmlSplitter` instead.
 * Malformed or refused XML (DTDs, entities, processing instructions, whatever exceeds the limits) is `ERR_XML`.
 */
export function parseXml(text: string, limits?: XmlLimits): XmlElement {
  const builder = new TreeBuilder(limits);
  let root: XmlElement | undefined;
  const reader = new XmlReader(
    {
      start: (namespace, name, attributes, scope) => builder.start(namespace, name, attributes, scope),
      end: () => {
        root = builder.end() ?? root;
      },
      text: (value) => builder.text(value),
    },
    { limits },
  );
  reader.write(text);
  reader.close();
  if (root === undefined) throw new CimletError('ERR_XML', 'The XML document has no root element.');
  return root;
}
