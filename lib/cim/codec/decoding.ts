import { NS } from '../../wsman/envelope/namespaces.js';
import type { ElementMakers } from '../../xml/tree/element-maker.js';
import type { CimClassDeclaration, CimMethodDeclaration } from '../value/class-declaration.js';
import { InstanceDecoders } from './instance-decoder.js';
import type { ReadContext } from './read-context.js';

/** Items of an enumeration that are no instances, or do not say by themselves of which class they are. */
const OTHER_ITEMS: ReadonlySet<string> = new Set(['Item', 'EndpointReference', 'XmlFragment']);

/** Decodes the instances of an enumeration whose classes are known when they come, as they come. */
export function itemDecoding(
  context: ReadContext,
  accepts?: (declaration: CimClassDeclaration) => boolean,
): ElementMakers | undefined {
  if (context.classes === undefined) return undefined;
  const decoders = new InstanceDecoders({ context, accepts });
  return (start, parent, maxTextLength) =>
    parent?.name !== 'Items' || OTHER_ITEMS.has(start.name)
      ? undefined
      : decoders.decoderOf(start, maxTextLength, start.name);
}

/** Decodes the instances that a method gives back, as they come. */
export function outputDecoding(method: CimMethodDeclaration, context: ReadContext): ElementMakers | undefined {
  const names = outputNames(method);
  if (names.length === 0 || context.classes === undefined) return undefined;
  const decoders = new InstanceDecoders({ context });
  // One that does not say its class may hold another element that does. What stands right within SOAP's own elements is no output. What is spelled in
  // another way may come beside what is spelled so, and then is undeclared: its values are read by what they look like as a tree.
  return (start, parent, maxTextLength) =>
    parent === undefined || parent.namespace === NS.soap || !names.includes(start.name)
      ? undefined
      : decoders.decoderOf(start, maxTextLength, undefined);
}

const remembered = new WeakMap<CimMethodDeclaration, readonly string[]>();

function outputNames(method: CimMethodDeclaration): readonly string[] {
  let names = remembered.get(method);
  if (names === undefined) {
    names = method.parameters.flatMap(({ name, type, direction }) =>
      type === 'instance' && direction !== 'in' ? [name] : [],
    );
    remembered.set(method, names);
  }
  return names;
}
