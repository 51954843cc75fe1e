import type { XmlElement } from '../../xml/tree/element.js';

/** Elements by local name, in order of first appearance: an array travels as repeated elements. */
export function groupByName(elements: readonly XmlElement[]): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>();
  for (const element of elements) {
    const group = groups.get(element.name);
    if (group === undefined) groups.set(element.name, [element]);
    else group.push(element);
  }
  return groups;
}

/** Takes the group of a CIM name out of the map: the exact spelling first, then any case. */
export function takeGroup(groups: Map<string, XmlElement[]>, name: string): XmlElement[] | undefined {
  let key: string | undefined = groups.has(name) ? name : undefined;
  if (key === undefined) {
    const lower = name.toLowerCase();
    for (const candidate of groups.keys()) if (candidate.toLowerCase() === lower) key = candidate;
  }
  if (key === undefined) return undefined;
  const group = groups.get(key);
  groups.delete(key);
  return group;
}
