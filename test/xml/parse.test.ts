import { describe, expect, it } from '@jest/globals';
import { parseXml } from '../../lib/xml/parse.js';

describe('parseXml', () => {
  it('resolves namespaces and keeps text, attributes and order', () => {
    const root = parseXml('<a:r xmlns:a="urn:a" xmlns="urn:d" x="1" a:x="2">t1<b>in</b>t2<a:c/></a:r>');
    expect([root.namespace, root.name, root.text]).toEqual(['urn:a', 'r', 't1t2']);
    expect(root.attribute('x')).toBe('1');
    expect(root.attribute('x', 'urn:a')).toBe('2');
    expect(root.children.map((child) => [child.namespace, child.name, child.text])).toEqual([
      ['urn:d', 'b', 'in'],
      ['urn:a', 'c', ''],
    ]);
    expect(root.children[0]?.resolvePrefix('a')).toBe('urn:a');
    expect(root.children[0]?.resolvePrefix('')).toBe('urn:d');
    expect(root.resolvePrefix('zz')).toBeUndefined();
  });
});
